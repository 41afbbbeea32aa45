"""The window that shows the agent's page, lent to the agent while it is there."""

import threading

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

    def choose_folder(self, start: str) -> str | None:
        """Let the person choose a folder; ``None`` when they change their mind.

        Raises:
            RequestError: there is no window, or one of its dialogs is open already.
        """
        window = self._must_be_there()
        if not self._one.acquire(blocking=False):
            raise RequestError(Reason.WINDOW_DIALOG_OPEN)
        try:
            window.bring_up()
            return window.choose_folder(start)
        finally:
            self._one.release()

    def _must_be_there(self) -> NativeWindow:
        window = self._window
        if window is None:
            raise RequestError(Reason.WINDOW_NOT_THERE)
        return window
