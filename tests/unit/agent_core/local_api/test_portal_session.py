"""The login over the local API, with the code's countdown."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent_core.local_api.portal_session import session_view
from agent_core.ports import SessionSnapshot, SessionState
from protocol.reasons import Reason
from tests.support.agent import START
from tests.support.agent_rig import Rig, refused, running_rig
from tests.support.portal_simulator import PASSWORD

LOGIN = {"username": "office", "password": PASSWORD, "phone": "0047 22"}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(tmp_path) as started:
        yield started


@pytest.mark.parametrize(("seconds", "left"), [(120, 120), (0.9, 0), (-5, 0)])
def test_the_countdown_is_in_whole_seconds_and_never_below_none(seconds: float, left: int) -> None:
    until = START + timedelta(seconds=seconds)
    snapshot = SessionSnapshot(SessionState.AWAITING_OTP, otp_expires_at=until)
    assert session_view(snapshot, START).otp_seconds_left == left


def test_without_a_code_there_is_no_countdown() -> None:
    assert session_view(SessionSnapshot(SessionState.CONNECTED), START).otp_seconds_left is None


def test_a_login_goes_through_its_states_and_is_remembered(rig: Rig) -> None:
    waiting = rig.send("/session/start", LOGIN)
    assert waiting["state"] == "awaiting_otp"
    assert 110 <= waiting["otp_seconds_left"] <= 120
    wrong = rig.send("/session/verify-otp", {"otp": "000000"})
    assert (wrong["state"], wrong["reason"]) == ("awaiting_otp", Reason.LOGIN_WRONG_OTP)
    assert rig.send("/session/resend-otp")["reason"] is None
    assert rig.send("/session/verify-otp", {"otp": " 123-456 "})["state"] == "connected"
    account = rig.read("/portal/account")
    assert account == {
        "username": "office",
        "phone": "0047 22",
        "password_is_kept": True,
        "otp_hint_url": "http://127.0.0.1:1/phone",
    }
    assert rig.send("/session/disconnect")["state"] == "disconnected"
    assert rig.send("/session/start", LOGIN | {"password": ""})["state"] == "awaiting_otp"
    assert rig.read("/session")["state"] == "awaiting_otp"


def test_a_password_that_is_not_kept_has_to_be_typed(rig: Rig) -> None:
    answer = rig.call("POST", "/session/start", LOGIN | {"password": ""})
    assert refused(answer) == (422, Reason.LOGIN_PASSWORD_NEEDED)


def test_a_wrong_password_is_not_remembered(rig: Rig) -> None:
    rig.send("/session/start", LOGIN | {"password": "wrong"})
    ended = rig.send("/session/verify-otp", {"otp": "123456"})
    assert ended["reason"] == Reason.LOGIN_WRONG_PASSWORD
    assert rig.read("/portal/account")["password_is_kept"] is False


def test_the_choices_have_the_portals_label_beside_ours(rig: Rig) -> None:
    choices = rig.read("/portal/choices")
    assert {"portal_label": "Souse Chef", "label": "Sous Chef"} in choices["ranks"]
    assert {"portal_label": "TUG", "label": "Tug"} in choices["ship_types"]
