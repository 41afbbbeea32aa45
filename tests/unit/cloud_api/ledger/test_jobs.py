"""Which report of a job is the newer one."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from cloud_api.ledger.jobs import replaces
from protocol.jobs import JobSnapshot, JobStatus

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)


def snapshot(status: JobStatus) -> JobSnapshot:
    return JobSnapshot(job_id=uuid4(), rank="Master", ship_type="Tug", status=status, created_at=NOW)


@pytest.mark.parametrize("over", [status for status in JobStatus if status.is_final])
@pytest.mark.parametrize("reported", list(JobStatus))
def test_a_job_that_is_over_stays_over(over: JobStatus, reported: JobStatus) -> None:
    later = NOW + timedelta(minutes=1)

    assert replaces(over, NOW, snapshot(reported), later) == (reported is over)


def test_an_older_report_never_replaces_a_newer_one() -> None:
    report = snapshot(JobStatus.RUNNING)

    assert replaces(JobStatus.QUEUED, None, report, NOW)
    assert replaces(JobStatus.RUNNING, NOW, report, NOW)
    assert not replaces(JobStatus.RUNNING, NOW, report, NOW - timedelta(seconds=1))
