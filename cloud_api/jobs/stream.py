"""A job's progress as server-sent events: the tail of its log, resumable at any line.

The cursor is the line's number within the job. A follower sleeps until the watch of the process wakes it, and
asks the database nothing meanwhile; what is new is read once for all who follow the job. Whether it may still
follow is asked again when anybody's access in the office changes, before it is told another line, and its
token is looked at again at least every fifteen seconds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg
import structlog

from cloud_api.errors import CloudError
from cloud_api.jobs.feed import JobFeed, Look, Read, written
from cloud_api.live.watch import Subject, Watcher

COMMENT_SECONDS = 15.0
_log = structlog.get_logger("cloud_api.jobs.stream")


@dataclass
class Follower:
    """One who follows a job.

    Attributes:
        watcher: wakes it for the job, and for the office's access.
        feed: shared with all who follow the job in this process.
        read: looks at the job as this person.
        admit: asks again, of the database, whether they may.
        believe: looks at their token again, without the database.
        is_over: tells whether the server stops.
        monotonic: seconds, to know when the token was looked at.
    """

    watcher: Watcher
    job: Subject
    access: Subject
    feed: JobFeed
    read: Read
    admit: Callable[[], object]
    believe: Callable[[], object]
    is_over: Callable[[], bool]
    monotonic: Callable[[], float]
    believed_at: float = field(init=False)

    def __post_init__(self) -> None:
        """The token was looked at when the stream was asked for."""
        self.believed_at = self.monotonic()

    def check(self, changed: frozenset[Subject]) -> None:
        """Ask again whether they may follow, where something may have changed.

        Raises:
            CloudError: they may not, or that cannot be known now.
        """
        if self.access in changed:
            self.admit()
        if self.monotonic() - self.believed_at >= COMMENT_SECONDS:
            self.believe()
            self.believed_at = self.monotonic()


def job_stream(first: Look, follower: Follower, after_seq: int) -> Iterator[bytes]:
    """Yield the stream from ``first`` on until the job is over, access is lost or the server stops.

    Args:
        first: the first look, made before the answer began, so that a refusal of it was a problem document,
            and after the follower began to watch, so that nothing falls between.
        follower: who is told.
        after_seq: the last line that the reader has.
    """
    news, shown = written(first), b""
    try:
        while True:
            for seq, data in news.lines:
                after_seq = seq
                yield data
            if news.job != shown:
                shown = news.job
                yield shown
            if news.more:
                news = written(follower.read(after_seq))
                continue
            if news.is_final:
                return
            changed = follower.watcher.wait(COMMENT_SECONDS)
            if follower.is_over():
                return
            if not changed:
                yield b": still here\n\n"
            follower.check(changed)
            news = follower.feed.after(after_seq, follower.watcher.mark(follower.job), follower.read)
    except (CloudError, psycopg.OperationalError) as error:
        # The answer has begun, so it can only end; the reader asks again and is told the reason then.
        _log.info("stream_ended", error=type(error).__name__, reason=getattr(error, "reason", None))
