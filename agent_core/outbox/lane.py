"""The back-off of a whole direction: while the other side is down, no entry is tried or counted.

Its times are ticks, seconds that no change of the computer's clock moves.
"""

from dataclasses import dataclass
from datetime import timedelta

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
    not_before: float | None = None
    reason: Reason | None = None

    def is_open(self, now: float) -> bool:
        """Tell whether it is time to try."""
        return self.not_before is None or now >= self.not_before

    def after_failure(
        self, reason: Reason, now: float, jitter: float, retry_after: timedelta | None = None
    ) -> "Lane":
        """Return the lane after one more failure.

        Args:
            reason: why it failed.
            now: the tick of the failure.
            jitter: 0 to 1.
            retry_after: how long the other side asks to be left alone; no longer than the longest delay.
        """
        failures = self.failures + 1
        wait = max(delay(failures, jitter), min(retry_after or timedelta(), LONGEST_DELAY))
        return Lane(failures, now + wait.total_seconds(), reason)
