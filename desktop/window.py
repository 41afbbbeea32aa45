"""The window: the one module that knows pywebview.

The page in it is the web UI, served by the agent over loopback. The page cannot call into the window (its
Content-Security-Policy forbids what pywebview's bridge stands on); it asks the agent, which asks the window.
"""

import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import webview

from agent_core.ports import Dialogs
from desktop.qt import environment_for_qt

WIDTH, HEIGHT = 1280, 760
MIN_SIZE = (800, 560)


class _NativeDialogs:
    """`agent_core.ports.Dialogs` of a window that is shown."""

    def __init__(self, window: webview.Window) -> None:
        self._window = window

    def choose_folder(self, start: str) -> str | None:
        chosen = self._window.create_file_dialog(webview.FileDialog.FOLDER, directory=start)
        return str(chosen[0]) if chosen else None


def show(
    url: str,
    storage: Path,
    is_busy: Callable[[], bool],
    busy_question: str,
    *,
    offer_dialogs: Callable[[Dialogs | None], None],
    remote_debugging: bool = False,
) -> None:
    """Show the page until the window is closed. Runs on the main thread.

    Args:
        url: the page, with its one-time launch code.
        storage: where the web view keeps what the page remembers.
        is_busy: asked when the person closes the window; if so, they are asked ``busy_question`` first.
        busy_question: what closing means now, as a question.
        offer_dialogs: told of the window's dialogs while it is there.
        remote_debugging: let a test drive the window from outside; Linux only.
    """
    window = webview.create_window(
        "NjordHR", url, width=WIDTH, height=HEIGHT, min_size=MIN_SIZE, text_select=True
    )

    if window is None:
        raise RuntimeError("the web view made no window")

    def ask_when_busy() -> None:
        # The toolkit asks after this event, on the thread that may: a dialog from here could block it.
        window.confirm_close = is_busy()

    window.events.closing += ask_when_busy
    window.events.shown += lambda: offer_dialogs(_NativeDialogs(window))
    webview.start(
        gui=_toolkit(remote_debugging),
        private_mode=False,
        storage_path=str(storage),
        localization={"global.quitConfirmation": busy_question},
    )
    offer_dialogs(None)


def _toolkit(remote_debugging: bool) -> Literal["qt"] | None:
    """Name the toolkit: on Linux the wheels bring Qt, elsewhere the system has a web view of its own."""
    if platform.system() == "Linux":
        changed = environment_for_qt(os.environ, os.geteuid() == 0, remote_debugging)
        os.environ.clear()
        os.environ.update(changed)
        return "qt"
    return None
