"""The agent as it ships, from login to the office, with a portal in memory and a cloud on a real socket."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from unittest.mock import Mock

import pytest

from agent_core.files import atomic
from protocol.events import EventType
from protocol.reasons import Reason
from tests.support.agent_rig import Rig, eventually, refused, running_rig
from tests.support.cloud_simulator import CloudState, running_cloud
from tests.support.portal_simulator import PASSWORD

JOB = {"rank": "2nd Officer", "ship_type": "Bulk Carrier"}
OTHER = {"rank": "Chief Officer", "ship_type": "Bulk Carrier"}


@pytest.fixture
def cloud() -> Iterator[CloudState]:
    with running_cloud() as state:
        yield state


@pytest.fixture
def rig(tmp_path: Path, cloud: CloudState) -> Iterator[Rig]:
    with running_rig(tmp_path, cloud) as started:
        yield started


def download(rig: Rig) -> str:
    rig.choose_folder()
    rig.connect()
    job_id: str = rig.send("/jobs/download", JOB)["job_id"]
    return job_id


def finished(rig: Rig, job_id: str) -> dict[str, object]:
    eventually(lambda: rig.read(f"/jobs/{job_id}")["job"]["ended_at"] is not None)
    job: dict[str, object] = rig.read(f"/jobs/{job_id}")["job"]
    return job


def test_resumes_reach_the_office_with_their_bytes(rig: Rig, cloud: CloudState) -> None:
    rig.pair()
    job = finished(rig, download(rig))
    assert (job["status"], job["counts"]) == (
        "success",
        {"listed": 3, "stored": 3, "skipped": 0, "failed": 0},
    )
    eventually(lambda: len(cloud.confirmed) == 3)
    eventually(lambda: rig.read("/health")["outbox"] == {"waiting": 0, "parked": 0, "uploads_waiting": 0})
    types = [cloud.events[event_id]["type"] for event_id in cloud.order]
    assert types.count(EventType.RESUME_DOWNLOADED) == 3
    assert types[0] == types[-1] == EventType.JOB_CHANGED
    assert {sha256(data).hexdigest() for data in cloud.objects.values()} == cloud.confirmed
    assert rig.portal.threads == {"portal"}


def test_downloads_go_on_offline_and_catch_up(rig: Rig, cloud: CloudState) -> None:
    rig.pair()
    cloud.down = True
    finished(rig, download(rig))
    eventually(lambda: rig.read("/health")["cloud"] == "unreachable")
    assert not cloud.events
    cloud.down = False
    eventually(lambda: len(cloud.confirmed) == 3)
    assert rig.read("/health")["cloud_reason"] is None


def test_a_second_download_skips_what_is_here(rig: Rig) -> None:
    finished(rig, download(rig))
    again = finished(rig, rig.send("/jobs/download", JOB)["job_id"])
    assert again["counts"] == {"listed": 3, "stored": 0, "skipped": 3, "failed": 0}
    assert rig.portal.fetched == ["0001", "0002", "0003"]


def test_defect_6_a_running_download_is_not_disturbed(rig: Rig) -> None:
    rig.portal.go_on.clear()
    job_id = download(rig)
    assert rig.portal.fetching.wait(20)
    start = {"username": "office", "password": PASSWORD, "phone": "1"}
    for path, body in (("/session/start", start), ("/session/verify-otp", {"otp": "1"})):
        assert refused(rig.call("POST", path, body)) == (409, Reason.LOGIN_BUSY)
    assert rig.read("/health")["running_job_id"] == job_id
    rig.portal.go_on.set()
    assert finished(rig, job_id)["status"] == "success"
    assert rig.portal.health_checks == 0


def test_a_job_is_cancelled_between_two_people(rig: Rig) -> None:
    rig.portal.go_on.clear()
    job_id = download(rig)
    assert rig.portal.fetching.wait(20)
    rig.send(f"/jobs/{job_id}/cancel")
    rig.portal.go_on.set()
    job = finished(rig, job_id)
    assert (job["status"], job["reason"]) == ("cancelled", "job.cancelled")
    assert job["counts"] == {"listed": 3, "stored": 1, "skipped": 2, "failed": 0}
    assert refused(rig.call("POST", f"/jobs/{job_id}/cancel")) == (409, Reason.JOB_NOT_ACTIVE)


def test_downloads_survive_a_restart_in_their_order_and_fetch_nobody_twice(tmp_path: Path) -> None:
    with running_rig(tmp_path) as rig:
        rig.portal.go_on.clear()
        interrupted = download(rig)
        assert rig.portal.fetching.wait(60)
        queued = rig.send("/jobs/download", OTHER)["job_id"]
        before = rig.portal
    with running_rig(tmp_path) as rig:
        details = rig.read(f"/jobs/{interrupted}")
        assert (details["job"]["status"], details["job"]["reason"]) == ("queued", Reason.JOB_INTERRUPTED)
        assert [row["state"] for row in details["listings"]] == ["stored", "waiting", "waiting"]
        assert [place["job_id"] for place in rig.read("/jobs")["queue"]] == [interrupted, queued]
        rig.connect()
        job = finished(rig, queued)
        assert job["counts"] == {"listed": 3, "stored": 0, "skipped": 3, "failed": 0}
        assert finished(rig, interrupted)["counts"] == {"listed": 3, "stored": 3, "skipped": 0, "failed": 0}
        assert before.fetched + rig.portal.fetched == ["0001", "0002", "0003"]
        assert (before.walks, rig.portal.walks) == (1, 1), "only the second job's lists are walked"


def test_a_file_that_another_program_holds_open_is_kept_and_fetched_again_when_it_is_closed(rig: Rig) -> None:
    finished(rig, download(rig))
    [old] = (rig.folder / "resumes").rglob("*_0002.pdf")
    old.write_bytes(b"somebody reads this")
    holds_open = PermissionError(13, "Access is denied")
    holds_open.winerror = 32  # type: ignore[attr-defined]  # as Windows has it
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", Mock(side_effect=holds_open))
        patch.setattr(atomic, "PAUSES", (0.0,))
        job_id = rig.send("/jobs/download", JOB)["job_id"]
        assert finished(rig, job_id)["counts"] == {"listed": 3, "stored": 0, "skipped": 2, "failed": 1}
    [failed] = [row for row in rig.read(f"/jobs/{job_id}")["listings"] if row["state"] == "failed"]
    assert (failed["candidate_external_id"], failed["reason"]) == ("0002", Reason.FILE_IN_USE)
    assert old.read_bytes() == b"somebody reads this"
    assert [path.name for path in old.parent.iterdir() if path.suffix != ".pdf"] == []
    again = rig.send(f"/jobs/{job_id}/retry", {"seqs": [failed["seq"]]})["job_id"]
    assert finished(rig, again)["counts"] == {"listed": 1, "stored": 1, "skipped": 0, "failed": 0}
    assert old.read_bytes().startswith(b"%PDF")


def test_jobs_of_the_office_are_taken_once_and_wait_for_the_login(rig: Rig, cloud: CloudState) -> None:
    job_id = "7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0002"
    command_id = "7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0003"
    start = {"command_id": command_id, "kind": "start_download", "job_id": job_id, "download": JOB}
    cloud.commands.append(start)
    rig.choose_folder()
    rig.pair()
    rig.running.commands.start()
    eventually(lambda: cloud.answers == [(command_id, "done", "")])
    assert [job["status"] for job in rig.read("/jobs")["jobs"]] == ["queued"]
    rig.connect()
    assert finished(rig, job_id)["status"] == "success"


def test_a_revoked_computer_stops_sending_and_keeps_everything(rig: Rig, cloud: CloudState) -> None:
    rig.pair()
    cloud.revoked = True
    finished(rig, download(rig))
    eventually(lambda: rig.read("/health")["cloud_reason"] == Reason.DEVICE_REVOKED)
    waiting = rig.read("/health")["outbox"]["waiting"]
    assert waiting > 0
    cloud.revoked = False
    rig.pair()
    eventually(lambda: rig.read("/health")["outbox"]["waiting"] == 0)
    assert len(cloud.events) == waiting


def test_the_switches_of_sending_are_obeyed_at_once(rig: Rig, cloud: CloudState) -> None:
    rig.pair()
    rig.send("/settings", {"cloud_sync_enabled": False}, "PATCH")
    finished(rig, download(rig))
    assert rig.read("/health")["cloud"] == "off"
    assert not cloud.events
    rig.send("/settings", {"cloud_sync_enabled": True, "cloud_upload_resumes": False}, "PATCH")
    eventually(lambda: rig.read("/health")["outbox"]["waiting"] == 0)
    assert not cloud.objects
    rig.send("/settings", {"cloud_upload_resumes": True}, "PATCH")
    eventually(lambda: len(cloud.confirmed) == 3)
