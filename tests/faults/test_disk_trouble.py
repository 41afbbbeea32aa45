"""A full disk, a folder that is gone or read-only: nothing is lost, one reason says what to do."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_core.bootstrap import AgentOptions, build_agent
from agent_core.errors import AgentError
from agent_core.keychain import MemorySecrets
from protocol.reasons import Reason, Retry
from tests.support.agent_rig import Rig, eventually, running_rig
from tests.support.cloud_simulator import CloudState, running_cloud
from tests.support.faults.tiny_disk import TinyDisk, tiny_disk, why_not

with tempfile.TemporaryDirectory() as _tried:
    WHY_NOT = why_not(Path(_tried) / "disk")

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(bool(WHY_NOT), reason=f"FULL DISKS ARE NOT TESTED: {WHY_NOT}"),
]

PEOPLE = 6
REQUEST = {"rank": "2nd Officer", "ship_type": "Bulk Carrier"}

Trouble = Callable[[TinyDisk], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[TinyDisk]:
    with tiny_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def cloud() -> Iterator[CloudState]:
    with running_cloud() as cloud:
        yield cloud


def begin(rig: Rig, folder: Path, after: int) -> str:
    """Begin a download into this folder, and hold it before one of its people."""
    rig.send("/settings/download-folder", {"download_folder": str(folder)}, "PUT")
    rig.pair()
    rig.connect()
    rig.portal.people = PEOPLE
    rig.portal.hold_from = after
    rig.portal.go_on.clear()
    job_id = str(rig.send("/jobs/download", REQUEST)["job_id"])
    eventually(rig.portal.held.is_set)
    return job_id


def job_of(rig: Rig, job_id: str) -> dict[str, Any]:
    job: dict[str, Any] = rig.read(f"/jobs/{job_id}")["job"]
    return job


def must_end_well(rig: Rig, cloud: CloudState, job_id: str, folder: Path) -> None:
    eventually(lambda: job_of(rig, job_id)["status"] == "success")
    assert job_of(rig, job_id)["counts"] == {"listed": PEOPLE, "stored": PEOPLE, "skipped": 0, "failed": 0}
    eventually(lambda: rig.read("/outbox")["counts"] == {"waiting": 0, "parked": 0, "uploads_waiting": 0})
    stored = [event for event in cloud.events.values() if event["type"] == "resume_downloaded"]
    assert sorted(event["payload"]["candidate_external_id"] for event in stored) == [
        f"{number:04}" for number in range(1, PEOPLE + 1)
    ]
    names = sorted(path.name for path in folder.rglob("*") if path.is_file())
    assert names == [f"2nd_Officer_{number:04}.pdf" for number in range(1, PEOPLE + 1)]


TROUBLES = {
    "full": (TinyDisk.fill, TinyDisk.free, Reason.FOLDER_FULL),
    "read-only": (TinyDisk.make_read_only, TinyDisk.make_writable, Reason.FOLDER_NOT_WRITABLE),
    "gone": (
        lambda disk: (disk.path / "resumes").rename(disk.path / "elsewhere"),
        lambda disk: (disk.path / "elsewhere").rename(disk.path / "resumes"),
        Reason.FOLDER_NOT_THERE,
    ),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_download_waits_for_its_folder_and_goes_on(
    name: str, disk: TinyDisk, cloud: CloudState, tmp_path: Path
) -> None:
    trouble, mended, reason = TROUBLES[name]
    folder = disk.path / "resumes"
    folder.mkdir()
    with running_rig(tmp_path, cloud) as rig:
        job_id = begin(rig, folder, after=3)
        trouble(disk)
        rig.portal.go_on.set()
        eventually(lambda: job_of(rig, job_id)["status"] == "queued")
        job = job_of(rig, job_id)
        assert (job["reason"], job["counts"]["stored"], job["counts"]["failed"]) == (reason, 2, 0)
        assert job["message"] == reason.sentence
        assert reason.retry is Retry.AFTER_USER_ACTS
        assert not folder.exists() or name != "gone"
        mended(disk)
        rig.send(f"/jobs/{job_id}/resume")
        must_end_well(rig, cloud, job_id, folder)


def test_full_records_lose_nothing_and_go_on_by_themselves(
    disk: TinyDisk, cloud: CloudState, tmp_path: Path
) -> None:
    folder = tmp_path / "resumes"
    folder.mkdir()
    with running_rig(disk.path, cloud) as rig:
        job_id = begin(rig, folder, after=3)
        disk.fill()
        rig.portal.go_on.set()
        eventually(lambda: rig.read("/health")["records_reason"] == Reason.AGENT_STORE_WRITE)
        assert job_of(rig, job_id)["counts"]["stored"] == 2
        assert rig.call("POST", "/jobs/download", REQUEST).status_code in (409, 507)
        disk.free()
        must_end_well(rig, cloud, job_id, folder)
        assert rig.read("/health")["records_reason"] is None


def test_settings_that_do_not_fit_stay_as_they_were(disk: TinyDisk, tmp_path: Path) -> None:
    with running_rig(disk.path) as rig:
        rig.choose_folder()
        before = (disk.path / "agent.json").read_bytes()
        disk.fill()
        answer = rig.call("PATCH", "/settings", {"log_level": "debug"})
        assert answer.get_json(force=True)["reason"] == Reason.SETTINGS_WRITE
        assert (disk.path / "agent.json").read_bytes() == before
        assert not list(disk.path.glob(".agent-*"))


def test_a_start_on_a_full_disk_says_so_and_works_once_there_is_room(disk: TinyDisk) -> None:
    options = AgentOptions(disk.path, disk.path / "agent.json", preferred_port=0, secrets=MemorySecrets())
    disk.fill()
    with pytest.raises(AgentError) as caught:
        build_agent(options).start()
    assert caught.value.reason is Reason.AGENT_STORE_WRITE
    disk.free()
    agent = build_agent(options)
    agent.start()
    agent.stop()
