"""What lets a page in: a launch code, used once, and the session token that it is exchanged for.

Only digests are kept. Comparisons take the same time whatever is handed in.
"""

import hmac
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from agent_core.ports import Clock

CODE_LIFE = timedelta(minutes=10)
"""Long enough to copy an address by hand; a code is good once, and only on this computer."""
SESSION_LIFE = timedelta(hours=1)
MOST_KEPT = 64


class ShortLived:
    """Random texts that are good for a while; any thread."""

    def __init__(self, life: timedelta, clock: Clock, random_text: Callable[[], str]) -> None:
        """Make texts with ``random_text`` that are good for ``life``."""
        self._life = life
        self._clock = clock
        self._random_text = random_text
        self._until: dict[bytes, datetime] = {}
        self._lock = threading.Lock()

    def issue(self) -> tuple[str, datetime]:
        """Return a new text and until when it is good; the oldest go when there are too many."""
        text = self._random_text()
        with self._lock:
            until = self._clock() + self._life
            self._until[_digest(text)] = until
            while len(self._until) > MOST_KEPT:
                del self._until[next(iter(self._until))]
        return text, until

    def is_good(self, text: str) -> bool:
        """Tell whether this text was issued and is not too old."""
        with self._lock:
            return self._find(text) is not None

    def any_is_good(self) -> bool:
        """Tell whether any text that was issued is not too old."""
        now = self._clock()
        with self._lock:
            return any(now < until for until in self._until.values())

    def use_up(self, text: str) -> bool:
        """Tell whether this text is good, and make sure that it never is again."""
        with self._lock:
            found = self._find(text)
            if found is not None:
                del self._until[found]
            return found is not None

    def _find(self, text: str) -> bytes | None:
        now = self._clock()
        self._until = {digest: until for digest, until in self._until.items() if now < until}
        wanted, found = _digest(text), None
        for digest in self._until:
            if hmac.compare_digest(digest, wanted):
                found = digest
        return found


def launch_codes(clock: Clock) -> ShortLived:
    """Make the launch codes: ten minutes, for one exchange."""
    return ShortLived(CODE_LIFE, clock, lambda: secrets.token_urlsafe(24))


def session_tokens(clock: Clock) -> ShortLived:
    """Make the session tokens: an hour, renewed while the page lives."""
    return ShortLived(SESSION_LIFE, clock, lambda: secrets.token_urlsafe(32))


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
