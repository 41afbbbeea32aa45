"""A job's progress as server-sent events: the tail of its log, resumable at any line.

The cursor is the line's number within the job. Each look at the log is a short transaction of its own that
asks again who is looking, and nothing is held in between: a person or device that was revoked loses the
stream at the next look, and a thousand sleeping streams hold no connection.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import psycopg
import structlog

from cloud_api.errors import CloudError
from cloud_api.jobs.schemas import JobLogLine, JobView

PAGE = 500
LIVELY_SECONDS = 0.5
CALM_SECONDS = 2.0
CALM_AFTER_SECONDS = 10.0
COMMENT_SECONDS = 15.0
_log = structlog.get_logger("cloud_api.jobs.stream")


@dataclass(frozen=True)
class Look:
    """The job, and at most `PAGE` lines of its log after the cursor, read after the job."""

    job: JobView
    lines: Sequence[JobLogLine]


Read = Callable[[int], Look]
Wait = Callable[[float], bool]
"""Waits so many seconds and tells whether the server is stopping."""


def job_stream(first: Look, read: Read, wait: Wait, after_seq: int) -> Iterator[bytes]:
    """Yield the stream from ``first`` on until the job is over, access is lost or the server stops.

    Args:
        first: the first look, made before the answer began, so that a refusal of it was a problem document.
        read: looks again, after the given line.
        wait: pauses between two looks.
        after_seq: the last line that the reader has.
    """
    look, shown, quiet, silent = first, None, 0.0, 0.0
    while True:
        for line in look.lines:
            after_seq = line.seq
            yield message("line", line.model_dump_json(), line.seq)
        if look.job != shown:
            yield message("job", look.job.model_dump_json())
        if look.lines or look.job != shown:
            shown, quiet, silent = look.job, 0.0, 0.0
        if len(look.lines) < PAGE:
            if look.job.status.is_final:
                return
            seconds = pause(quiet)
            if silent + seconds > COMMENT_SECONDS:
                yield b": still here\n\n"
                silent = 0.0
            quiet, silent = quiet + seconds, silent + seconds
            if wait(seconds):
                return
        next_look = _look_again(read, after_seq)
        if next_look is None:
            return
        look = next_look


def pause(quiet: float) -> float:
    """Return the seconds until the next look: after so many without news a job is looked at less often."""
    return LIVELY_SECONDS if quiet < CALM_AFTER_SECONDS else CALM_SECONDS


def message(event: str, data: str, seq: int | None = None) -> bytes:
    """Write one server-sent event; ``data`` is JSON on one line."""
    head = "" if seq is None else f"id: {seq}\n"
    return f"{head}event: {event}\ndata: {data}\n\n".encode()


def _look_again(read: Read, after_seq: int) -> Look | None:
    try:
        return read(after_seq)
    except (CloudError, psycopg.OperationalError) as error:
        # The answer has begun, so it can only end; the reader asks again and is told the reason then.
        _log.info("stream_ended", error=type(error).__name__, reason=getattr(error, "reason", None))
        return None
