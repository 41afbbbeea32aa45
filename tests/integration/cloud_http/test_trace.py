"""One id from the click to the row: the page makes it, the log line, the answer and the rows have it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Cloud, deliver, review_item


def test_a_click_is_found_again_in_log_answer_event_and_audit_log(cloud: Cloud, office: Office) -> None:
    deliver(office.computer, "770001")
    item = review_item(office.recruiter, "770001")
    trace, event_id = uuid4().hex, str(uuid4())
    headers = office.recruiter.headers | {"X-Trace-Id": trace}
    client = office.recruiter.client
    with capture_logs() as lines:
        decision = {"items": [{"event_id": event_id, "resume_id": item["resume_id"]}]}
        answer = client.post("/api/review/verify", json=decision, headers=headers)
        listed = client.post("/api/export", json={"candidate_ids": [item["candidate_id"]]}, headers=headers)
    assert answer.headers["X-Trace-Id"] == trace
    assert {line["trace_id"] for line in lines if line["event"] == "request"} == {trace}
    received = "select trace_id from app.received_events where event_id = %s"
    assert cloud.rows(received, event_id) == [(trace,)]
    assert listed.status_code < 300, listed.get_data(as_text=True)
    written = cloud.rows("select count(*) from app.audit_log where trace_id = %s", trace)
    assert written[0][0] > 0


def test_a_computers_request_has_an_id_of_its_own(cloud: Cloud, office: Office) -> None:
    deliver(office.computer, "770002")
    (found,) = cloud.rows(
        "select trace_id from app.received_events where event_type = 'resume_downloaded'"
        " order by received_at desc limit 1"
    )
    assert len(found[0]) == 32


@pytest.mark.parametrize("sent", ["", "canary of a person", "A" * 32, "0" * 33, "0" * 31, "é" * 32])
def test_nothing_but_an_id_is_taken_for_one(cloud: Cloud, sent: str) -> None:
    nobody = replace(cloud).nobody
    answer = nobody.client.get("/api/health", headers={"X-Trace-Id": sent})
    assert answer.headers["X-Trace-Id"] != sent
    assert len(answer.headers["X-Trace-Id"]) == 32
