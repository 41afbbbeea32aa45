"""A job goes one way, and the schema itself refuses counts that do not add up."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import StoreError
from agent_core.store import jobs
from agent_core.store.database import AgentStore
from protocol.jobs import JobStatus, Outcome
from protocol.reasons import Reason
from tests.support.agent import OTHER_REQUEST, REQUEST, START, THIRD_REQUEST, open_store, running_job


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AgentStore]:
    with open_store(tmp_path) as opened:
        yield opened


def test_a_job_starts_once(store: AgentStore) -> None:
    job_id = store.create_job(uuid4(), REQUEST)[0].job_id
    with store.records.write() as connection:
        jobs.set_running(connection, job_id, START)
    with pytest.raises(StoreError) as caught, store.records.write() as connection:
        jobs.set_running(connection, job_id, START)
    assert caught.value.reason is Reason.JOB_NOT_ACTIVE


def test_a_job_that_goes_on_keeps_when_it_began_and_says_from_where_its_pace_counts(
    store: AgentStore,
) -> None:
    job_id = running_job(store)
    began = store.job(job_id).started_at
    with store.records.write() as connection:
        jobs.count_listed(connection, job_id)
        jobs.count_outcome(connection, job_id, Outcome.STORED)
        jobs.set_queued(connection, job_id, Reason.JOB_PAUSED)
        assert jobs.get(connection, job_id).reason is Reason.JOB_PAUSED
        jobs.set_running(connection, job_id, START + timedelta(hours=1))
        job, pace = jobs.get(connection, job_id), jobs.pace_of(connection, job_id)
    assert (job.status, job.reason, job.started_at) == (JobStatus.RUNNING, None, began)
    assert pace == jobs.Pace(START + timedelta(hours=1), 1)


def test_a_walk_to_the_end_is_kept(store: AgentStore) -> None:
    job_id = running_job(store)
    with store.records.write() as connection:
        assert not jobs.is_walked(connection, job_id)
        jobs.set_walked(connection, job_id)
        assert jobs.is_walked(connection, job_id)
        assert not jobs.is_walked(connection, uuid4())


def test_every_change_is_counted(store: AgentStore) -> None:
    job_id = store.create_job(uuid4(), REQUEST)[0].job_id
    with store.records.write() as connection:
        first = jobs.change_of(connection, job_id)
        assert jobs.next_change(connection, job_id, JobStatus.QUEUED) == first + 1
        assert jobs.change_of(connection, uuid4()) == 0


def test_more_outcomes_than_people_are_refused_by_the_schema(store: AgentStore) -> None:
    job_id = store.create_job(uuid4(), REQUEST)[0].job_id
    with pytest.raises(StoreError), store.records.write() as connection:
        jobs.count_outcome(connection, job_id, Outcome.STORED)
    assert store.job(job_id).counts.stored == 0


def test_a_job_with_somebody_left_cannot_end(store: AgentStore) -> None:
    job_id = store.create_job(uuid4(), REQUEST)[0].job_id
    with store.records.write() as connection:
        jobs.count_listed(connection, job_id)
    with pytest.raises(StoreError), store.records.write() as connection:
        jobs.set_ended(connection, job_id, JobStatus.SUCCESS, None, START)
    assert store.job(job_id).ended_at is None


def test_jobs_are_listed_by_age(store: AgentStore) -> None:
    requests = (REQUEST, OTHER_REQUEST, THIRD_REQUEST)
    ids = [store.create_job(uuid4(), request)[0].job_id for request in requests]
    assert [job.job_id for job in store.newest_jobs(2)] == ids[::-1], "one that waits is never out of sight"
    store.cancel_queued_job(ids[0])
    assert [job.job_id for job in store.newest_jobs(2)] == ids[:0:-1]
    ids = ids[1:]
    assert [job.job_id for job in store.jobs_in(JobStatus.QUEUED)] == ids
    with store.records.read() as connection:
        assert jobs.find(connection, uuid4()) is None
