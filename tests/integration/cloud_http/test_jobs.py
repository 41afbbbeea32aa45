"""Download jobs and their streams, served by waitress as on one machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from waitress import wasyncore
from waitress.server import create_server

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Caller, Cloud, Computer, new_id, refused, send_events


def wanted(office: Office, **changes: object) -> dict[str, object]:
    return {
        "job_id": new_id(),
        "device_id": office.computer.device_id,
        "rank": "2nd Officer",
        "ship_type": "Bulk Carrier",
        **changes,
    }


def job_changed(job: dict[str, Any], status: str, **changes: object) -> dict[str, object]:
    payload = {name: job[name] for name in ("job_id", "rank", "ship_type", "created_at")}
    payload |= {"status": status, **changes}
    return {
        "event_id": new_id(),
        "type": "job_changed",
        "occurred_at": "2026-11-24T08:00:00Z",
        "payload": payload,
    }


def job_line(job: dict[str, Any], line: str, **changes: object) -> dict[str, object]:
    payload = {"job_id": job["job_id"], "line": line, **changes}
    return {
        "event_id": new_id(),
        "type": "job_line",
        "occurred_at": "2026-11-24T08:00:00Z",
        "payload": payload,
    }


def new_job(office: Office) -> dict[str, Any]:
    job: dict[str, Any] = office.recruiter.send("/api/jobs/download", wanted(office))
    return job


@pytest.fixture(scope="module")
def address(cloud: Cloud) -> Iterator[str]:
    channels: dict[int, Any] = {}
    server = create_server(
        cloud.app, map=channels, host="127.0.0.1", port=0, threads=8, asyncore_use_poll=True
    )
    serving = threading.Thread(target=server.run)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        cloud.services.stopping.set()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(channels)
        serving.join()


@contextmanager
def stream(
    address: str, caller: Caller, job: dict[str, Any], last: int | None = None
) -> Iterator[Iterator[Any]]:
    headers = caller.headers | ({} if last is None else {"Last-Event-ID": str(last)})
    path = f"{address}/api/jobs/{job['job_id']}/stream"
    with httpx.stream("GET", path, headers=headers, timeout=30, trust_env=False) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["Content-Type"].startswith("text/event-stream")
        yield messages(response.iter_lines())


def messages(lines: Iterator[str]) -> Iterator[tuple[str | None, str, dict[str, Any]]]:
    """Yield (id, event, data) of each message; comments are left out."""
    found: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            found[name] = value
        else:
            if "event" in found:
                yield found.get("id"), found["event"], json.loads(found["data"])
            found = {}


def test_a_job_is_made_once_for_its_id(office: Office) -> None:
    body = wanted(office)
    first = office.recruiter.post("/api/jobs/download", body)
    again = office.recruiter.post("/api/jobs/download", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert first.get_json()["status"] == "queued"
    assert first.get_json()["device_name"] == "Laptop"
    other = office.recruiter.post("/api/jobs/download", body | {"rank": "Cook"})
    assert refused(other) == (409, "ingest.id-reused")


def test_the_id_of_a_colleagues_job_is_taken_and_says_nothing_to_another_office(
    cloud: Cloud, office: Office
) -> None:
    body = wanted(office)
    office.recruiter.send("/api/jobs/download", body)
    own = body | {"device_id": cloud.computer(office.colleague, "Own").device_id}
    assert refused(office.colleague.post("/api/jobs/download", own)) == (409, "ingest.id-reused")
    foreign = body | {"device_id": office.foreign_computer.device_id}
    assert office.stranger.post("/api/jobs/download", foreign).status_code == 201


def test_a_job_is_for_a_computer_of_ones_own_that_is_connected(cloud: Cloud, office: Office) -> None:
    for person in (office.colleague, office.admin, office.stranger):
        assert refused(person.post("/api/jobs/download", wanted(office))) == (404, "request.not-found")
    gone = cloud.computer(office.recruiter, "Gone")
    office.recruiter.post(f"/api/devices/{gone.device_id}/revoke")
    answer = office.recruiter.post("/api/jobs/download", wanted(office, device_id=gone.device_id))
    assert refused(answer) == (409, "device.not-paired")


def test_who_sees_which_jobs(office: Office) -> None:
    job = new_job(office)
    path = f"/api/jobs/{job['job_id']}"
    assert office.recruiter.read(path) == office.manager.read(path) == office.admin.read(path) == job
    for person in (office.colleague, office.stranger):
        assert refused(person.get(path)) == (404, "request.not-found")
        assert refused(person.get(f"{path}/stream")) == (404, "request.not-found")
        assert job["job_id"] not in {found["job_id"] for found in person.read("/api/jobs", limit=200)["jobs"]}


def test_the_list_is_paged_newest_first_and_loses_nothing(office: Office) -> None:
    made = [new_job(office)["job_id"] for _ in range(5)]
    seen: list[str] = []
    cursor = ""
    while True:
        page = office.recruiter.read("/api/jobs", limit=2, cursor=cursor)
        assert len(page["jobs"]) <= 2
        seen += [job["job_id"] for job in page["jobs"]]
        if not seen[5:] and len(seen) == 2:
            made.append(new_job(office)["job_id"])  # one that arrives while somebody is reading moves nothing
        if page["next_cursor"] is None:
            break
        cursor = page["next_cursor"]
    assert seen[:5] == made[4::-1]
    assert len(seen) == len(set(seen))


def test_a_job_is_followed_line_by_line_until_it_is_over(address: str, office: Office) -> None:
    job = new_job(office)
    running = job_changed(job, "running")
    send_events(office.computer, running, job_line(job, "List 1", level="info"))
    with stream(address, office.recruiter, job) as following:
        assert next(following)[:2] == ("1", "line")
        assert next(following)[2]["status"] == "running"
        stored = job_line(job, "Stored", candidate_external_id="0042", outcome="stored")
        counts = {"listed": 1, "stored": 1, "skipped": 0, "failed": 0}
        send_events(office.computer, stored, job_changed(job, "success", counts=counts))
        seq, event, line = next(following)
        assert (seq, event, line["line"], line["outcome"]) == ("2", "line", "Stored", "stored")
        _, event, last = next(following)
        assert (event, last["status"], last["counts"]) == ("job", "success", counts)
        assert list(following) == []


def test_a_job_that_waits_again_says_why_and_only_its_own_computer_ends_it(office: Office) -> None:
    job = new_job(office)
    counts = {"listed": 60, "stored": 37, "skipped": 0, "failed": 0}
    running = job_changed(job, "running", change=2)
    waits = job_changed(job, "queued", change=40, counts=counts, reason="portal.session-ended")
    send_events(office.computer, running, waits)
    path = f"/api/jobs/{job['job_id']}"
    seen = office.recruiter.read(path)
    assert (seen["status"], seen["reason"], seen["counts"]) == ("queued", "portal.session-ended", counts)
    heartbeat = {"agent_version": "1", "platform": "Linux", "download_folder": "", "waiting": 0, "parked": 0}
    told = office.computer.send("/api/device/heartbeat", heartbeat)["waiting_jobs"]
    assert job["job_id"] not in [each["job_id"] for each in told], "a job is handed out once"
    send_events(office.computer, job_changed(job, "running", change=41), running, waits)
    assert office.recruiter.read(path)["status"] == "running"
    ends = job_changed(job, "success", change=70) | {"occurred_at": "2016-11-24T08:00:00Z"}
    late = job_changed(job, "queued", change=90, reason="job.paused")
    send_events(office.computer, ends, late, waits)
    seen = office.recruiter.read(path)
    assert (seen["status"], seen["reason"]) == ("success", None)


def test_a_reader_goes_on_after_the_last_line_it_has(address: str, office: Office) -> None:
    job = new_job(office)
    lines = [job_line(job, f"line {number}") for number in range(1, 6)]
    send_events(office.computer, job_changed(job, "running"), *lines, job_changed(job, "cancelled"))
    with stream(address, office.recruiter, job, last=3) as following:
        assert [seq for seq, event, _ in following if event == "line"] == ["4", "5"]


def test_who_is_revoked_loses_the_stream(cloud: Cloud, address: str, office: Office) -> None:
    leaver = cloud.member("North", "Lea", "manager")
    job = new_job(office)
    send_events(office.computer, job_changed(job, "running"), job_line(job, "begins"))
    with stream(address, leaver, job) as following:
        assert next(following)[1] == "line"
        cloud.change("update app.memberships set active = false where user_id = %s", leaver.user_id)
        send_events(office.computer, job_line(job, "goes on"))
        assert "goes on" not in json.dumps([data for _, _, data in following])
    assert refused(leaver.get(f"/api/jobs/{job['job_id']}")) == (403, "auth.not-a-member")


@pytest.mark.parametrize("header", ["-1", "x", "1.5", "9" * 40, "٣", "1 2"])
def test_a_place_that_is_none_is_refused(office: Office, header: str) -> None:
    path = f"/api/jobs/{new_job(office)['job_id']}/stream"
    headers = office.recruiter.headers | {"Last-Event-ID": header.encode().decode("latin-1")}
    assert refused(office.recruiter.client.get(path, headers=headers)) == (422, "request.invalid")


def test_a_computer_reads_no_jobs_of_people(office: Office) -> None:
    assert isinstance(office.computer, Computer)
    assert refused(office.computer.get("/api/jobs")) == (403, "auth.forbidden")
