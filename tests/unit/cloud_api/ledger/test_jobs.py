"""Which report of a job is the newer one."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from cloud_api.ledger.jobs import Known, replaces
from protocol.jobs import JobSnapshot, JobStatus

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)


LATER, EARLIER = NOW + timedelta(minutes=1), NOW - timedelta(days=3650)


def snapshot(status: JobStatus, change: int = 0) -> JobSnapshot:
    return JobSnapshot(
        job_id=uuid4(), rank="Master", ship_type="Tug", status=status, created_at=NOW, change=change
    )


@pytest.mark.parametrize("over", [status for status in JobStatus if status.is_final])
@pytest.mark.parametrize("reported", list(JobStatus))
@pytest.mark.parametrize("change", [0, 9])
def test_a_job_that_is_over_stays_over(over: JobStatus, reported: JobStatus, change: int) -> None:
    assert replaces(Known(over, NOW, 5), snapshot(reported, change), LATER) == (reported is over)


def test_without_a_counter_an_older_report_never_replaces_a_newer_one() -> None:
    report = snapshot(JobStatus.RUNNING)
    running = Known(JobStatus.RUNNING, NOW, 0)

    assert replaces(Known(JobStatus.QUEUED, None, 0), report, NOW)
    assert replaces(running, report, NOW)
    assert not replaces(running, report, NOW - timedelta(seconds=1))


def test_a_running_job_goes_back_into_the_queue_whatever_the_computers_clock_says() -> None:
    running = Known(JobStatus.RUNNING, NOW, 40)

    assert replaces(running, snapshot(JobStatus.QUEUED, 41), EARLIER)
    assert not replaces(running, snapshot(JobStatus.QUEUED, 39), LATER)


def test_a_computer_that_begins_to_count_is_believed_by_time_once() -> None:
    assert replaces(Known(JobStatus.RUNNING, NOW, 0), snapshot(JobStatus.QUEUED, 2), LATER)
    assert not replaces(Known(JobStatus.RUNNING, NOW, 0), snapshot(JobStatus.QUEUED, 2), EARLIER)
