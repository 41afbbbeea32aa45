"""The window that shows the agent's page, lent to the agent while it is there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from agent_core.errors import RequestError
from agent_core.ports import NativeWindow
from protocol.reasons import Reason


class OfferedWindow:
    """At most one of its dialogs is open at a time; any thread."""

    def __init__(self) -> None:
        """Begin without a window."""
        self._window: NativeWindow | None = None
        self._one = threading.Lock()

    @property
    def is_there(self) -> bool:
        """Whether there is a window."""
        return self._window is not None

    def offer(self, window: NativeWindow | None) -> None:
        """Use this one from now on; none when it is gone."""
        self._window = window

    def bring_up(self) -> None:
        """Show the window in front of the others.

        Raises:
            RequestError: there is none.
        """
        self._must_be_there().bring_up()

    def call_for_attention(self, message: str) -> None:
        """Let the person know that something happened, if there is a window and it is behind others."""
        window = self._window
        if window is not None:
            window.call_for_attention(message)

    def choose_folder(self, start: str) -> str | None:
        """Let the person choose a folder; ``None`` when they change their mind.

        Raises:
            RequestError: there is no window, or one of its dialogs is open already.
        """
        with self._dialog() as window:
            return window.choose_folder(start)

    def choose_save_file(self, folder: str, file_name: str) -> str | None:
        """Let the person choose where to save a file; ``None`` when they change their mind.

        Args:
            folder: where to begin; empty for wherever the system likes.
            file_name: the name to begin with.

        Raises:
            RequestError: there is no window, or one of its dialogs is open already.
        """
        with self._dialog() as window:
            return window.choose_save_file(folder, file_name)

    @contextmanager
    def _dialog(self) -> Iterator[NativeWindow]:
        """Bring the window up for a dialog, unless one is open."""
        window = self._must_be_there()
        if not self._one.acquire(blocking=False):
            raise RequestError(Reason.WINDOW_DIALOG_OPEN)
        try:
            window.bring_up()
            yield window
        finally:
            self._one.release()

    def _must_be_there(self) -> NativeWindow:
        window = self._window
        if window is None:
            raise RequestError(Reason.WINDOW_NOT_THERE)
        return window
