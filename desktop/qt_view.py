"""What Qt's window needs beyond pywebview: keys, find, print, clipboard, its place on the screen.

Every public method may be called from any thread; the work is done on the window's own.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QToolBar

from desktop.geometry import Geometry, Rect, place
from desktop.menu import KEYS, Action, again_script, zoom_after

Done = TypeVar("Done")
CAN = frozenset(Action)
PAGE_ANSWERS_SECONDS = 5.0

_PAGE_ACTIONS = {
    Action.COPY: QWebEnginePage.WebAction.Copy,
    Action.PASTE: QWebEnginePage.WebAction.Paste,
    Action.SELECT_ALL: QWebEnginePage.WebAction.SelectAll,
}


class QtView:
    """The Qt side of one window."""

    def __init__(self, native: Any, do: Callable[[Action], None], title: str) -> None:
        """Prepare pywebview's window before it is shown; on its own thread.

        Args:
            native: pywebview's main window, which holds the web view.
            do: is told of an action that was asked for by a key.
            title: the window's usual title.
        """
        self._native: QMainWindow = native
        self._view: QWebEngineView = native.webview
        self._title = title
        self._printer: QPrinter | None = None
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(lambda *_: self._note_front())
        # A dialog that is closed while the window is hidden must not end the program.
        QApplication.setQuitOnLastWindowClosed(False)
        self._view.page().settings().setAttribute(
            QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls, False
        )
        self._view.printRequested.connect(self._print)
        self._find = FindBar(self._native, self._view)
        for action, keys in KEYS.items():
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self._native)
                shortcut.activated.connect(lambda action=action: do(action))
        QTimer.singleShot(0, self._native, self._name_keys)

    def _name_keys(self) -> None:
        """Write the keys into the menu, which pywebview made by now."""
        names = {action.value: keys[0] for action, keys in KEYS.items()}
        for menu in self._native.menuBar().actions():
            inside = menu.menu()
            for entry in inside.actions() if isinstance(inside, QMenu) else ():
                if isinstance(entry, QAction) and entry.text() in names:
                    entry.setText(f"{entry.text()}\t{names[entry.text()]}")

    def perform(self, action: Action) -> None:
        """Do what the menu or a key asked for."""
        self._later(lambda: self._perform(action))

    def bring_up(self) -> None:
        """Show the window in front of the others, as large as it was."""

        def show() -> None:
            self._native.setWindowState(self._native.windowState() & ~Qt.WindowState.WindowMinimized)
            self._native.show()
            self._native.raise_()
            self._native.activateWindow()

        self._later(show)

    def call_for_attention(self, message: str) -> None:
        """Have the window's button flash, and its title say why, if it is seen but behind others."""

        def call() -> None:
            if self._native.isVisible() and not self._native.isActiveWindow():
                self._native.setWindowTitle(f"{message} · {self._title}")
                QApplication.alert(self._native)

        self._later(call)

    def _note_front(self) -> None:
        if self._native.isActiveWindow():
            self._native.setWindowTitle(self._title)

    def load_again(self, url: str) -> None:
        """Load the page that is shown anew, at this address."""
        self._later(lambda: self._view.page().runJavaScript(again_script(url)))

    def value_of(self, script: str) -> object:
        """Return what an expression in the page gives; nothing when the page does not answer for seconds."""
        found: list[object] = []
        came = threading.Event()

        def answered(value: object) -> None:
            found.append(value)
            came.set()

        self._later(lambda: self._view.page().runJavaScript(script, 0, answered))
        came.wait(PAGE_ANSWERS_SECONDS)
        return found[0] if found else None

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self._later(lambda: QGuiApplication.clipboard().setText(text))

    def geometry(self) -> Geometry:
        """Return the window's place; on its own thread."""
        normal = self._native.normalGeometry()
        frame = self._native.frameGeometry().topLeft() - self._native.geometry().topLeft()
        return Geometry(
            x=normal.x() + frame.x(),
            y=normal.y() + frame.y(),
            width=normal.width(),
            height=normal.height(),
            maximised=self._native.isMaximized(),
        )

    def put(self, saved: Geometry | None) -> None:
        """Put the window where it was, if that can be seen; on its own thread, before it is shown."""
        found = place(saved, screens())
        if found is None:
            return
        self._native.resize(found.width, found.height)
        self._native.move(found.x, found.y)
        if found.maximised:
            self._native.setWindowState(Qt.WindowState.WindowMaximized)

    def _perform(self, action: Action) -> None:
        if action is Action.FIND:
            self._find.begin()
        elif action is Action.PRINT:
            self._print()
        elif action in _PAGE_ACTIONS:
            self._edit(action)
        else:
            self._view.setZoomFactor(zoom_after(self._view.zoomFactor(), action))

    def _edit(self, action: Action) -> None:
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit):  # the field of the find bar
            {Action.COPY: field.copy, Action.PASTE: field.paste, Action.SELECT_ALL: field.selectAll}[action]()
        else:
            self._view.triggerPageAction(_PAGE_ACTIONS[action])

    def _print(self) -> None:
        printer = QPrinter()
        dialog = QPrintDialog(printer, self._native)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self._printer = printer  # it must live until the page is on it
            self._view.print(printer)

    def _later(self, work: Callable[[], Any]) -> None:
        QTimer.singleShot(0, self._native, work)


class FindBar(QObject):
    """The line at the bottom that finds a text on the page: Enter for the next, Shift+Enter back, Escape."""

    def __init__(self, window: QMainWindow, view: QWebEngineView) -> None:
        """Add the bar to the window, not shown yet."""
        super().__init__(window)
        self._view = view
        self._field = QLineEdit()
        self._field.setPlaceholderText("Find on this page")
        self._field.setClearButtonEnabled(True)
        self._field.textEdited.connect(lambda: self._next(back=False))
        self._field.installEventFilter(self)
        self._bar = QToolBar("Find on this page", window)
        self._bar.setMovable(False)
        self._bar.addWidget(self._field)
        window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self._bar)
        self._bar.hide()

    def begin(self) -> None:
        """Show the bar and let the person type."""
        self._bar.show()
        self._field.setFocus()
        self._field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        """Take Enter and Escape of the field."""
        del watched
        if event.type() != QEvent.Type.KeyPress:
            return False
        key, shift = event.key(), Qt.KeyboardModifier.ShiftModifier  # type: ignore[attr-defined]  # it is a key event
        if key == Qt.Key.Key_Escape:
            self._end()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next(back=bool(event.modifiers() & shift))  # type: ignore[attr-defined]  # as above
        else:
            return False
        return True

    def _next(self, *, back: bool) -> None:
        flags = QWebEnginePage.FindFlag.FindBackward if back else QWebEnginePage.FindFlag(0)
        self._view.findText(self._field.text(), flags)

    def _end(self) -> None:
        self._bar.hide()
        self._view.findText("")
        self._view.setFocus()


def screens() -> Sequence[Rect]:
    """Return the room of each screen."""
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    return [Rect(x=room.x(), y=room.y(), width=room.width(), height=room.height()) for room in rooms]
