"""The back-off of a whole direction: while the other side is down, no entry is tried or counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from agent_core.outbox.retry import LONGEST_DELAY, delay
from protocol.reasons import Reason


@dataclass(frozen=True)
class Lane:
    """Where one direction stands.

    Attributes:
        failures: how many tries in a row failed as a whole.
        not_before: when it is tried again; absent when at once.
        reason: why the last try failed.
    """

    failures: int = 0
    not_before: datetime | None = None
    reason: Reason | None = None

    def is_open(self, now: datetime) -> bool:
        """Tell whether it is time to try.

        It never waits longer than the longest delay: a later time was made before the clock was set back.
        """
        return self.not_before is None or not now < self.not_before <= now + LONGEST_DELAY

    def after_failure(
        self, reason: Reason, now: datetime, jitter: float, retry_after: timedelta | None = None
    ) -> "Lane":
        """Return the lane after one more failure.

        Args:
            reason: why it failed.
            now: the time of the failure.
            jitter: 0 to 1.
            retry_after: how long the other side asks to be left alone; no longer than the longest delay.
        """
        failures = self.failures + 1
        wait = max(delay(failures, jitter), min(retry_after or timedelta(), LONGEST_DELAY))
        return Lane(failures, now + wait, reason)
