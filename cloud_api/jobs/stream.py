"""A job's progress as server-sent events: the tail of its log, resumable at any line.

The cursor is the line's number within the job. A follower sleeps until the watch of the process wakes it, and
asks the database nothing meanwhile; what is new is read once for all who follow the job. Whether it may still
follow is asked again, before it is told another line, when anybody's access in the office has changed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
import structlog

from cloud_api.errors import CloudError
from cloud_api.jobs.feed import JobFeed, News, Read, written
from cloud_api.live.watch import Subject, Watcher

COMMENT_SECONDS = 15.0
_log = structlog.get_logger("cloud_api.jobs.stream")


@dataclass(frozen=True, slots=True)
class Follower:
    """One who follows a job.

    Attributes:
        watcher: wakes it for the job, and for its access.
        feed: shared with all who follow the job in this process.
        read: looks at the job as this person.
        check: asks, after a wait, whether they may still follow (see `cloud_api.auth.lasting`).
        is_over: tells whether the server stops.
    """

    watcher: Watcher
    job: Subject
    feed: JobFeed
    read: Read
    check: Callable[[frozenset[Subject]], None]
    is_over: Callable[[], bool]


def job_stream(first: News, follower: Follower, after_seq: int) -> Iterator[bytes]:
    """Yield the stream from ``first`` on until the job is over, access is lost or the server stops.

    Args:
        first: the first look, made before the answer began, so that a refusal of it was a problem document,
            and after the follower began to watch, so that nothing falls between.
        follower: who is told.
        after_seq: the last line that the reader has.
    """
    news, shown = first, b""
    del first  # what was told is not kept for the hours that a stream may last
    try:
        while True:
            for seq, data in news.lines:
                after_seq = seq
                yield data
            if news.more:
                news = written(follower.read(after_seq))
                continue
            if news.job != shown:  # after all lines: whoever sees that it is over has them
                shown = news.job
                yield shown
            if news.is_final:
                return
            del news
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
