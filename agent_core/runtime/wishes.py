"""Which download runs, and what people wish of it: that it stops, or that it goes on after all.

A wish and what is done about it at once are one step, and so is choosing the next download: one that begins
or ends in that very moment neither loses the wish nor does the opposite of the newest one.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from protocol.reasons import Reason


class Wishes:
    """One wish a job, the newest. Any thread."""

    def __init__(self) -> None:
        """Begin with no download and no wish."""
        self._lock = threading.RLock()
        self._stops: dict[UUID, Reason] = {}
        self._running: UUID | None = None

    @property
    def running(self) -> UUID | None:
        """The download that was begun and is not settled."""
        return self._running

    def begin(self, choose: Callable[[], UUID | None]) -> UUID | None:
        """Begin the download that is chosen, if one is."""
        with self._lock:
            self._running = choose()
            return self._running

    def of(self, job_id: UUID) -> Reason | None:
        """Return why somebody wishes that the job stops, if so."""
        with self._lock:
            return self._stops.get(job_id)

    @contextmanager
    def stop(self, job_id: UUID, reason: Reason) -> Iterator[None]:
        """Wish that a job stops, and do in the block what can be done at once.

        The wish stays only while the job runs; when the block fails, nothing was wished.
        """
        with self._lock:
            before = self._stops.get(job_id)
            self._stops[job_id] = reason
            kept = before
            try:
                yield
                kept = reason if self._running == job_id else None
            finally:
                self._set(job_id, kept)

    def stop_running(self, reason: Reason) -> None:
        """Wish that whatever runs stops, unless somebody wished so for a reason of their own."""
        with self._lock:
            if self._running is not None:
                self._stops.setdefault(self._running, reason)

    @contextmanager
    def go_on(self, job_id: UUID) -> Iterator[None]:
        """Take a pause back, and do in the block what can be done at once; what is cancelled stays so."""
        with self._lock:
            if self._stops.get(job_id) is Reason.JOB_PAUSED:
                del self._stops[job_id]
            yield

    def settle(self, honour: Callable[[UUID, Reason | None], None]) -> None:
        """Have the newest wish honoured, now that the download does not run any more, and forget both."""
        with self._lock:
            job_id, self._running = self._running, None
            if job_id is not None:
                honour(job_id, self._stops.pop(job_id, None))

    def _set(self, job_id: UUID, reason: Reason | None) -> None:
        if reason is None:
            self._stops.pop(job_id, None)
        else:
            self._stops[job_id] = reason
