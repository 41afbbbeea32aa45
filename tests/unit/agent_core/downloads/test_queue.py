"""Which queued job runs next, and what the others wait for."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from agent_core.downloads.queue import (
    FOLDER_TROUBLE,
    NEEDS_SOMEBODY,
    PORTAL_TROUBLE,
    Circumstances,
    WaitsFor,
    next_job,
    places,
    waits_for,
)
from protocol.jobs import JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.support.agent import REQUEST

WELL = Circumstances()
AWAY = Circumstances(portal_answers=False)
FULL = Circumstances(folder_is_fine=False)
LOGGED_OUT = Circumstances(connected=False)


def job(reason: Reason | None = None) -> JobSnapshot:
    return JobSnapshot(
        **REQUEST.model_dump(),
        job_id=uuid4(),
        status=JobStatus.QUEUED,
        reason=reason,
        created_at=datetime(2026, 11, 24, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("reason", "now", "wanted"),
    [
        (None, WELL, WaitsFor.TURN),
        (None, AWAY, WaitsFor.TURN),
        (None, LOGGED_OUT, WaitsFor.LOGIN),
        (Reason.JOB_PAUSED, WELL, WaitsFor.PERSON),
        (Reason.JOB_PAUSED, LOGGED_OUT, WaitsFor.PERSON),
        (Reason.PORTAL_BLOCKED, WELL, WaitsFor.PERSON),
        (Reason.PORTAL_SESSION_ENDED, LOGGED_OUT, WaitsFor.LOGIN),
        (Reason.PORTAL_SESSION_ENDED, WELL, WaitsFor.TURN),
        (Reason.JOB_INTERRUPTED, WELL, WaitsFor.TURN),
        (Reason.PORTAL_UNREACHABLE, AWAY, WaitsFor.PORTAL),
        (Reason.PORTAL_UNREACHABLE, WELL, WaitsFor.TURN),
        (Reason.PORTAL_UNREACHABLE, LOGGED_OUT, WaitsFor.LOGIN),
        (Reason.FOLDER_FULL, FULL, WaitsFor.FOLDER),
        (Reason.FOLDER_FULL, AWAY, WaitsFor.TURN),
    ],
)
def test_a_reason_says_what_a_job_waits_for(
    reason: Reason | None, now: Circumstances, wanted: WaitsFor
) -> None:
    assert waits_for(reason, now) is wanted


def test_jobs_run_in_the_order_in_which_they_were_made() -> None:
    first, second = job(Reason.JOB_INTERRUPTED), job()
    assert next_job([first, second], WELL) == first
    assert [place.position for place in places([first, second], WELL)] == [1, 2]


def test_a_paused_job_lets_the_others_past() -> None:
    paused, other = job(Reason.JOB_PAUSED), job()
    assert next_job([paused, other], WELL) == other
    assert [place.position for place in places([paused, other], WELL)] == [None, 1]
    assert next_job([paused], WELL) is None


@pytest.mark.parametrize("reason", sorted(NEEDS_SOMEBODY))
def test_nobody_goes_past_a_captcha(reason: Reason) -> None:
    assert next_job([job(reason), job()], WELL) is None
    assert next_job([job(), job(reason)], WELL) is None


@pytest.mark.parametrize("reason", sorted(PORTAL_TROUBLE))
def test_nobody_goes_past_a_portal_that_is_away(reason: Reason) -> None:
    waiting, other = job(reason), job()
    assert next_job([waiting, other], AWAY) is None
    assert next_job([waiting, other], WELL) == waiting


@pytest.mark.parametrize("reason", sorted(FOLDER_TROUBLE))
def test_nobody_goes_past_a_full_disk(reason: Reason) -> None:
    waiting, other = job(reason), job()
    assert next_job([waiting, other], FULL) is None
    assert next_job([waiting, other], WELL) == waiting


def test_nothing_runs_without_a_login_and_nothing_runs_of_nothing() -> None:
    assert next_job([job()], LOGGED_OUT) is None
    assert next_job([], WELL) is None
