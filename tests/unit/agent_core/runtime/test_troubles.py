"""What is in trouble is looked at again, later each time, and all is well again after a login."""

import pytest

from agent_core.downloads.queue import Circumstances
from agent_core.runtime.troubles import FIRST_LOOK_SECONDS, LONGEST_SECONDS, Troubles
from protocol.reasons import Reason

AWAY = Circumstances(connected=True, portal_answers=False)


def test_all_is_well_at_first() -> None:
    troubles = Troubles()
    assert troubles.circumstances(True) == Circumstances()
    assert not troubles.is_time(1e9)


def test_each_look_in_a_row_comes_later_and_never_too_late() -> None:
    troubles, now, pauses = Troubles(), 0.0, []
    troubles.after(Reason.PORTAL_UNREACHABLE, True, now)
    for _ in range(12):
        assert troubles.circumstances(True) == AWAY
        assert troubles.look_at is not None
        pauses.append(troubles.look_at - now)
        assert not troubles.is_time(now)
        now = troubles.look_at
        assert troubles.is_time(now)
        troubles.looked(portal_answers=False, folder_is_fine=True, now=now)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[1], pauses[-1]) == (FIRST_LOOK_SECONDS, 2 * FIRST_LOOK_SECONDS, LONGEST_SECONDS)


def test_a_look_that_finds_all_well_lets_downloads_go_on_and_is_doubted_if_they_fail_again() -> None:
    troubles = Troubles()
    troubles.after(Reason.PORTAL_SERVER_ERROR, True, 0.0)
    troubles.looked(portal_answers=True, folder_is_fine=True, now=10.0)
    assert troubles.circumstances(True) == Circumstances()
    troubles.after(Reason.PORTAL_SERVER_ERROR, True, 20.0)
    assert troubles.look_at == 20.0 + 2 * FIRST_LOOK_SECONDS
    troubles.looked(portal_answers=True, folder_is_fine=True, now=40.0)
    troubles.after(None, True, 50.0)
    troubles.after(Reason.PORTAL_SERVER_ERROR, True, 60.0)
    assert troubles.look_at == 60.0 + FIRST_LOOK_SECONDS


@pytest.mark.parametrize("reason", [Reason.FOLDER_FULL, Reason.AGENT_STORE_WRITE])
def test_the_disk_is_looked_at_again_too(reason: Reason) -> None:
    troubles = Troubles()
    troubles.after(reason, True, 0.0)
    assert troubles.circumstances(True) == Circumstances(folder_is_fine=False)
    troubles.look_at_once()
    assert troubles.is_time(0.0)
    troubles.forget()
    assert troubles.circumstances(True) == Circumstances()
    troubles.look_at_once()
    assert not troubles.is_time(1e9), "nothing is wrong, so there is nothing to look at"


@pytest.mark.parametrize("reason", [Reason.JOB_PAUSED, Reason.PORTAL_BLOCKED, Reason.JOB_INTERRUPTED])
def test_a_wish_and_a_captcha_are_no_trouble(reason: Reason) -> None:
    troubles = Troubles()
    troubles.after(reason, True, 0.0)
    assert troubles.circumstances(True) == Circumstances()


def test_an_ended_session_that_stands_as_connected_is_not_tried_again_at_once() -> None:
    troubles = Troubles()
    troubles.after(Reason.PORTAL_SESSION_ENDED, False, 0.0)
    assert troubles.circumstances(True) == Circumstances()
    troubles.after(Reason.PORTAL_SESSION_ENDED, True, 0.0)
    assert troubles.circumstances(True) == AWAY
