"""When the person is wanted while they look elsewhere."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from agent_core.errors import StoreError
from agent_core.ports import SessionSnapshot, SessionState
from agent_core.runtime.attention import (
    WANTS_CODE,
    WANTS_LOGIN,
    AttentionThread,
    Seen,
    what_to_say,
)
from protocol.jobs import JobCounts, JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.support.agent_rig import eventually

JOB_ID = uuid4()
COUNTS = JobCounts(listed=60, stored=57, skipped=1, failed=2)


def job(status: JobStatus, reason: Reason | None = None, job_id: UUID = JOB_ID) -> JobSnapshot:
    return JobSnapshot(
        job_id=job_id,
        rank="Bosun",
        ship_type="Oil Tanker",
        status=status,
        reason=reason,
        counts=COUNTS,
        created_at=datetime(2026, 11, 24, tzinfo=UTC),
    )


def seen(session: SessionState, *jobs: JobSnapshot) -> Seen:
    return Seen(session, {one.job_id: one for one in jobs})


CONNECTED, WAITS = SessionState.CONNECTED, SessionState.AWAITING_OTP
RUNNING, QUEUED = job(JobStatus.RUNNING), job(JobStatus.QUEUED)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (seen(SessionState.CONNECTING), seen(WAITS), WANTS_CODE),
        (seen(WAITS), seen(WAITS), None),
        (seen(WAITS), seen(CONNECTED), None),
        (seen(CONNECTED, RUNNING), seen(CONNECTED, RUNNING), None),
        (seen(CONNECTED), seen(CONNECTED, RUNNING), None),
        (seen(CONNECTED), seen(CONNECTED, job(JobStatus.FAILED)), None),
        (
            seen(CONNECTED, RUNNING),
            seen(CONNECTED, job(JobStatus.SUCCESS)),
            "The download has finished: 57 stored, 2 failed",
        ),
        (
            seen(CONNECTED, RUNNING),
            seen(CONNECTED, job(JobStatus.FAILED)),
            "The download has stopped: 57 stored, 2 failed",
        ),
        (
            seen(CONNECTED, QUEUED),
            seen(CONNECTED, job(JobStatus.CANCELLED)),
            "The download was cancelled",
        ),
        (
            seen(CONNECTED, RUNNING),
            seen(SessionState.ENDED, job(JobStatus.QUEUED, Reason.PORTAL_SESSION_ENDED)),
            WANTS_LOGIN,
        ),
        (
            seen(SessionState.ENDED, job(JobStatus.QUEUED, Reason.PORTAL_SESSION_ENDED)),
            seen(SessionState.ENDED, job(JobStatus.QUEUED, Reason.PORTAL_SESSION_ENDED)),
            None,
        ),
        (seen(CONNECTED, RUNNING), seen(CONNECTED, job(JobStatus.QUEUED, Reason.JOB_PAUSED)), None),
    ],
)
def test_what_happened_is_told_once(before: Seen, now: Seen, expected: str | None) -> None:
    assert what_to_say(before, now) == expected


class World:
    """The records and the portal, as the test has them."""

    def __init__(self) -> None:
        self.commits = 0
        self.jobs: list[JobSnapshot] = []
        self.state = CONNECTED
        self.asked = 0
        self.said: list[str] = []
        self.is_broken = False

    def newest_jobs(self, limit: int) -> Sequence[JobSnapshot]:
        assert limit > 0
        self.asked += 1
        if self.is_broken:
            raise StoreError(Reason.AGENT_STORE_WRITE)
        return self.jobs

    def thread(self) -> AttentionThread:
        return AttentionThread(
            self, lambda: self.commits, lambda: SessionSnapshot(self.state), self.said.append
        )


def test_the_records_are_read_only_when_they_changed() -> None:
    world = World()
    world.jobs = [RUNNING]
    attention = world.thread()
    attention.look()
    attention.look()
    assert (world.asked, world.said) == (1, [])
    world.jobs, world.commits = [job(JobStatus.SUCCESS)], 1
    attention.look()
    attention.look()
    assert (world.asked, len(world.said)) == (2, 1)
    world.state = WAITS
    attention.look()
    assert (world.asked, world.said[1:]) == (2, [WANTS_CODE])


def test_the_thread_goes_on_after_trouble_and_ends() -> None:
    world = World()
    world.is_broken = True
    attention = world.thread()
    assert attention.stop(0)
    attention = world.thread()
    attention.start()
    eventually(lambda: world.asked >= 2)
    world.is_broken = False
    eventually(lambda: attention._seen is not None)
    world.state = WAITS
    eventually(lambda: world.said == [WANTS_CODE])
    assert attention.stop(10)
