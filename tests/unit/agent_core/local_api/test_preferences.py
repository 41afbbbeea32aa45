"""Settings over the local API: only those of a person, and only a folder that can be used."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.reasons import Reason
from tests.support.agent_rig import Rig, refused, running_rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(tmp_path, start=False) as joined:
        yield joined


def test_settings_are_read_and_changed(rig: Rig) -> None:
    assert rig.read("/settings")["download_folder"] is None
    changed = rig.send("/settings", {"auto_start": True, "log_level": "debug"}, "PATCH")
    assert (changed["auto_start"], changed["log_level"], changed["cloud_sync_enabled"]) == (
        True,
        "debug",
        True,
    )
    assert rig.read("/settings") == changed


def test_the_portals_pace_is_one_of_the_settings(rig: Rig) -> None:
    assert rig.read("/settings")["portal_concurrency"] == 3
    assert rig.read("/settings")["portal_tagged_pdfs"] is False
    pace = {"portal_concurrency": 5, "portal_requests_per_second": 2.5, "portal_tagged_pdfs": True}
    changed = rig.send("/settings", pace, "PATCH")
    assert {name: changed[name] for name in pace} == pace
    portal = rig.services.settings.current.portal
    assert (portal.concurrency, portal.requests_per_second, portal.tagged_pdfs) == (5, 2.5, True)
    for wrong in ({"portal_concurrency": 9}, {"portal_requests_per_second": 0}):
        assert rig.call("PATCH", "/settings", wrong).status_code == 422
    assert rig.read("/settings")["portal_concurrency"] == 5


def test_starting_at_login_is_switched_in_the_system_at_once(rig: Rig) -> None:
    rig.send("/settings", {"auto_start": True}, "PATCH")
    assert rig.auto_start.on
    rig.send("/settings", {"log_level": "info"}, "PATCH")
    assert rig.auto_start.on
    rig.send("/settings", {"auto_start": False}, "PATCH")
    assert not rig.auto_start.on


def test_a_system_that_refuses_leaves_the_settings_as_they_were(rig: Rig) -> None:
    rig.auto_start.refuses = True
    answer = rig.call("PATCH", "/settings", {"auto_start": True, "log_level": "debug"})
    assert refused(answer) == (409, Reason.AUTO_START_REFUSED)
    assert (rig.read("/settings")["auto_start"], rig.read("/settings")["log_level"]) == (False, "info")


def test_the_log_level_counts_at_once(rig: Rig) -> None:
    for level, number in (("debug", logging.DEBUG), ("error", logging.ERROR), ("info", logging.INFO)):
        rig.send("/settings", {"log_level": level}, "PATCH")
        assert logging.getLogger("njordhr.agent").level == number


@pytest.mark.parametrize("field", ["api_base_url", "device_id", "download_folder", "portal"])
def test_what_is_not_a_persons_to_change_is_refused(rig: Rig, field: str) -> None:
    assert refused(rig.call("PATCH", "/settings", {field: "x"})) == (422, Reason.REQUEST_INVALID)


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("/nowhere/at/all", Reason.FOLDER_NOT_THERE),
        ("here", Reason.FOLDER_NOT_ABSOLUTE),
        ("/a\0b", Reason.FOLDER_NOT_ABSOLUTE),
    ],
)
def test_a_folder_that_cannot_be_used_changes_nothing(rig: Rig, folder: str, reason: Reason) -> None:
    answer = rig.call("PUT", "/settings/download-folder", {"download_folder": folder})
    assert answer.status_code == 422
    if "\0" not in folder:
        assert refused(answer) == (422, reason)
    assert rig.read("/settings")["download_folder"] is None


def test_a_folder_is_made_chosen_and_shown_with_its_free_space(rig: Rig, tmp_path: Path) -> None:
    path = str(tmp_path / "Resumes")
    assert rig.send("/folders", {"download_folder": path})["path"] == path
    rig.send("/settings/download-folder", {"download_folder": path}, "PUT")
    assert rig.read("/settings")["download_folder"]["free_bytes"] > 0
    assert "Resumes" in [folder["name"] for folder in rig.read(f"/folders?path={tmp_path}")["folders"]]
    Path(path).rmdir()
    assert rig.read("/settings")["download_folder"]["reason"] == Reason.FOLDER_NOT_THERE
