"""A live line of a download: on a terminal it changes in place, in a log it is said now and then."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status

from agent_core.local_api.schemas import StreamMessage
from protocol.jobs import JobSnapshot, JobStatus

SAY_EVERY = 2.0
"""Seconds between two lines where a line cannot change in place."""


class JobProgress:
    """Shows how far a download is."""

    def __init__(self, console: Console) -> None:
        """Show it on this console."""
        self._console = console
        self._status = Status("waiting for the first person", console=console)
        self._said_at = 0.0

    def __enter__(self) -> Self:
        """Begin the live line."""
        if self._console.is_terminal:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._status.stop()

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Keep the live line still for as long as somebody is asked for something."""
        self._status.stop()
        try:
            yield
        finally:
            if self._console.is_terminal:
                self._status.start()

    def seen(self, message: StreamMessage) -> None:
        """Show a change of the job."""
        if message.job is None:
            return
        line = line_of(message.job, message.seconds_left)
        self._status.update(line)
        last = message.job.status.is_final
        now = time.monotonic()
        if last or (not self._console.is_terminal and now - self._said_at >= SAY_EVERY):
            self._console.print(f"  {line}", highlight=False, markup=False)
            self._said_at = now


def line_of(job: JobSnapshot, seconds_left: int | None) -> str:
    """Return the line of a job: how many of how many, and with what outcomes."""
    counts = job.counts
    done = counts.stored + counts.skipped + counts.failed
    parts = [f"{done} of {counts.listed}", f"{counts.stored} stored", f"{counts.skipped} skipped"]
    parts.append(f"{counts.failed} failed")
    if job.status is JobStatus.QUEUED and job.reason is not None:
        parts.append(f"waiting: {job.reason.sentence}")
    if seconds_left is not None and not job.status.is_final:
        parts.append(f"about {seconds_left} s left")
    return " · ".join(parts)
