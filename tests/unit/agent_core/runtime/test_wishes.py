"""The newest wish counts, and stays only while the job runs."""

from uuid import UUID, uuid4

import pytest

from agent_core.runtime.wishes import Wishes
from protocol.reasons import Reason

JOB = uuid4()


def running() -> Wishes:
    wishes = Wishes()
    assert wishes.begin(lambda: JOB) == wishes.running == JOB
    return wishes


def settled(wishes: Wishes) -> list[tuple[UUID, Reason | None]]:
    told: list[tuple[UUID, Reason | None]] = []
    wishes.settle(lambda job_id, wish: told.append((job_id, wish)))
    return told


def test_a_wish_stays_until_the_download_is_settled() -> None:
    wishes = running()
    with wishes.stop(JOB, Reason.JOB_PAUSED):
        assert wishes.of(JOB) is Reason.JOB_PAUSED
    assert settled(wishes) == [(JOB, Reason.JOB_PAUSED)]
    assert (wishes.running, wishes.of(JOB)) == (None, None)
    assert settled(wishes) == []


def test_a_wish_for_a_job_that_does_not_run_is_done_in_its_block() -> None:
    wishes, other = running(), uuid4()
    with wishes.stop(other, Reason.JOB_PAUSED):
        assert wishes.of(other) is Reason.JOB_PAUSED
    assert wishes.of(other) is None


def test_what_failed_was_not_wished() -> None:
    wishes = running()
    with wishes.stop(JOB, Reason.JOB_PAUSED):
        pass
    with pytest.raises(KeyError), wishes.stop(JOB, Reason.JOB_CANCELLED):
        raise KeyError
    assert wishes.of(JOB) is Reason.JOB_PAUSED


def test_a_pause_is_taken_back_and_a_cancel_is_not() -> None:
    wishes = running()
    with wishes.stop(JOB, Reason.JOB_PAUSED), wishes.go_on(JOB):
        pass
    with wishes.go_on(JOB):
        assert wishes.of(JOB) is None
    with wishes.stop(JOB, Reason.JOB_CANCELLED):
        pass
    with wishes.go_on(JOB):
        assert wishes.of(JOB) is Reason.JOB_CANCELLED


def test_disconnecting_stops_what_runs_unless_somebody_wished_otherwise() -> None:
    wishes = running()
    wishes.stop_running(Reason.LOGIN_NOT_CONNECTED)
    assert wishes.of(JOB) is Reason.LOGIN_NOT_CONNECTED
    with wishes.stop(JOB, Reason.JOB_CANCELLED):
        pass
    wishes.stop_running(Reason.LOGIN_NOT_CONNECTED)
    assert wishes.of(JOB) is Reason.JOB_CANCELLED
    idle = Wishes()
    idle.stop_running(Reason.LOGIN_NOT_CONNECTED)
    assert settled(idle) == []


def test_a_settling_that_fails_leaves_nothing_running() -> None:
    wishes = running()

    def fail(job_id: UUID, wish: Reason | None) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        wishes.settle(fail)
    assert (wishes.running, wishes.of(JOB)) == (None, None)
