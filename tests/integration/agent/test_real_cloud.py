"""The agent and the real cloud on a real database: from the login to the office's dashboard."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest

from protocol.reasons import Reason
from tests.support.agent_rig import Rig, eventually, refused, running_rig
from tests.support.cloud_simulator import CloudState
from tests.support.real_office import RealOffice, all_sent, real_office, sign_in_and_pair

JOB = {"rank": "2nd Officer", "ship_type": "Bulk Carrier"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    with real_office(Path(tmp_path_factory.mktemp("objects"))) as opened:
        yield opened


@pytest.fixture
def rig(tmp_path: Path, office: RealOffice) -> Iterator[Rig]:
    with running_rig(tmp_path, CloudState(url=office.url)) as started:
        yield started


def download(rig: Rig) -> str:
    rig.choose_folder()
    rig.connect()
    job_id: str = rig.send("/jobs/download", JOB)["job_id"]
    eventually(lambda: rig.read(f"/jobs/{job_id}")["job"]["ended_at"] is not None)
    return job_id


def test_a_resume_reaches_the_dashboard_and_its_bytes_come_back(rig: Rig, office: RealOffice) -> None:
    sign_in_and_pair(rig, office)
    job_id = download(rig)
    eventually(lambda: all_sent(rig))
    job = rig.read(f"/api/jobs/{job_id}")
    assert job["status"] == "success"
    assert job["counts"] == {"listed": 3, "stored": 3, "skipped": 0, "failed": 0}
    stream = rig.call("GET", f"/api/jobs/{job_id}/stream").get_data(as_text=True)
    assert stream.count("event: line") >= 3
    items = rig.read("/api/review")["items"]
    assert {item["candidate_external_id"] for item in items} == {"0001", "0002", "0003"}
    decision = {"event_id": str(uuid4()), "resume_id": items[0]["resume_id"]}
    [verdict] = rig.send("/api/review/verify", {"items": [decision]})["verdicts"]
    assert verdict["verdict"] == "accepted"
    [row] = rig.read("/api/dashboard/data")["rows"]
    assert row["candidate_external_id"] == items[0]["candidate_external_id"]
    link = rig.read(f"/api/resumes/{items[0]['resume_id']}/link")["url"]
    assert link.startswith("/api/objects/")
    assert rig.call("GET", link).data.startswith(b"%PDF-1.4")


def test_the_pages_of_an_agent_hear_of_what_the_office_changes(rig: Rig, office: RealOffice) -> None:
    sign_in_and_pair(rig, office)
    answer = rig.call("GET", "/api/dashboard/stream", Last_Event_ID="0")
    assert answer.mimetype == "text/event-stream"
    pieces = cast("Iterator[bytes]", iter(answer.response))
    # The stream is watched from its first words on; what changes after them is told.
    assert b"watching" in next(pieces)
    download(rig)
    eventually(lambda: all_sent(rig))
    item = rig.read("/api/review")["items"][0]
    decision = {"event_id": str(uuid4()), "resume_id": item["resume_id"]}
    rig.send("/api/review/verify", {"items": [decision]})
    # In between it says that it is still there: so often at the most, or nothing is passed on.
    assert any(b"event: changes" in piece for piece in islice(pieces, 20))
    answer.close()


def test_what_was_fetched_before_makes_nothing_new_at_the_office(rig: Rig, office: RealOffice) -> None:
    sign_in_and_pair(rig, office)
    download(rig)
    eventually(lambda: all_sent(rig))
    before = office.cloud.rows("select count(*) from app.candidate_events")
    rig.send("/jobs/download", JOB)
    eventually(lambda: all_sent(rig) and rig.read("/jobs")["jobs"][0]["ended_at"] is not None)
    eventually(lambda: all_sent(rig))
    assert office.cloud.rows("select count(*) from app.candidate_events") == before


def test_a_revoked_computer_is_told_so_and_keeps_its_records(rig: Rig, office: RealOffice) -> None:
    sign_in_and_pair(rig, office)
    eventually(lambda: all_sent(rig))
    device_id = rig.read("/pairing")["device_id"]
    assert rig.call("POST", f"/api/devices/{device_id}/revoke").status_code == 204
    download(rig)
    eventually(lambda: rig.read("/health")["cloud_reason"] == Reason.DEVICE_REVOKED)
    assert rig.read("/health")["outbox"]["waiting"] > 0


def test_without_a_keyring_a_restart_is_the_same_computer_again(tmp_path: Path, office: RealOffice) -> None:
    state, places = CloudState(url=office.url), []
    for _ in range(3):  # each with secrets that the one before did not keep
        with running_rig(tmp_path, state, start=False) as forgetful:
            assert forgetful.read("/health")["secrets_are_kept"] is False
            assert forgetful.read("/pairing")["paired"] is False
            sign_in_and_pair(forgetful, office, "Forgetful")
            places.append(forgetful.read("/pairing")["device_id"])
            listed = forgetful.read("/api/devices")["devices"]
    assert len(set(places)) == 1
    assert [device["device_id"] for device in listed if device["device_name"] == "Forgetful"] == places[:1]


def test_a_pairing_code_works_once(rig: Rig, office: RealOffice) -> None:
    sign_in_and_pair(rig, office)
    code = rig.send("/api/device/pairing-codes")["pairing_code"]
    rig.send("/pairing", {"pairing_code": code})
    assert refused(rig.call("POST", "/pairing", {"pairing_code": code})) == (
        422,
        Reason.DEVICE_PAIRING_CODE,
    )
