"""A job as server-sent events: everything so far, then each change, until the job is over.

The id of a message is the job's change counter, so a reader that comes back misses and repeats nothing.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from agent_core.downloads.queue import Place
from agent_core.errors import RequestError
from agent_core.local_api.schemas import ListingView, QueuedJob, StreamMessage
from agent_core.ports import Clock, ListingRow
from agent_core.store.database import AgentStore
from agent_core.store.jobs import Pace
from protocol.jobs import JobSnapshot, JobStatus
from protocol.reasons import Reason

COMMENT_SECONDS = 15.0
_LOOK_SECONDS = 1.0
_ENOUGH_DONE = 3
_MAX_DIGITS = 12


class StreamSeats:
    """How many streams may be open at once; each holds a thread of the server."""

    def __init__(self, seats: int) -> None:
        """Begin with all seats free."""
        self._free = threading.BoundedSemaphore(seats)

    def take(self) -> bool:
        """Take a seat, if one is free."""
        return self._free.acquire(blocking=False)

    def give_back(self) -> None:
        """Free a seat."""
        self._free.release()


def job_stream(
    store: AgentStore,
    job_id: UUID,
    since: int,
    *,
    goes_on: Callable[[], bool],
    queue: Callable[[], Sequence[Place]],
    clock: Clock,
) -> Iterator[bytes]:
    """Yield the stream from ``since`` on.

    Args:
        store: the records.
        job_id: a job that is there.
        since: the last change that the reader has; 0 for none.
        goes_on: asked between messages; the stream ends when it says no.
        queue: the places of the jobs that wait.
        clock: for the time that is left.
    """
    last_sent = time.monotonic()
    shown: tuple[JobSnapshot, QueuedJob | None] | None = None
    while goes_on():
        commits = store.records.commits
        look = store.changes(job_id, since)
        queued = place_of(queue(), job_id) if look.job.status is JobStatus.QUEUED else None
        if look.change > since or shown != (look.job, queued):
            for row in look.listings:
                yield _message("listing", StreamMessage(change=row.change, listing=listing_view(row)))
            left = seconds_left(look.job, look.pace, clock())
            message = StreamMessage(change=look.change, job=look.job, seconds_left=left, queued=queued)
            yield _message("job", message)
            since, shown, last_sent = look.change, (look.job, queued), time.monotonic()
            if look.job.status.is_final:
                return
        elif time.monotonic() - last_sent >= COMMENT_SECONDS:
            yield b": still here\n\n"
            last_sent = time.monotonic()
        store.records.wait_for_commit(commits, _LOOK_SECONDS)


def last_event_id(value: str) -> int:
    """Return the last change that a reader has; 0 for none.

    Raises:
        RequestError: the header is not a change's number.
    """
    if not value:
        return 0
    if not (value.isascii() and value.isdigit()) or len(value) > _MAX_DIGITS:
        raise RequestError(Reason.REQUEST_INVALID, "Last-Event-ID")
    return int(value)


def listing_view(row: ListingRow) -> ListingView:
    """Return a person of a job as a page sees them."""
    return ListingView(
        seq=row.seq,
        change=row.change,
        candidate_external_id=row.candidate_external_id,
        state=row.state,
        reason=row.reason,
        name=row.name,
        present_rank=row.present_rank,
        filename=row.relative_path.rpartition("/")[2],
        at=row.at,
    )


def queued_job(place: Place) -> QueuedJob:
    """Return a job's place in the queue as a page sees it."""
    return QueuedJob(job_id=place.job_id, position=place.position, waits_for=place.waits_for)


def place_of(queue: Sequence[Place], job_id: UUID) -> QueuedJob | None:
    """Return this job's place, if it is queued."""
    return next((queued_job(place) for place in queue if place.job_id == job_id), None)


def seconds_left(job: JobSnapshot, pace: Pace, now: datetime) -> int | None:
    """Guess how long a running job goes on, from its pace since it went on; not before a few are done."""
    counts = job.counts
    done = counts.stored + counts.skipped + counts.failed
    since_then = done - pace.done_before
    if job.status is not JobStatus.RUNNING or pace.since is None or since_then < _ENOUGH_DONE:
        return None
    elapsed = max(0.0, (now - pace.since).total_seconds())
    return round(elapsed / since_then * (counts.listed - done))


def _message(event: str, message: StreamMessage) -> bytes:
    return f"id: {message.change}\nevent: {event}\ndata: {message.model_dump_json()}\n\n".encode()
