"""What the followers of one job are told, read from the database once for all of them.

Each follower was let in on the job by a look of its own, under row-level security. When the job changes, the
first of them who is woken reads what is new, as themself, and the others take it from here, already written
as it is sent. Who is further behind than what is kept here reads on by themself.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from cloud_api.jobs.schemas import JobLogLine, JobView

PAGE = 500
KEPT_LINES = 500


@dataclass(frozen=True)
class Look:
    """The job, and at most `PAGE` lines of its log after the cursor, read after the job."""

    job: JobView
    lines: Sequence[JobLogLine]


Read = Callable[[int], Look]
"""Looks at the job as one who follows it: at the lines after this one."""


class SentLine(NamedTuple):
    """A line as it is sent."""

    seq: int
    data: bytes


@dataclass(frozen=True)
class News:
    """What a follower is told now; ``more`` when there are more lines at once."""

    lines: Sequence[SentLine]
    job: bytes
    is_final: bool
    more: bool


class JobFeed:
    """What is known of one job in this process. Any thread."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._lock = threading.Lock()
        self._mark = ""
        self._lines: deque[SentLine] = deque(maxlen=KEPT_LINES)
        self._begins_after = 0
        self._last_seq = 0
        self._job = b""
        self._is_final = False
        self.followers = 0

    def after(self, seq: int, mark: str, read: Read) -> News:
        """Return what there is after a line.

        Args:
            seq: the last line that the follower has.
            mark: the newest mark of the job that the process has seen (see `cloud_api.live.watch`).
            read: looks as this follower, whom row-level security lets see the job or not.

        Raises:
            CloudError: this follower may not look any more, or the database is away.
        """
        with self._lock:
            if not self._job or mark != self._mark:
                self._read_on(seq, mark, read)
            if seq >= self._begins_after:
                lines = [line for line in self._lines if line.seq > seq]
                return News(lines, self._job, self._is_final, more=False)
        return written(read(seq))

    def _read_on(self, seq: int, mark: str, read: Read) -> None:
        if not self._job:
            self._begins_after = self._last_seq = seq
        while True:
            look = read(self._last_seq)
            for line in look.lines:
                if len(self._lines) == KEPT_LINES:
                    self._begins_after = self._lines[0].seq
                self._lines.append(SentLine(line.seq, message("line", line.model_dump_json(), line.seq)))
                self._last_seq = line.seq
            if len(look.lines) < PAGE:
                break
        self._job = message("job", look.job.model_dump_json())
        self._is_final, self._mark = look.job.status.is_final, mark


class JobFeeds:
    """The feeds of the jobs that somebody follows now."""

    def __init__(self) -> None:
        """Nobody follows anything."""
        self._lock = threading.Lock()
        self._feeds: dict[tuple[UUID, UUID], JobFeed] = {}

    def follow(self, office_id: UUID, job_id: UUID) -> JobFeed:
        """Give the feed of a job to one more, until they `leave` it."""
        with self._lock:
            feed = self._feeds.setdefault((office_id, job_id), JobFeed())
            feed.followers += 1
            return feed

    def leave(self, office_id: UUID, job_id: UUID) -> None:
        """Let one who followed go; a feed that nobody follows is forgotten."""
        with self._lock:
            feed = self._feeds[(office_id, job_id)]
            feed.followers -= 1
            if feed.followers == 0:
                del self._feeds[(office_id, job_id)]


def written(look: Look) -> News:
    """Return a look as it is sent."""
    lines = [SentLine(line.seq, message("line", line.model_dump_json(), line.seq)) for line in look.lines]
    job = message("job", look.job.model_dump_json())
    return News(lines, job, look.job.status.is_final, more=len(look.lines) == PAGE)


def message(event: str, data: str, seq: int | None = None) -> bytes:
    """Write one server-sent event; ``data`` is JSON on one line."""
    head = "" if seq is None else f"id: {seq}\n"
    return f"{head}event: {event}\ndata: {data}\n\n".encode()
