"""The status card's data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_core.local_api.status import CHROME_URL, EDGE_URL, auto_start_view, browser_view
from agent_core.ports import BrowserReport
from protocol.reasons import Reason
from tests.support.agent_rig import Rig, SwitchInMemory, running_rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(tmp_path, start=False) as joined:
        yield joined


def test_this_computer_is_told(rig: Rig) -> None:
    status = rig.read("/status")
    assert status["browser"]["name"] == "Chromium"
    assert status["browser"]["reason"] is None
    assert (status["keyring"], status["secrets_are_kept"]) == ("memory, for this run only", False)
    assert status["data_folder"] == str(rig.folder)
    assert status["last_cloud_contact_at"] is None
    assert status["auto_start"] == {"wanted": False, "is_set": False, "reason": None}


def test_what_the_system_really_has_is_told_beside_what_is_wanted(rig: Rig) -> None:
    rig.send("/settings", {"auto_start": True}, "PATCH")
    assert rig.read("/status")["auto_start"] == {"wanted": True, "is_set": True, "reason": None}
    rig.auto_start.on = False  # somebody took it away
    told = rig.read("/status")["auto_start"]
    assert told == {"wanted": True, "is_set": False, "reason": Reason.AUTO_START_GONE}


def test_the_browser_is_looked_at_again_when_asked(rig: Rig) -> None:
    assert rig.send("/status/browser")["version"] == "131.0.6778.85"


def test_an_unfit_browser_is_refused_before_connecting(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    unfit = BrowserReport("Chrome", "98.0", "98.0", Reason.BROWSER_TOO_OLD)
    monkeypatch.setattr(rig.services.browser, "_look", lambda: unfit)
    assert rig.send("/status/browser")["reason"] == Reason.BROWSER_TOO_OLD
    body = {"username": "office", "password": "x", "phone": "0047 22"}
    answer = rig.call("POST", "/session/start", body)
    assert answer.get_json(force=True)["reason"] == Reason.BROWSER_TOO_OLD


@pytest.mark.parametrize(
    ("name", "system", "expected"),
    [
        ("Edge", "linux", EDGE_URL),
        ("Chrome", "win32", CHROME_URL),
        ("", "win32", EDGE_URL),
        ("", "darwin", CHROME_URL),
        ("Chromium", "linux", CHROME_URL),
    ],
)
def test_where_a_browser_is_to_be_had(name: str, system: str, expected: str) -> None:
    assert browser_view(BrowserReport(name, ""), system).download_url == expected


def test_a_switch_that_cannot_be_had_or_does_not_answer_says_why() -> None:
    switch = SwitchInMemory()
    switch.can = False
    assert auto_start_view(switch, wanted=True).reason is Reason.AUTO_START_NOT_POSSIBLE
    switch.refuses = True
    assert auto_start_view(switch, wanted=True).reason is Reason.AUTO_START_REFUSED
