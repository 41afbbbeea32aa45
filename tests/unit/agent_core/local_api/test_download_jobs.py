"""Downloads over the local API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.reasons import Reason
from tests.support.agent_rig import Rig, answered, eventually, refused, running_rig

JOB = {"rank": "2nd Officer", "ship_type": "Bulk Carrier"}


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
