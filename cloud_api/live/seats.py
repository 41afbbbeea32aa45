"""One person has only so many streams open at once, so that nobody takes the room of everybody."""

import threading
from collections import Counter
from uuid import UUID

from cloud_api.errors import TooManyRequests
from protocol.reasons import Reason

AGAIN_SECONDS = 15
"""When to ask again. Streams whose reader has gone are noticed about as often."""


class StreamSeats:
    """Who has how many streams open in this process. Any thread. What is kept is one number a person."""

    def __init__(self, of_one: int) -> None:
        """Let one person have so many, whatever they follow."""
        self._of_one = of_one
        self._lock = threading.Lock()
        self._taken: Counter[UUID] = Counter()

    def take(self, person_id: UUID) -> None:
        """Take a seat, until `leave`.

        Raises:
            TooManyRequests: the person has as many as one may have.
        """
        with self._lock:
            if self._taken[person_id] < self._of_one:
                self._taken[person_id] += 1
                return
        facts = {"most": self._of_one, "retry_after_seconds": AGAIN_SECONDS}
        raise TooManyRequests(Reason.REQUEST_TOO_MANY_STREAMS, facts=facts)

    def leave(self, person_id: UUID) -> None:
        """Give a seat back."""
        with self._lock:
            self._taken[person_id] -= 1
            if not self._taken[person_id]:
                del self._taken[person_id]
