"""Pairing, heartbeat and revoking over HTTP."""

import hashlib
import re
from typing import Any

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Cloud, Member, moment, new_id, refused

HEARTBEAT = {
    "agent_version": "0.2.0",
    "platform": "windows",
    "download_folder": "C:\\Users\\Anna\\Resumes",
    "waiting": 3,
    "parked": 1,
}


def registration(code: str) -> dict[str, str]:
    return {"pairing_code": code, "device_name": "Laptop", "platform": "linux", "agent_version": "0.1.0"}


def test_a_code_is_readable_and_good_for_ten_minutes(cloud: Cloud, office: Office) -> None:
    made = office.recruiter.send("/api/device/pairing-codes")
    assert re.fullmatch("[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", made["pairing_code"])
    (left,) = cloud.rows("select extract(epoch from %s::timestamptz - now())", moment(made["expires_at"]))
    assert 590 < left[0] <= 600


def test_a_code_is_used_once_and_only_hashes_are_kept(cloud: Cloud, office: Office) -> None:
    code = office.recruiter.send("/api/device/pairing-codes")["pairing_code"]
    typed = code.lower().replace("-", " ")
    made = cloud.nobody.send("/api/device/register", registration(typed))
    assert made["organisation_name"] == "North"
    assert made["user_email"] == office.recruiter.email
    token = made["device_token"]
    assert token.startswith("njd_")
    kept = cloud.rows("select token_hash from app.devices where id = %s", made["device_id"])
    assert kept == [(hashlib.sha256(token.encode()).digest(),)]
    plain = code.replace("-", "").encode()
    assert cloud.rows("select 1 from app.pairing_codes where code_hash = %s", hashlib.sha256(plain).digest())
    again = cloud.nobody.post("/api/device/register", registration(code))
    assert refused(again) == (422, "device.pairing-code-not-valid")


def test_an_old_code_and_an_invented_one_get_the_same_answer(cloud: Cloud, office: Office) -> None:
    code = office.recruiter.send("/api/device/pairing-codes")["pairing_code"]
    cloud.change("update app.pairing_codes set expires_at = now() - interval '1 second'")
    for attempt in (code, "AAAA-AAAA"):
        answer = cloud.nobody.post("/api/device/register", registration(attempt))
        assert refused(answer) == (422, "device.pairing-code-not-valid")


def test_a_heartbeat_keeps_what_the_computer_says_of_itself(cloud: Cloud, office: Office) -> None:
    answer = office.computer.send("/api/device/heartbeat", HEARTBEAT)
    assert answer["waiting_jobs"] == []
    device = listed(office.recruiter)[office.computer.device_id]
    assert (device["agent_version"], device["platform"]) == ("0.2.0", "windows")
    assert (device["waiting"], device["parked"], device["status"]) == (3, 1, "active")
    assert moment(device["last_seen_at"]) <= moment(answer["server_time"])
    folder = "select download_folder from app.agent_settings where device_id = %s"
    assert cloud.rows(folder, office.computer.device_id) == [("C:\\Users\\Anna\\Resumes",)]
    office.computer.send("/api/device/heartbeat", HEARTBEAT | {"download_folder": "/home/anna/Resumes"})
    assert cloud.rows(folder, office.computer.device_id) == [("/home/anna/Resumes",)]


def test_a_computer_hears_of_jobs_that_wait_for_it_until_it_reports_on_them(office: Office) -> None:
    job = {"job_id": new_id(), "device_id": office.computer.device_id, "rank": "Cook", "ship_type": "Tanker"}
    office.recruiter.send("/api/jobs/download", job)
    waiting = office.computer.send("/api/device/heartbeat", HEARTBEAT)["waiting_jobs"]
    assert [found["job_id"] for found in waiting] == [job["job_id"]]
    snapshot = {
        "job_id": job["job_id"],
        "rank": "Cook",
        "ship_type": "Tanker",
        "status": "queued",
        "created_at": "2026-11-12T08:00:00Z",
    }
    event = {
        "event_id": new_id(),
        "type": "job_changed",
        "occurred_at": "2026-11-12T08:00:01Z",
        "payload": snapshot,
    }
    office.computer.send("/api/events/candidate", {"events": [event]})
    assert office.computer.send("/api/device/heartbeat", HEARTBEAT)["waiting_jobs"] == []


def test_who_sees_which_computers(cloud: Cloud, office: Office) -> None:
    own = cloud.computer(office.colleague, "Bela's laptop")
    assert own.device_id not in listed(office.recruiter)
    assert own.device_id in listed(office.colleague)
    assert {own.device_id, office.computer.device_id} <= set(listed(office.manager))
    assert not {own.device_id, office.computer.device_id} & set(listed(office.stranger))
    assert refused(office.computer.get("/api/devices")) == (403, "auth.forbidden")


def test_revoking_works_at_the_next_request(cloud: Cloud, office: Office) -> None:
    computer = cloud.computer(office.recruiter, "Old laptop")
    assert computer.post("/api/device/heartbeat", HEARTBEAT).status_code == 200
    path = f"/api/devices/{computer.device_id}/revoke"
    assert office.recruiter.post(path).status_code == 204
    assert refused(computer.post("/api/device/heartbeat", HEARTBEAT)) == (401, "device.revoked")
    assert office.recruiter.post(path).status_code == 204
    logged = "select user_id::text from app.audit_log where action = 'device.revoked' and subject_id = %s"
    assert cloud.rows(logged, computer.device_id) == [(office.recruiter.user_id,)]


def test_only_the_owner_and_an_admin_may_revoke(cloud: Cloud, office: Office) -> None:
    computer = cloud.computer(office.recruiter, "Another laptop")
    path = f"/api/devices/{computer.device_id}/revoke"
    assert refused(office.colleague.post(path)) == (404, "request.not-found")
    assert refused(office.stranger.post(path)) == (404, "request.not-found")
    assert refused(office.manager.post(path)) == (403, "auth.forbidden")
    assert computer.post("/api/device/heartbeat", HEARTBEAT).status_code == 200
    assert office.admin.post(path).status_code == 204
    assert refused(computer.post("/api/device/heartbeat", HEARTBEAT)) == (401, "device.revoked")


def listed(person: Member) -> dict[str, dict[str, Any]]:
    devices: list[dict[str, Any]] = person.read("/api/devices")["devices"]
    return {str(device["device_id"]): device for device in devices}
