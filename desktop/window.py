"""The window: the one module that knows pywebview.

The page in it is the web UI, served by the agent over loopback. What the page may ask of the window is
the public methods of `Bridge`, and nothing else.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import webview

WIDTH, HEIGHT = 1280, 760
MIN_SIZE = (800, 560)


class Bridge:
    """Native dialogs for the page, as ``window.pywebview.api``."""

    def __init__(self) -> None:
        """Start without a window; it is given once it exists."""
        self._window: Any = None

    def attach(self, window: Any) -> None:
        """Name the window that dialogs belong to."""
        self._window = window

    def choose_folder(self) -> str | None:
        """Let the person choose a folder; ``None`` when they change their mind."""
        chosen = self._window.create_file_dialog(webview.FileDialog.FOLDER)
        return str(chosen[0]) if chosen else None


def show(url: str, storage: Path, may_close: Callable[[Callable[[str], bool]], bool]) -> None:
    """Show the page until the window is closed. Runs on the main thread.

    Args:
        url: the page, with its one-time launch code.
        storage: where the web view keeps what the page remembers.
        may_close: is given a question to ask with, and says whether the window may close now.
    """
    bridge = Bridge()
    window = webview.create_window(
        "NjordHR", url, js_api=bridge, width=WIDTH, height=HEIGHT, min_size=MIN_SIZE, text_select=True
    )
    bridge.attach(window)

    def ask(question: str) -> bool:
        return bool(window.create_confirmation_dialog("NjordHR", question))

    window.events.closing += lambda: may_close(ask)
    webview.start(private_mode=False, storage_path=str(storage))
