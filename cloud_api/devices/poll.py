"""A computer waits for commands: the cloud holds its question until there is one, or the time is over.

Each held question takes a thread of the server, so there are only so many seats; who gets none is answered at
once and told when to ask again. Only the newest question of a computer is given anything; older ones, whose
connections may be gone, keep their seats for a while, so a computer has a few and never all of them.
"""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID

from cloud_api.auth.principal import Device
from cloud_api.live.watch import Subject, Watch
from protocol.commands import CommandList

AGAIN_SECONDS = 5.0
"""How long a computer without a seat waits before it asks again."""

SEATS_OF_ONE = 4
"""The most questions of one computer that are held, however often it asks."""

Claim = Callable[[], CommandList]
"""Claims as the computer that asks, whoever it is allowed to be by now."""


class Seats:
    """Who is waiting now. Any thread."""

    def __init__(self, count: int) -> None:
        """Have so many seats."""
        self._count = count
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)  # never the same twice: an old question cannot pass for a new one
        self._turns: dict[UUID, int] = {}
        self._taken: Counter[UUID] = Counter()

    def take(self, device_id: UUID) -> int | None:
        """Take a seat; return the number of this turn, or nothing when all, or all for one, are taken."""
        with self._lock:
            if self._taken.total() >= self._count or self._taken[device_id] >= SEATS_OF_ONE:
                return None
            self._taken[device_id] += 1
            turn = self._turns[device_id] = next(self._numbers)
            return turn

    def is_newest(self, device_id: UUID, turn: int) -> bool:
        """Tell whether the computer has not asked again since."""
        with self._lock:
            return self._turns.get(device_id) == turn

    def leave(self, device_id: UUID, turn: int) -> None:
        """Give the seat back."""
        with self._lock:
            self._taken[device_id] -= 1
            if not self._taken[device_id]:
                del self._taken[device_id]
            if self._turns.get(device_id) == turn:
                del self._turns[device_id]


class Polls:
    """Answers computers that ask for commands. Any thread."""

    def __init__(self, watch: Watch, seats: int, ticks: Callable[[], float] = time.monotonic) -> None:
        """Hold at most so many questions."""
        self._watch = watch
        self._seats = Seats(seats)
        self._ticks = ticks

    def answer(
        self, device: Device, seconds: float, claim: Claim, admit: Callable[[], object]
    ) -> CommandList:
        """Return what waits for a computer, as soon as there is something, or nothing when the time is over.

        Args:
            device: who asks.
            seconds: how long the question may be held.
            claim: hands out what waits.
            admit: asks again whether the computer may ask; called when anybody's access has changed.

        Raises:
            CloudError: the computer was disconnected meanwhile, or the database is away.
        """
        turn = self._seats.take(device.device_id) if seconds > 0 else None
        if turn is None:
            again = AGAIN_SECONDS if seconds > 0 else 0.0
            return claim().model_copy(update={"again_after_seconds": again})
        try:
            return self._wait(device, turn, self._ticks() + seconds, claim, admit)
        finally:
            self._seats.leave(device.device_id, turn)

    def _wait(
        self, device: Device, turn: int, until: float, claim: Claim, admit: Callable[[], object]
    ) -> CommandList:
        office = device.organisation_id
        access = Subject("access", office, office)
        # Watched before it is read, so that nothing falls between.
        with self._watch.watching(Subject("commands", office, device.device_id), access) as watcher:
            admit()  # what changed before this was watched
            # Whoever asked anew does not read this answer any more: nothing is handed out to it.
            while self._seats.is_newest(device.device_id, turn):
                found = claim()
                left = until - self._ticks()
                if found.commands or found.uploads_wanted or left <= 0:
                    return found
                changed = watcher.wait(left)
                if self._watch.stopping.is_set():
                    return CommandList()
                if access in changed:
                    admit()
        return CommandList()
