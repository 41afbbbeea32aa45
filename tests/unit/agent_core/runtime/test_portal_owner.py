"""The thread that owns the portal: what it refuses, what it looks at, and how it ends jobs."""

import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.downloads.queue import WaitsFor
from agent_core.errors import PortalError, PortalSessionError, RequestError, StoreError
from agent_core.ports import ListingState, SessionState
from agent_core.runtime import portal_owner, troubles
from agent_core.store.commands import Asked
from protocol.commands import CommandKind
from protocol.jobs import JobCounts, JobRequest, JobStatus
from protocol.reasons import Reason
from tests.support.agent import OTHER_REQUEST, REQUEST, listing, running_job, stored_person
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


def test_a_job_that_was_running_when_the_agent_died_goes_on_after_the_login(idle: Rig) -> None:
    job_id = running_job(idle.store)
    idle.store.fetching(job_id, idle.store.add_listing(job_id, listing("0001")).seq)
    stored_person(idle.store, job_id, "0002")
    idle.choose_folder()
    idle.services.portal.start()
    job = idle.store.job(job_id)
    assert (job.status, job.reason) == (JobStatus.QUEUED, Reason.JOB_INTERRUPTED)
    assert [row.state for row in idle.store.listings(job_id)] == [ListingState.WAITING, ListingState.STORED]
    idle.connect()
    eventually(lambda: idle.store.job(job_id).status is JobStatus.SUCCESS)
    assert idle.portal.fetched == ["0001", "0003"]
    assert idle.services.portal.stop(60)


def test_a_session_that_ends_lets_the_job_wait_and_it_goes_on_before_the_others(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    first = rig.services.portal.submit(REQUEST).job_id
    second = rig.services.portal.submit(OTHER_REQUEST).job_id
    rig.portal.breaks = PortalSessionError(Reason.PORTAL_SESSION_ENDED)
    rig.portal.go_on.set()
    eventually(lambda: rig.store.job(first).reason is Reason.PORTAL_SESSION_ENDED)
    assert [place.waits_for for place in rig.services.portal.queue()] == [WaitsFor.LOGIN, WaitsFor.LOGIN]
    rig.portal.breaks = None
    rig.connect()
    eventually(lambda: rig.store.job(second).status is JobStatus.SUCCESS)
    assert rig.store.job(first).counts == JobCounts(listed=3, stored=3)
    assert rig.store.job(second).counts == JobCounts(listed=3, skipped=3)


def test_a_paused_job_lets_the_next_one_past_and_a_login_is_possible_meanwhile(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    first = rig.services.portal.submit(REQUEST).job_id
    assert rig.portal.fetching.wait(60)
    assert rig.services.portal.pause(first).status is JobStatus.RUNNING
    second = rig.services.portal.submit(OTHER_REQUEST).job_id
    rig.portal.go_on.set()
    eventually(lambda: rig.store.job(second).status is JobStatus.SUCCESS)
    assert rig.store.job(first).reason is Reason.JOB_PAUSED
    rig.connect()
    assert rig.store.job(first).reason is Reason.JOB_PAUSED, "a login does not undo a person's pause"
    rig.services.portal.resume(first)
    eventually(lambda: rig.store.job(first).status is JobStatus.SUCCESS)
    assert sorted(rig.portal.fetched) == ["0001", "0002", "0003"]


def test_a_pause_that_is_taken_back_in_time_stops_nothing(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    job_id = rig.services.portal.submit(REQUEST).job_id
    assert rig.portal.fetching.wait(60)
    rig.services.portal.pause(job_id)
    assert rig.services.portal.resume(job_id).status is JobStatus.RUNNING
    rig.portal.go_on.set()
    eventually(lambda: rig.store.job(job_id).status is JobStatus.SUCCESS)
    with pytest.raises(StoreError):
        rig.services.portal.pause(job_id)


def test_a_portal_that_is_away_fails_nobody_and_is_looked_at_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_owner, "_LOOK_AROUND_SECONDS", 0.01)
    monkeypatch.setattr(troubles, "FIRST_LOOK_SECONDS", 0.01)
    rig.choose_folder()
    rig.connect()
    rig.portal.answers = False
    job_id = rig.services.portal.submit(REQUEST).job_id
    eventually(lambda: rig.store.job(job_id).reason is Reason.PORTAL_UNREACHABLE)
    eventually(lambda: rig.services.portal.queue()[0].waits_for is WaitsFor.PORTAL)
    assert rig.store.job(job_id).counts == JobCounts(listed=3)
    rig.portal.answers = True
    eventually(lambda: rig.store.job(job_id).status is JobStatus.SUCCESS)
    assert rig.portal.fetched == ["0001", "0002", "0003"]


def test_after_a_long_sleep_the_session_is_found_ended_and_a_login_is_asked_for(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_owner, "_LOOK_AROUND_SECONDS", 0.01)
    monkeypatch.setattr(troubles, "FIRST_LOOK_SECONDS", 0.01)
    rig.choose_folder()
    rig.connect()
    rig.portal.answers = rig.portal.lives = False
    job_id = rig.services.portal.submit(REQUEST).job_id
    eventually(lambda: rig.store.job(job_id).reason is Reason.PORTAL_UNREACHABLE)
    rig.portal.answers = True
    eventually(lambda: rig.store.job(job_id).reason is Reason.PORTAL_SESSION_ENDED)
    assert rig.services.portal.queue()[0].waits_for is WaitsFor.LOGIN
    rig.connect()
    eventually(lambda: rig.store.job(job_id).status is JobStatus.SUCCESS)


def test_a_person_may_have_it_tried_at_once(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.answers = False
    job_id = rig.services.portal.submit(REQUEST).job_id
    eventually(lambda: rig.store.job(job_id).reason is Reason.PORTAL_UNREACHABLE)
    eventually(lambda: rig.services.portal.running_job_id is None)
    rig.portal.answers = True
    rig.services.portal.resume(job_id)
    eventually(lambda: rig.store.job(job_id).status is JobStatus.SUCCESS)


def test_a_captcha_stops_the_queue_until_somebody_says_go_on(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.breaks = PortalError(Reason.PORTAL_BLOCKED)
    first = rig.services.portal.submit(REQUEST).job_id
    eventually(lambda: rig.store.job(first).reason is Reason.PORTAL_BLOCKED)
    second = rig.services.portal.submit(OTHER_REQUEST).job_id
    rig.portal.breaks = None
    rig.connect()
    assert rig.store.job(second).status is JobStatus.QUEUED
    assert rig.services.portal.queue()[0].waits_for is WaitsFor.PERSON
    rig.services.portal.resume(first)
    eventually(lambda: rig.store.job(second).status is JobStatus.SUCCESS)


def test_a_folder_that_comes_back_lets_the_job_go_on(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal_owner, "_LOOK_AROUND_SECONDS", 0.01)
    monkeypatch.setattr(troubles, "FIRST_LOOK_SECONDS", 0.01)
    folder = rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    job_id = rig.services.portal.submit(REQUEST).job_id
    assert rig.portal.fetching.wait(60)
    folder.rename(folder.with_name("unplugged"))
    rig.portal.go_on.set()
    eventually(lambda: rig.store.job(job_id).reason is Reason.FOLDER_NOT_THERE)
    assert rig.store.job(job_id).counts.failed == 0
    folder.with_name("unplugged").rename(folder)
    eventually(lambda: rig.store.job(job_id).status is JobStatus.SUCCESS)


def test_another_folder_lets_the_job_go_on_at_once(rig: Rig) -> None:
    folder = rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    job_id = rig.services.portal.submit(REQUEST).job_id
    assert rig.portal.fetching.wait(60)
    folder.rename(folder.with_name("unplugged"))
    rig.portal.go_on.set()
    eventually(lambda: rig.store.job(job_id).reason is Reason.FOLDER_NOT_THERE)
    rig.choose_folder()
    eventually(lambda: rig.store.job(job_id).status is JobStatus.SUCCESS)


def test_records_that_cannot_be_written_let_the_job_wait(idle: Rig) -> None:
    owner = idle.services.portal
    job_id = running_job(idle.store)
    held = owner._after_fault(job_id, StoreError(Reason.AGENT_STORE_WRITE))
    assert (held.status, held.reason) == (JobStatus.QUEUED, Reason.AGENT_STORE_WRITE)
    assert owner._after_fault(job_id, StoreError(Reason.AGENT_STORE_DAMAGED)).status is JobStatus.FAILED
    assert owner._after_fault(job_id, StoreError(Reason.JOB_NOT_ACTIVE)).status is JobStatus.FAILED


SESSION_ENDED, PAUSED = Reason.PORTAL_SESSION_ENDED, Reason.JOB_PAUSED


@pytest.mark.parametrize(
    ("held", "wish", "status", "reason"),
    [
        (SESSION_ENDED, Reason.JOB_CANCELLED, JobStatus.CANCELLED, Reason.JOB_CANCELLED),
        (SESSION_ENDED, PAUSED, JobStatus.QUEUED, PAUSED),
        (SESSION_ENDED, Reason.LOGIN_NOT_CONNECTED, JobStatus.QUEUED, SESSION_ENDED),
        (SESSION_ENDED, None, JobStatus.QUEUED, SESSION_ENDED),
        (PAUSED, PAUSED, JobStatus.QUEUED, PAUSED),
        (PAUSED, None, JobStatus.QUEUED, None),
    ],
)
def test_the_newest_wish_counts_however_the_job_came_to_stop(
    idle: Rig, held: Reason, wish: Reason | None, status: JobStatus, reason: Reason | None
) -> None:
    job_id = running_job(idle.store)
    idle.store.hold_job(job_id, held)
    idle.services.portal._honour(job_id, wish)
    assert (idle.store.job(job_id).status, idle.store.job(job_id).reason) == (status, reason)


def test_a_job_that_is_paused_in_the_moment_in_which_it_begins_does_not_run(idle: Rig) -> None:
    owner = idle.services.portal
    idle.choose_folder()
    job_id = idle.store.create_job(uuid4(), REQUEST)[0].job_id
    assert owner._wishes.begin(lambda: job_id) == job_id
    assert owner.pause(job_id).reason is PAUSED
    assert owner._run_one(job_id).reason is PAUSED
    owner._wishes.settle(owner._honour)
    assert idle.store.job(job_id).reason is PAUSED
    assert idle.portal.fetched == []


def test_a_job_that_is_cancelled_in_the_moment_in_which_it_begins_does_not_run(idle: Rig) -> None:
    owner = idle.services.portal
    idle.choose_folder()
    job_id = idle.store.create_job(uuid4(), REQUEST)[0].job_id
    owner._wishes.begin(lambda: job_id)
    assert owner.cancel(job_id).status is JobStatus.CANCELLED
    assert owner._run_one(job_id).status is JobStatus.CANCELLED
    owner._wishes.settle(owner._honour)
    assert owner.running_job_id is None


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


def test_a_job_of_the_office_is_taken_once_and_waits_for_the_login(rig: Rig) -> None:
    job_id, asked = uuid4(), Asked(uuid4(), CommandKind.START_DOWNLOAD)
    with pytest.raises(RequestError) as caught:
        rig.services.portal.accept(REQUEST, job_id, asked)
    assert caught.value.reason is Reason.FOLDER_NOT_SET
    rig.choose_folder()
    for _ in range(2):
        assert rig.services.portal.accept(REQUEST, job_id, asked).status is JobStatus.QUEUED
    [place] = rig.services.portal.queue()
    assert (place.job_id, place.waits_for) == (job_id, WaitsFor.LOGIN)
    rig.connect()
    eventually(lambda: rig.store.job(job_id).status is JobStatus.SUCCESS)


def test_whoever_listens_is_told_of_each_change_of_the_session(rig: Rig) -> None:
    told: list[SessionState] = []
    rig.services.portal.listen(lambda: told.append(rig.services.portal.session().state))
    rig.choose_folder()
    rig.connect()
    rig.services.portal.disconnect()
    eventually(lambda: told[-1:] == [SessionState.DISCONNECTED])
    # Before the first change it may have been told how things stood.
    assert told[-3:] == [SessionState.AWAITING_OTP, SessionState.CONNECTED, SessionState.DISCONNECTED]


def test_disconnecting_lets_what_runs_wait_for_the_next_login(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    job_id = rig.services.portal.submit(REQUEST).job_id
    assert rig.portal.fetching.wait(60)
    eventually(lambda: rig.services.portal.running_job_id == job_id)
    disconnecting = threading.Thread(target=rig.services.portal.disconnect)
    disconnecting.start()
    eventually(lambda: rig.services.portal._wishes.of(job_id) is Reason.LOGIN_NOT_CONNECTED)
    rig.portal.go_on.set()
    disconnecting.join()
    eventually(lambda: rig.services.portal.session().state is SessionState.DISCONNECTED)
    job = rig.store.job(job_id)
    assert (job.status, job.reason) == (JobStatus.QUEUED, Reason.LOGIN_NOT_CONNECTED)
    rig.connect()
    eventually(lambda: rig.store.job(job_id).status is JobStatus.SUCCESS)
    assert rig.portal.fetched == ["0001", "0002", "0003"]


def test_an_agent_that_closes_answers_no_login(rig: Rig) -> None:
    rig.services.portal.stop(20)
    with pytest.raises(RequestError) as caught:
        rig.services.portal.resend_otp()
    assert caught.value.reason is Reason.AGENT_STOPPING
    assert rig.portal.snapshot().state is SessionState.DISCONNECTED
