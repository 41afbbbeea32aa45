"""The dialogs of the window, lent to the agent while the window is there."""

import threading

from agent_core.errors import RequestError
from agent_core.ports import Dialogs
from protocol.reasons import Reason


class OfferedDialogs:
    """At most one dialog is open at a time; any thread."""

    def __init__(self) -> None:
        """Begin without a window."""
        self._dialogs: Dialogs | None = None
        self._one = threading.Lock()

    @property
    def are_there(self) -> bool:
        """Whether a window offers its dialogs."""
        return self._dialogs is not None

    def offer(self, dialogs: Dialogs | None) -> None:
        """Use these from now on; none when the window is gone."""
        self._dialogs = dialogs

    def choose_folder(self, start: str) -> str | None:
        """Let the person choose a folder; ``None`` when they change their mind.

        Raises:
            RequestError: there is no window, or one of its dialogs is open already.
        """
        dialogs = self._dialogs
        if dialogs is None:
            raise RequestError(Reason.WINDOW_NOT_THERE)
        if not self._one.acquire(blocking=False):
            raise RequestError(Reason.WINDOW_DIALOG_OPEN)
        try:
            return dialogs.choose_folder(start)
        finally:
            self._one.release()
