"""The button of a system's own window in its task bar or dock: whether the window is in front, and a flash.

Qt does this itself (`qt_view`). Here are Windows, through user32, and macOS, through AppKit, which pywebview
brings there.
"""

import ctypes
import importlib
import threading
from collections.abc import Callable
from typing import Any, Protocol

LOOK_EVERY_SECONDS = 0.5
_FLASHW_TRAY = 0x2
_FLASHW_TIMERNOFG = 0xC
_INFORMATIONAL_REQUEST = 10


class TaskBar(Protocol):
    """One window's button."""

    def is_in_front(self) -> bool:
        """Tell whether the person works in the window now."""
        ...

    def flash(self) -> None:
        """Have the button flash until the window is in front."""
        ...


class FlashInfo(ctypes.Structure):
    """``FLASHWINFO`` of user32."""

    _fields_ = (
        ("cbSize", ctypes.c_uint),
        ("hwnd", ctypes.c_void_p),
        ("dwFlags", ctypes.c_uint),
        ("uCount", ctypes.c_uint),
        ("dwTimeout", ctypes.c_uint),
    )


def flash_info(handle: int) -> FlashInfo:
    """Return what to ask user32 for: the button alone, until the window comes to the foreground."""
    size = ctypes.sizeof(FlashInfo)
    return FlashInfo(
        cbSize=size, hwnd=handle, dwFlags=_FLASHW_TRAY | _FLASHW_TIMERNOFG, uCount=0, dwTimeout=0
    )


class WindowsTaskBar:
    """The button of a Windows Forms window."""

    def __init__(self, native: Any, user32: Any) -> None:
        """Keep the window.

        Args:
            native: pywebview's form.
            user32: the system's library of that name.
        """
        self._native = native
        self._user32 = user32
        self._user32.GetForegroundWindow.restype = ctypes.c_void_p

    def is_in_front(self) -> bool:
        """Tell whether the person works in the window now."""
        return bool(self._user32.GetForegroundWindow() == self._handle())

    def flash(self) -> None:
        """Have the button flash until the window is in front."""
        self._user32.FlashWindowEx(ctypes.byref(flash_info(self._handle())))

    def _handle(self) -> int:
        return int(self._native.Handle.ToInt64())


class Dock:
    """The program's icon in the dock of macOS."""

    def __init__(self, application: Any, on_main_thread: Callable[[Callable[[], Any]], None]) -> None:
        """Keep the application.

        Args:
            application: AppKit's shared ``NSApplication``.
            on_main_thread: has something done on the thread that AppKit wants.
        """
        self._application = application
        self._on_main_thread = on_main_thread

    def is_in_front(self) -> bool:
        """Tell whether the person works in the program now."""
        return bool(self._application.isActive())

    def flash(self) -> None:
        """Have the icon jump once; the dock keeps it marked."""
        self._on_main_thread(lambda: self._application.requestUserAttention_(_INFORMATIONAL_REQUEST))


def system_task_bar(platform: str, native: Any) -> TaskBar | None:
    """Return the button of a window that is not Qt's; nothing where there is none.

    Args:
        platform: as ``sys.platform`` names it.
        native: pywebview's window.
    """
    if platform == "win32":
        library: Any = ctypes
        return WindowsTaskBar(native, library.windll.user32)
    if platform == "darwin":
        app_kit = importlib.import_module("AppKit")
        call_after = importlib.import_module("PyObjCTools.AppHelper").callAfter
        return Dock(app_kit.NSApplication.sharedApplication(), call_after)
    return None


class Attention:
    """Flashes, and lets the title say why until the window is in front."""

    def __init__(self, task_bar: TaskBar, set_title: Callable[[str], object], title: str) -> None:
        """Begin with the usual title."""
        self._task_bar = task_bar
        self._set_title = set_title
        self._title = title
        self._pause = threading.Event()
        self._one = threading.Lock()
        self._waiting = False

    def call(self, message: str) -> None:
        """Flash unless the window is in front."""
        if self._task_bar.is_in_front():
            return
        self._set_title(f"{message} · {self._title}")
        self._task_bar.flash()
        with self._one:
            if self._waiting:
                return
            self._waiting = True
        threading.Thread(target=self._until_seen, name="attention", daemon=True).start()

    def _until_seen(self) -> None:
        """No event of pywebview says that the window came to the front, so look."""
        while not self._task_bar.is_in_front():
            self._pause.wait(LOOK_EVERY_SECONDS)
        with self._one:
            self._waiting = False
        self._set_title(self._title)
