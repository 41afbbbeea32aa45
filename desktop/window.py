"""The window: the one module that knows pywebview.

The page in it is the web UI, served by the agent over loopback. The page cannot call into the window (its
Content-Security-Policy forbids what pywebview's bridge stands on); it asks the agent, which asks the window.
"""

import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import platformdirs
import webview
from webview.menu import Menu, MenuAction, MenuSeparator

from desktop import geometry
from desktop.attention import system_task_bar
from desktop.closing import Closing
from desktop.geometry import Geometry, Rect
from desktop.menu import Action, menu_for
from desktop.script_view import CAN as SCRIPT_CAN
from desktop.script_view import ScriptView
from desktop.toolkit import Toolkit
from desktop.web_view2 import RENDERER, WebViewMissingError

if TYPE_CHECKING:
    from desktop.qt_view import QtView

TITLE = "NjordHR"
PLACE_FILE = "place.json"
STARTING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>NjordHR is starting</title><style>
:root { color-scheme: light dark } body { margin: 0; min-height: 100vh; display: grid; place-items: center;
font: 16px/1.5 system-ui, sans-serif; opacity: .7 }</style><p role="status">NjordHR is starting…</p></html>"""


class Window:
    """The program's one window.

    Made and run on the main thread. Everything else may be called from any thread but the window's own.
    """

    def __init__(
        self,
        url: str | None,
        storage: Path,
        toolkit: Toolkit,
        *,
        closing: Callable[[], Closing],
        do: Callable[[Action], None],
        on_signal: Callable[[], None] | None = None,
        busy_question: str,
        hidden: bool = False,
    ) -> None:
        """Make the window; it is shown by ``run``.

        Args:
            url: the page, with its one-time launch code; without one the window says that NjordHR starts.
            storage: a folder of this program's own for what the page and the window remember.
            toolkit: what it stands on, ready.
            closing: asked on the window's thread when the person closes the window.
            do: does what the menu or a key asked for; on a thread of its own.
            on_signal: called on a thread of its own when the system asks the program to end; without it
                somebody else listens.
            busy_question: the question for `Closing.ASK`.
            hidden: begin without being seen.
        """
        self._storage = storage
        self._closing = closing
        self._do = do
        self._on_signal = on_signal
        self._question = busy_question
        self._is_maximised = False
        self._is_hidden = hidden
        self._renderer_is_wrong = False
        self._view: QtView | ScriptView | None = None
        self._toolkit = toolkit
        can = frozenset(Action) if self._toolkit == "qt" else SCRIPT_CAN
        saved = geometry.read(storage / PLACE_FILE)
        found = None if self._toolkit == "qt" else geometry.place(saved, _screens())
        window = webview.create_window(
            TITLE,
            url,
            html=None if url is not None else STARTING,
            width=found.width if found else geometry.WIDTH,
            height=found.height if found else geometry.HEIGHT,
            x=found.x if found else None,
            y=found.y if found else None,
            maximized=found is not None and found.maximised,
            min_size=(geometry.MIN_WIDTH, geometry.MIN_HEIGHT),
            text_select=True,
            hidden=hidden,
            menu=self._menu(can),
        )
        if window is None:
            raise RuntimeError("the web view made no window")
        self._window = window
        window.events.initialized += self._is_the_right_web_view
        window.events.before_show += lambda: self._prepare(saved)
        window.events.closing += self._on_closing
        window.events.maximized += lambda: self._note_maximised(True)
        window.events.restored += lambda: self._note_maximised(False)

    def run(self, ready: Callable[[], None]) -> None:
        """Show the window until it ends.

        Args:
            ready: called on a thread of its own when the window begins.

        Raises:
            WebViewMissingError: this Windows has not the web view that the page needs.
        """
        webview.settings["ALLOW_FILE_URLS"] = False
        webview.start(
            ready,
            gui=self._toolkit,
            private_mode=False,
            storage_path=str(self._storage),
            localization={"global.quitConfirmation": self._question},
        )
        if self._renderer_is_wrong:
            raise WebViewMissingError

    def bring_up(self) -> None:
        """Show the window in front of the others."""
        self._is_hidden = False
        self._ready_view().bring_up()

    def hide(self) -> None:
        """Let nobody see the window; it goes on."""
        self._is_hidden = True
        self._window.hide()

    def end(self) -> None:
        """Close the window for good."""
        self._window.destroy()

    def load(self, url: str) -> None:
        """Open another page."""
        self._window.load_url(url)

    def load_again(self, url: str) -> None:
        """Load the page that is shown anew, at this address; only the fragment may differ from its own."""
        self._ready_view().load_again(url)

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees it."""
        return self._is_hidden

    def value_of(self, script: str) -> object:
        """Return what an expression in the page gives; nothing when the page does not answer for seconds."""
        return self._ready_view().value_of(script)

    def address(self) -> str:
        """Return the address of the page that is shown; empty when there is none."""
        return self._window.get_current_url() or ""

    def ask(self, question: str) -> bool:
        """Ask the person; tell whether they agree."""
        return bool(self._window.create_confirmation_dialog(TITLE, question))

    def choose_folder(self, start: str) -> str | None:
        """Let the person choose a folder, beginning in ``start``; ``None`` when they change their mind."""
        chosen = self._window.create_file_dialog(webview.FileDialog.FOLDER, directory=start)
        return str(chosen[0]) if chosen else None

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        """Let the person choose where to save a file; ``None`` when they change their mind.

        The system's dialog asks before a file that is there is written over.
        """
        chosen = self._window.create_file_dialog(
            webview.FileDialog.SAVE, directory=folder or str(usual_folder()), save_filename=file_name
        )
        return saved_path(chosen)

    def call_for_attention(self, message: str) -> None:
        """Have the window's button flash, and its title say why, if it is seen but behind others."""
        self._ready_view().call_for_attention(message)

    def perform(self, action: Action) -> None:
        """Do what the web view itself does: zoom, find, print, copy."""
        self._ready_view().perform(action)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self._ready_view().copy(text)

    def _ready_view(self) -> "QtView | ScriptView":
        self._window.events.before_show.wait()
        if self._view is None:
            raise RuntimeError("the window has not begun")
        return self._view

    def _is_the_right_web_view(self, renderer: str) -> bool:
        """Let pywebview make no window with a web view that nobody chose: it falls back silently."""
        self._renderer_is_wrong = self._toolkit == RENDERER and renderer != RENDERER
        return not self._renderer_is_wrong

    def _prepare(self, saved: Geometry | None) -> None:
        if self._on_signal is not None:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, self._end_by_signal)
        if self._toolkit == "qt":
            from desktop.qt_view import QtView  # noqa: PLC0415 - Qt is installed on Linux only

            view = QtView(self._window.native, self._later, TITLE)
            view.put(saved)
            self._view = view
        else:
            task_bar = system_task_bar(sys.platform, self._window.native)
            scripted = ScriptView(self._window, task_bar, TITLE)
            self._window.events.loaded += scripted.page_loaded
            self._view = scripted

    def _menu(self, can: frozenset[Action]) -> list[Menu]:
        menus = []
        for part in menu_for(can):
            items: list[Menu | MenuAction | MenuSeparator] = []
            for group in part.groups:
                items += [MenuSeparator()] if items else []
                items += [MenuAction(action.value, partial(self._later, action)) for action in group]
            menus.append(Menu(part.title, items))
        return menus

    def _later(self, action: Action) -> None:
        threading.Thread(target=self._do, args=(action,), name=action.name, daemon=True).start()

    def _end_by_signal(self, _number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=self._on_signal, name="signal", daemon=True).start()

    def _on_closing(self) -> bool:
        """Decide on the window's thread; pywebview lets the window be unless this is true."""
        answer = self._closing()
        self._remember_place()
        # The toolkit asks after this event, on the thread that may: a dialog from here could block it.
        self._window.confirm_close = answer is Closing.ASK
        if answer is Closing.HIDE:
            self.hide()
        return answer in {Closing.END, Closing.ASK}

    def _note_maximised(self, maximised: bool) -> None:
        self._is_maximised = maximised

    def _remember_place(self) -> None:
        if self._toolkit == "qt":
            place = self._view.geometry() if self._view is not None else None  # type: ignore[union-attr]  # Qt's
        else:
            one = self._window
            place = Geometry(
                x=one.x, y=one.y, width=one.width, height=one.height, maximised=self._is_maximised
            )
        if place is not None:
            geometry.write(self._storage / PLACE_FILE, place)


def usual_folder() -> Path:
    """Return where people look for what they saved: their downloads, or their home without such a folder."""
    downloads = platformdirs.user_downloads_path()
    return downloads if downloads.is_dir() else Path.home()


def saved_path(chosen: str | Sequence[str] | None) -> str | None:
    """Return the path of a save dialog's answer, which some toolkits give alone and others in a tuple."""
    if not chosen:
        return None
    return str(chosen if isinstance(chosen, str) else chosen[0]) or None


def _screens() -> list[Rect]:
    return [Rect(x=one.x, y=one.y, width=one.width, height=one.height) for one in webview.screens]
