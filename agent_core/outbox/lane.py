"""The back-off of a whole direction: while the other side is down, no entry is tried or counted."""

from dataclasses import dataclass
from datetime import datetime

from agent_core.outbox.retry import delay
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
        """Tell whether it is time to try."""
        return self.not_before is None or now >= self.not_before

    def after_failure(self, reason: Reason, now: datetime, jitter: float) -> "Lane":
        """Return the lane after one more failure."""
        failures = self.failures + 1
        return Lane(failures, now + delay(failures, jitter), reason)
