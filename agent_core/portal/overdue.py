"""A journey that the driver cannot end: it waits for the portal's first byte, whatever its time limit."""

import threading
from types import TracebackType
from typing import Self

from agent_core.errors import PortalSessionError
from agent_core.portal.tabs import Tabs


class Overdue:
    """Closes a window that is not there in time, by the browser's own door, so that the driver lets go.

    Attributes:
        successor: the window that was opened in its place; nothing when it came in time.
    """

    def __init__(self, tabs: Tabs, window: str, seconds: float) -> None:
        """Watch this window from the block's begin to its end, for at most so long."""
        self.successor: str | None = None
        self._tabs = tabs
        self._window = window
        self._timer = threading.Timer(seconds, self._replace)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Watch no more."""
        self._timer.cancel()
        self._timer.join()

    def _replace(self) -> None:
        try:
            self.successor = self._tabs.open()  # first, because a browser ends with its last window
            self._tabs.close(self._window)
        except PortalSessionError:
            return  # the browser is gone, and the driver says so itself
