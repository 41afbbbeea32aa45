"""Downloads over the local API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_core.errors import PortalError
from protocol.reasons import Reason
from tests.support.agent_rig import Rig, answered, eventually, refused, running_rig

JOB = {"rank": "2nd Officer", "ship_type": "Bulk Carrier"}
OTHER = {"rank": "Chief Officer", "ship_type": "Bulk Carrier"}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(tmp_path) as started:
        yield started


def test_a_job_needs_a_connection(rig: Rig) -> None:
    assert refused(rig.call("POST", "/jobs/download", JOB)) == (409, Reason.LOGIN_NOT_CONNECTED)


def test_a_job_is_made_listed_looked_at_and_followed(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    made = rig.call("POST", "/jobs/download", JOB)
    assert made.status_code == 201
    job_id = answered(made)["job_id"]
    stream = rig.call("GET", f"/jobs/{job_id}/stream")
    assert stream.mimetype == "text/event-stream"
    assert stream.get_data(as_text=True).count("event: listing") >= 3
    eventually(lambda: rig.read("/health")["running_job_id"] is None)
    details = rig.read(f"/jobs/{job_id}")
    assert [row["name"] for row in details["listings"]] == ["Seafarer 0001", "Seafarer 0002", "Seafarer 0003"]
    assert [job["job_id"] for job in rig.read("/jobs")["jobs"]] == [job_id]
    again = rig.call("GET", f"/jobs/{job_id}/stream", Last_Event_ID="x")
    assert refused(again) == (422, Reason.REQUEST_INVALID)


def test_an_unknown_field_is_refused(rig: Rig) -> None:
    answer = rig.call("POST", "/jobs/download", JOB | {"folder": "/"})
    assert refused(answer) == (422, Reason.REQUEST_INVALID)


def test_a_job_is_paused_with_its_place_in_the_queue_and_resumed(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    job_id = rig.send("/jobs/download", JOB)["job_id"]
    assert rig.portal.fetching.wait(60)
    behind = rig.send("/jobs/download", OTHER)["job_id"]
    place = {"job_id": behind, "position": 1, "waits_for": "turn"}
    assert rig.read("/jobs")["queue"] == [place]
    assert rig.read(f"/jobs/{behind}")["queued"] == place
    assert rig.send(f"/jobs/{behind}/pause")["reason"] == Reason.JOB_PAUSED
    assert rig.read("/jobs")["queue"] == [place | {"position": None, "waits_for": "person"}]
    assert rig.send(f"/jobs/{job_id}/pause")["status"] == "running"
    rig.portal.go_on.set()
    eventually(lambda: rig.read(f"/jobs/{job_id}")["job"]["reason"] == Reason.JOB_PAUSED)
    paused = rig.read(f"/jobs/{job_id}")
    assert paused["job"]["status"] == "queued"
    assert [row["state"] for row in paused["listings"]] == ["stored", "waiting", "waiting"]
    assert rig.send(f"/jobs/{job_id}/resume")["job_id"] == job_id
    eventually(lambda: rig.read(f"/jobs/{job_id}")["job"]["status"] == "success")
    assert rig.portal.fetched == ["0001", "0002", "0003"]
    assert rig.read(f"/jobs/{behind}")["job"]["status"] == "queued"
    for change in ("pause", "resume", "cancel"):
        assert refused(rig.call("POST", f"/jobs/{job_id}/{change}")) == (409, Reason.JOB_NOT_ACTIVE)


def test_the_same_pair_twice_says_which_job_is_there(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.go_on.clear()
    job_id = rig.send("/jobs/download", JOB)["job_id"]
    again = rig.call("POST", "/jobs/download", JOB | {"force_redownload": True})
    assert refused(again) == (409, Reason.JOB_ALREADY_THERE)
    assert again.get_json(force=True)["facts"] == {"job_id": job_id}


def test_those_who_failed_are_retried_and_nobody_else(rig: Rig) -> None:
    rig.choose_folder()
    rig.connect()
    rig.portal.fails["0002"] = PortalError(Reason.RESUME_INCOMPLETE)
    job_id = rig.send("/jobs/download", JOB)["job_id"]
    eventually(lambda: rig.read(f"/jobs/{job_id}")["job"]["status"] == "success")
    rig.portal.fails.clear()
    wrong: list[dict[str, object]] = [{"seqs": []}, {"seqs": ["x"]}, {"people": 1}]
    for body in wrong:
        assert refused(rig.call("POST", f"/jobs/{job_id}/retry", body)) == (422, Reason.REQUEST_INVALID)
    nobody = rig.call("POST", f"/jobs/{job_id}/retry", {"seqs": [1]})
    assert refused(nobody) == (409, Reason.JOB_NOTHING_TO_RETRY)
    made = rig.call("POST", f"/jobs/{job_id}/retry", {"seqs": None})
    assert made.status_code == 201
    again = answered(made)["job_id"]
    eventually(lambda: rig.read(f"/jobs/{again}")["job"]["status"] == "success")
    details = rig.read(f"/jobs/{again}")
    assert (details["job"]["retry_of"], details["job"]["counts"]["listed"]) == (job_id, 1)
    assert [row["candidate_external_id"] for row in details["listings"]] == ["0002"]
    assert rig.portal.fetched == ["0001", "0003", "0002"]
    assert rig.portal.walks == 1
