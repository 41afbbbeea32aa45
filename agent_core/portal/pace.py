"""How often the portal may be asked: a token bucket, and waits that the portal itself asked for."""

from dataclasses import dataclass, replace

CAPACITY = 1.0
"""Tokens do not pile up during a pause: with more of them one second could see twice what is allowed."""


@dataclass(frozen=True)
class Pace:
    """The bucket at one moment.

    Attributes:
        per_second: pages that may be asked for in a second.
        tokens: the part of the next page that may be asked for at the time ``at``.
        at: seconds on the caller's steady clock.
        not_before: nothing is asked for before this time.
    """

    per_second: float
    tokens: float = 1.0
    at: float = 0.0
    not_before: float = 0.0

    def take(self, now: float) -> tuple["Pace", float]:
        """Take one token, and return the bucket after it and the seconds to wait before asking.

        The token may be one of the future: then the wait is until it is there.
        """
        start = max(now, self.at)
        tokens = min(CAPACITY, self.tokens + (start - self.at) * self.per_second)
        wait = max(0.0, (1.0 - tokens) / self.per_second)
        go = max(start + wait, self.not_before)
        tokens = min(CAPACITY, tokens + (go - start) * self.per_second) - 1.0
        return replace(self, tokens=max(tokens, 0.0), at=go), go - now

    def hold(self, now: float, seconds: float) -> "Pace":
        """Ask for nothing in the next ``seconds``; a longer hold that is on stays."""
        return replace(self, not_before=max(self.not_before, now + seconds))
