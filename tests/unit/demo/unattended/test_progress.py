"""The live line of a download."""

import io
from datetime import UTC, datetime
from uuid import uuid4

from rich.console import Console

from agent_core.local_api.schemas import StreamMessage
from demo.unattended.progress import JobProgress, line_of
from protocol.jobs import JobCounts, JobSnapshot, JobStatus
from protocol.reasons import Reason


def _job(status: JobStatus) -> JobSnapshot:
    return JobSnapshot(
        job_id=uuid4(),
        rank="Master",
        ship_type="Tug",
        status=status,
        counts=JobCounts(listed=60, stored=30, skipped=6, failed=1),
        created_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


def test_the_line_says_how_many_of_how_many() -> None:
    assert (
        line_of(_job(JobStatus.RUNNING), 9) == "37 of 60 · 30 stored · 6 skipped · 1 failed · about 9 s left"
    )
    assert "left" not in line_of(_job(JobStatus.SUCCESS), 0)
    waits = _job(JobStatus.QUEUED).model_copy(update={"reason": Reason.PORTAL_SESSION_ENDED})
    assert line_of(waits, None).endswith(f"1 failed · waiting: {Reason.PORTAL_SESSION_ENDED.sentence}")


def test_a_log_gets_the_first_and_the_last_line() -> None:
    console = Console(file=io.StringIO())
    with JobProgress(console) as progress:
        for status in (JobStatus.RUNNING, JobStatus.RUNNING, JobStatus.SUCCESS):
            progress.seen(StreamMessage(change=1, job=_job(status)))
        progress.seen(StreamMessage(change=2))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().count("37 of 60") == 2


def test_the_live_line_keeps_still_while_somebody_is_asked() -> None:
    console = Console(file=io.StringIO(), force_terminal=True)
    with JobProgress(console) as progress:
        with progress.quiet():
            console.print("Type the code")
        progress.seen(StreamMessage(change=1, job=_job(JobStatus.SUCCESS)))
    assert isinstance(console.file, io.StringIO)
    assert "Type the code" in console.file.getvalue()
