"""Asking the portal politely from several tabs: one pace for all, and pauses that all of them keep."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from agent_core.errors import PortalError
from agent_core.portal.pace import Pace
from agent_core.ports import Stop, go_on
from protocol.reasons import Reason

LOOK_SECONDS = 0.1
"""While something is waited for, it is asked so often whether it is still wanted."""


class Gate:
    """Lets one request after the other through. Any thread."""

    def __init__(
        self,
        per_second: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """Open with this many pages a second.

        Args:
            per_second: the most pages that are asked for in a second.
            now: a steady clock, in seconds.
            sleep: waits so many seconds; unless given it ends early when the gate is shut.
        """
        self._pace = Pace(per_second)
        self._now = now
        self._lock = threading.Lock()
        self._shut = threading.Event()
        self._sleep = sleep or self._shut.wait
        self._reason: Reason | None = None
        self._holds = 0

    def open(self, per_second: float) -> None:
        """Let requests through again, at this pace; a pause that the portal asked for goes on."""
        with self._lock:
            self._pace = replace(self._pace, per_second=per_second)
            self._reason = None
            self._shut.clear()

    def shut(self, reason: Reason) -> None:
        """Turn away whoever waits or comes, with the first reason that was given."""
        with self._lock:
            self._reason = self._reason or reason
            self._shut.set()

    def hold(self, seconds: float) -> None:
        """Let nobody through for so long: the portal asked for a pause."""
        with self._lock:
            self._pace = self._pace.hold(self._now(), seconds)
            self._holds += 1

    def ask(self, stop: Stop = go_on) -> None:
        """Wait until one more page may be asked for.

        Args:
            stop: asked on this thread while it waits.

        Raises:
            PortalError: nothing more is wanted, for this reason.
        """
        while True:
            with self._lock:
                self._pace, seconds = self._pace.take(self._now())
                holds = self._holds
            self._wait(seconds, stop)
            with self._lock:
                if holds == self._holds:  # else a pause began meanwhile, and this turn is void
                    return

    def _wait(self, seconds: float, stop: Stop) -> None:
        deadline = self._now() + seconds
        while True:
            reason = self._reason or stop()
            if reason is not None:
                raise PortalError(reason, "not asked for any more")
            left = deadline - self._now()
            if left <= 0:
                return
            self._sleep(min(left, LOOK_SECONDS))
