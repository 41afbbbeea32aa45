"""What the cloud promises to a computer that sends events and bytes.

It runs on the real cloud (`tests/integration/cloud_http/test_ingest_contract.py`) and on the model that the
simulation uses (`tests/simulation/test_office_cloud.py`). Subclass it and give the fixture ``desk``.
"""

from hashlib import sha256
from typing import Any, Protocol
from uuid import uuid4

import pytest

from tests.support.cloud_app import AT, resume_event

PDF = b"%PDF-1.7 of a synthetic seafarer"
Verdict = tuple[str, str | None, bool]


class Sender(Protocol):
    """A paired computer, whichever cloud is behind it."""

    def post(self, path: str, body: object) -> tuple[int, Any]:
        """Return the status and the JSON of the answer."""
        ...

    def put(self, url: str, headers: dict[str, str], data: bytes) -> None:
        """Put bytes where a link says."""
        ...


class Desk(Protocol):
    """A cloud with an office that has a computer, one more of the same person, and those of others."""

    computer: Sender
    second: Sender
    colleagues: Sender
    foreign: Sender

    def lines(self, job_id: str) -> int:
        """Return how many lines the job's log has."""
        ...

    def status(self, job_id: str) -> str | None:
        """Return the job's status."""
        ...

    def ask_for_a_job(self) -> str:
        """Make a job for ``computer``, as its person; return its id."""
        ...

    def look_at_uploads(self) -> None:
        """Let the cloud compare what was put now."""
        ...


def event(kind: str, payload: dict[str, Any], event_id: str | None = None, at: str = AT) -> dict[str, Any]:
    return {"event_id": event_id or str(uuid4()), "type": kind, "occurred_at": at, "payload": payload}


def job(job_id: str, status: str = "running", *, change: int = 1, **more: Any) -> dict[str, Any]:
    payload = {"job_id": job_id, "rank": "2nd Officer", "ship_type": "Bulk Carrier", "status": status}
    return event("job_changed", {**payload, "created_at": AT, "change": change}, **more)


def line(job_id: str, text: str = "stored") -> dict[str, Any]:
    return event("job_line", {"job_id": job_id, "line": text})


def send(sender: Sender, *events: Any) -> list[Verdict]:
    status, answer = sender.post("/api/events/candidate", {"events": list(events)})
    assert status == 200, answer
    return [(each["verdict"], each["reason"], each["upload_wanted"]) for each in answer["verdicts"]]


ACCEPTED, DUPLICATE = ("accepted", None, False), ("duplicate", None, False)


def rejected(reason: str) -> Verdict:
    return ("rejected", reason, False)


def number() -> str:
    return str(uuid4().int)[:12]


def wanted(payload: dict[str, Any]) -> dict[str, Any]:
    names = ("candidate_external_id", "content_sha256", "file_sha256", "file_length")
    return {name: payload[name] for name in names}


def resume() -> dict[str, Any]:
    return resume_event(number(), file_sha256=sha256(PDF).hexdigest(), file_length=len(PDF))


class IngestSuite:
    """The contract."""

    @pytest.fixture
    def desk(self) -> Desk:
        raise NotImplementedError("each cloud's test gives its desk here")

    def test_a_batch_counts_once_however_often_it_comes(self, desk: Desk) -> None:
        job_id = str(uuid4())
        batch = [job(job_id), line(job_id), line(job_id)]
        assert send(desk.computer, *batch) == [ACCEPTED] * 3
        assert send(desk.computer, *batch) == [DUPLICATE] * 3
        assert desk.lines(job_id) == 2

    def test_the_same_event_twice_in_a_batch_counts_once(self, desk: Desk) -> None:
        job_id, twice = str(uuid4()), job(str(uuid4()))
        assert send(desk.computer, twice, twice, job(job_id)) == [ACCEPTED, DUPLICATE, ACCEPTED]

    def test_an_id_that_says_something_else_is_refused(self, desk: Desk) -> None:
        job_id = str(uuid4())
        first = job(job_id)
        other = line(job_id) | {"event_id": first["event_id"]}
        assert send(desk.computer, first, other) == [ACCEPTED, rejected("ingest.id-reused")]
        assert desk.lines(job_id) == 0

    def test_what_cannot_be_read_blocks_nothing(self, desk: Desk) -> None:
        job_id = str(uuid4())
        unknown = event("from_the_future", {})
        assert send(desk.computer, unknown, {"type": "job_line"}, {"protocol": "two"}, job(job_id)) == [
            rejected("ingest.unknown-type"),
            rejected("ingest.unreadable"),
            rejected("ingest.unreadable"),
            ACCEPTED,
        ]

    def test_a_refused_event_can_come_again_when_it_fits(self, desk: Desk) -> None:
        job_id = str(uuid4())
        early = line(job_id)
        assert send(desk.computer, early) == [rejected("ingest.unknown-job")]
        assert send(desk.computer, job(job_id), early) == [ACCEPTED, ACCEPTED]
        assert desk.lines(job_id) == 1

    def test_a_person_goes_on_with_another_computer_and_nobody_else_does(self, desk: Desk) -> None:
        job_id = str(uuid4())
        send(desk.computer, job(job_id))
        assert send(desk.second, line(job_id), job(job_id, change=2)) == [ACCEPTED, ACCEPTED]
        assert send(desk.colleagues, line(job_id), job(job_id, "failed", change=3)) == [
            rejected("ingest.unknown-job"),
            rejected("ingest.not-yours"),
        ]
        assert (desk.status(job_id), desk.lines(job_id)) == ("running", 1)

    def test_ids_are_an_offices_own(self, desk: Desk) -> None:
        told = job(str(uuid4()))
        job_id = told["payload"]["job_id"]
        assert send(desk.computer, told) == [ACCEPTED]
        assert send(desk.foreign, line(job_id)) == [rejected("ingest.unknown-job")]
        assert send(desk.foreign, told, job(job_id, "failed", change=3)) == [ACCEPTED, ACCEPTED]
        assert (desk.status(job_id), desk.lines(job_id)) == ("running", 0)

    def test_a_later_report_counts_and_what_is_over_stays_over(self, desk: Desk) -> None:
        job_id = str(uuid4())
        send(desk.computer, job(job_id, change=5), job(job_id, "queued", change=4))
        assert desk.status(job_id) == "running"
        send(desk.computer, job(job_id, "queued", change=6, at="2016-11-12T08:00:00Z"))
        assert desk.status(job_id) == "queued"
        send(desk.computer, job(job_id, "success", change=7), job(job_id, "running", change=8))
        assert desk.status(job_id) == "success"

    def test_a_job_waits_for_its_computer_until_that_reports(self, desk: Desk) -> None:
        job_id = desk.ask_for_a_job()
        assert job_id in waiting(desk.computer)
        assert job_id not in waiting(desk.second)
        assert send(desk.computer, job(job_id)) == [ACCEPTED]
        assert job_id not in waiting(desk.computer)

    def test_bytes_are_wanted_until_they_are_there(self, desk: Desk) -> None:
        told = resume()
        request = wanted(told["payload"])
        assert send(desk.computer, told) == [("accepted", None, True)]
        assert send(desk.computer, told) == [("duplicate", None, True)]
        assert not told_and_stored(desk, request)
        link = desk.computer.post("/api/resumes/upload-link", request)[1]
        desk.computer.put(link["url"], link.get("headers", {}), PDF[: len(PDF) // 2])
        assert not told_and_stored(desk, request)
        link = desk.computer.post("/api/resumes/upload-link", request)[1]
        desk.computer.put(link["url"], link.get("headers", {}), PDF)
        assert told_and_stored(desk, request)
        assert send(desk.computer, told) == [DUPLICATE]

    def test_the_same_content_again_is_no_second_resume(self, desk: Desk) -> None:
        told = resume()
        again = told | {"event_id": str(uuid4())}
        assert send(desk.computer, told, again) == [("accepted", None, True)] * 2

    def test_another_office_knows_nothing_of_a_resume(self, desk: Desk) -> None:
        told = resume()
        send(desk.computer, told)
        status, answer = desk.foreign.post("/api/resumes/upload-link", wanted(told["payload"]))
        assert (status, answer["reason"]) == (404, "request.not-found")


def told_and_stored(desk: Desk, request: object) -> bool:
    """Say that the bytes were put, let the cloud look at them, and ask what came of it."""
    status, answer = desk.computer.post("/api/resumes/uploaded", request)
    assert status in (409, 422) or answer["upload_status"] in ("pending", "uploaded")
    desk.look_at_uploads()
    link = desk.computer.post("/api/resumes/upload-link", request)[1]
    assert not link.get("being_checked", False)
    return bool(link.get("already_stored", False))


def waiting(sender: Sender) -> list[str]:
    body = {"agent_version": "0.1.0", "platform": "linux"}
    status, answer = sender.post("/api/device/heartbeat", body)
    assert status == 200, answer
    return [each["job_id"] for each in answer["waiting_jobs"]]
