"""What a computer says of itself: how the login stands, and nothing that a stranger could use."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent_core.cloud.sealing import SealingKey
from agent_core.ports import SessionSnapshot, SessionState
from agent_core.runtime.report import SelfReport, phone_ends, seconds_left
from protocol.reasons import Reason
from tests.support.agent import START
from tests.support.agent_rig import Rig, running_rig
from tests.support.portal_simulator import PASSWORD


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(tmp_path) as started:
        yield started


def report(rig: Rig) -> SelfReport:
    parts = rig.services
    key = SealingKey(rig.secrets)
    return SelfReport(
        parts.settings,
        rig.store,
        parts.portal,
        parts.logins,
        key.public,
        parts.steady,
        platform="Linux",
    )


def test_how_the_login_stands_is_told_step_by_step(rig: Rig) -> None:
    told = report(rig).heartbeat().portal
    assert told is not None
    assert (told.state, told.login_is_kept, told.phone_ends) == (SessionState.DISCONNECTED, False, "")
    assert told.folder_reason is Reason.FOLDER_NOT_SET
    assert told.sealing_key
    rig.choose_folder()
    rig.send("/session/start", {"username": "office", "password": PASSWORD, "phone": "+47 22 33 44 55"})
    told = report(rig).heartbeat().portal
    assert told is not None
    assert (told.state, told.folder_reason) == (SessionState.AWAITING_OTP, None)
    assert told.otp_seconds_left is not None


def test_neither_user_name_nor_phone_nor_password_is_told(rig: Rig) -> None:
    rig.services.settings.change({"portal": {"username": "canary-user", "phone": "+47 22 33 44 55"}})
    rig.secrets.put("portal-password:canary-user", "canary-password")
    beat = report(rig).heartbeat()
    assert beat.portal is not None
    assert (beat.portal.login_is_kept, beat.portal.phone_ends) == (True, "55")
    said = beat.model_dump_json()
    secrets = ("canary", "22 33", "2233", rig.secrets.get("command-key") or "none")
    assert not any(secret in said for secret in secrets)


def test_the_seconds_of_a_code_are_whole_and_never_less_than_none() -> None:
    waiting = SessionSnapshot(SessionState.AWAITING_OTP, START + timedelta(seconds=90.7))
    assert seconds_left(waiting, START) == 90
    assert seconds_left(waiting, START + timedelta(hours=1)) == 0
    assert seconds_left(waiting, START - timedelta(days=1)) == 3600
    assert seconds_left(SessionSnapshot(SessionState.CONNECTED), START) is None


def test_a_short_number_is_not_told_by_its_end() -> None:
    assert phone_ends("0047 22") == "22"
    assert phone_ends("22") == ""
    assert phone_ends("") == ""
