"""Where an update stands, for the thread that works and for those who look and choose meanwhile."""

import threading
from dataclasses import replace
from typing import Any

from agent_core.ports import UpdateState, UpdateStatus
from desktop.updater.chart import move, without_offer


class Board:
    """The status, changed whole; any thread."""

    def __init__(self, first: UpdateStatus) -> None:
        """Begin with this."""
        self._status = first
        self._lock = threading.Lock()

    @property
    def status(self) -> UpdateStatus:
        """What is known now."""
        return self._status

    @property
    def state(self) -> UpdateState:
        """The state of now."""
        return self._status.state

    def note(self, **changes: Any) -> None:
        """Change what is known, and not the state."""
        with self._lock:
            self._status = replace(self._status, **changes)

    def move(self, to: UpdateState, **changes: Any) -> None:
        """Go to a state that follows.

        Raises:
            NotNextError: the chart has no such step.
        """
        with self._lock:
            self._status = move(self._status, to, **changes)

    def offer_nothing(self, to: UpdateState, **changes: Any) -> None:
        """Go to a state with nothing offered but what is said here.

        Raises:
            NotNextError: the chart has no such step.
        """
        with self._lock:
            self._status = without_offer(self._status, to, **changes)
