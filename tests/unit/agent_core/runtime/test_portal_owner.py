"""The thread that owns the portal: what it refuses, what it looks at, and how it ends jobs."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import PortalSessionError, RequestError, StoreError
from agent_core.ports import SessionState
from protocol.devices import WaitingJob
from protocol.jobs import JobRequest, JobStatus
from protocol.reasons import Reason
from tests.support.agent import REQUEST, running_job
from tests.support.agent_rig import Rig, eventually, running_rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(tmp_path) as started:
        yield started


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(tmp_path, start=False) as joined:
        yield joined


def test_a_label_that_the_portal_does_not_have_is_refused(rig: Rig) -> None:
    with pytest.raises(RequestError) as caught:
        rig.services.portal.submit(JobRequest(rank="Astronaut", ship_type="Bulk Carrier"))
    assert caught.value.reason is Reason.PORTAL_LABEL_UNKNOWN


def test_a_job_needs_a_connection_and_then_a_folder(rig: Rig) -> None:
    with pytest.raises(RequestError) as caught:
        rig.services.portal.submit(REQUEST)
    assert caught.value.reason is Reason.LOGIN_NOT_CONNECTED
    rig.connect()
    with pytest.raises(RequestError) as caught:
        rig.services.portal.submit(REQUEST)
    assert caught.value.reason is Reason.FOLDER_NOT_SET
    rig.choose_folder().rmdir()
    with pytest.raises(RequestError) as caught:
        rig.services.portal.submit(REQUEST)
    assert caught.value.reason is Reason.FOLDER_NOT_THERE
    assert rig.store.newest_jobs() == []


def test_a_job_that_was_running_when_the_agent_died_accounts_for_everybody(idle: Rig) -> None:
    job_id = running_job(idle.store)
    idle.services.portal.start()
    job = idle.store.job(job_id)
    assert (job.status, job.reason) == (JobStatus.FAILED, Reason.JOB_INTERRUPTED)
    assert idle.services.portal.stop(20)


def test_a_session_that_ends_fails_the_job_and_leaves_the_others_queued(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    first = rig.services.portal.submit(REQUEST).job_id
    second = rig.services.portal.submit(REQUEST).job_id
    rig.portal.breaks = PortalSessionError(Reason.PORTAL_SESSION_ENDED)
    rig.portal.go_on.set()
    eventually(lambda: rig.store.job(first).status.is_final)
    assert rig.store.job(first).reason is Reason.PORTAL_SESSION_ENDED
    assert rig.store.job(second).status is JobStatus.QUEUED
    rig.portal.breaks = None
    rig.connect()
    eventually(lambda: rig.store.job(second).status is JobStatus.SUCCESS)


def test_a_fault_of_ours_ends_the_job_and_not_the_thread(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.breaks = RuntimeError("canary")
    failed = rig.services.portal.submit(REQUEST).job_id
    eventually(lambda: rig.store.job(failed).status.is_final)
    assert rig.store.job(failed).reason is Reason.SERVER_FAULT
    rig.portal.breaks = None
    again = rig.services.portal.submit(REQUEST).job_id
    eventually(lambda: rig.store.job(again).status is JobStatus.SUCCESS)


def test_a_queued_job_is_cancelled_at_once_and_one_that_is_over_is_not(idle: Rig) -> None:
    job_id = idle.store.create_job(uuid4(), REQUEST)[0].job_id
    assert idle.services.portal.cancel(job_id).status is JobStatus.CANCELLED
    with pytest.raises(StoreError) as caught:
        idle.services.portal.cancel(job_id)
    assert caught.value.reason is Reason.JOB_NOT_ACTIVE
    with pytest.raises(StoreError):
        idle.services.portal.cancel(uuid4())


def test_a_job_of_the_cloud_is_taken_once_and_left_there_while_it_cannot_start(rig: Rig) -> None:
    waiting = WaitingJob(job_id=uuid4(), rank=REQUEST.rank, ship_type=REQUEST.ship_type)
    rig.services.portal.take_waiting([waiting])
    assert rig.store.newest_jobs() == []
    rig.choose_folder()
    rig.connect()
    rig.services.portal.take_waiting([waiting, waiting])
    assert [job.job_id for job in rig.store.newest_jobs()] == [waiting.job_id]


def test_disconnecting_cancels_what_runs_and_closes_the_session(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    job_id = rig.services.portal.submit(REQUEST).job_id
    assert rig.portal.fetching.wait(20)
    eventually(lambda: rig.services.portal.running_job_id == job_id)
    rig.portal.go_on.set()
    assert rig.services.portal.disconnect().state is SessionState.DISCONNECTED
    assert rig.store.job(job_id).status.is_final


def test_an_agent_that_closes_answers_no_login(rig: Rig) -> None:
    rig.services.portal.stop(20)
    with pytest.raises(RequestError) as caught:
        rig.services.portal.resend_otp()
    assert caught.value.reason is Reason.AGENT_STOPPING
    assert rig.portal.snapshot().state is SessionState.DISCONNECTED
