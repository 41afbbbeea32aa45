"""Asking the computer that alone has a resume to upload it, and what whoever asked is shown."""

import hashlib
from typing import Any

from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_resumes import PDF, delivered, resume_id, upload
from tests.support.cloud_app import Caller, Cloud, Computer, new_id, refused

HEARTBEAT = {"agent_version": "1", "platform": "linux"}


def copy_of(who: Caller, resume: str) -> dict[str, Any]:
    found: dict[str, Any] = who.read(f"/api/resumes/{resume}/cloud-copy")
    return found


def wanted_of(computer: Computer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = computer.send("/api/device/heartbeat", HEARTBEAT)["wanted_uploads"]
    return found


def test_a_colleague_asks_the_computer_uploads_and_it_is_there(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0900")
    resume = resume_id(office, "0900")
    assert copy_of(office.colleague, resume)["state"] == "not_asked"
    asked = office.colleague.send(f"/api/resumes/{resume}/cloud-copy")
    assert (asked["state"], asked["device_name"], asked["asked_by"]) == ("waiting", "Laptop", "Bela of North")
    assert office.manager.send(f"/api/resumes/{resume}/cloud-copy")["asked_by"] == "Bela of North"
    [wanted] = wanted_of(office.computer)
    assert wanted["candidate_external_id"] == "0900"
    assert wanted["content_sha256"] == request["content_sha256"]
    assert wanted_of(office.computer) == [wanted]  # until it is done: the answer may have been lost
    assert copy_of(office.colleague, resume)["device_last_seen_at"] is not None
    upload(cloud, office.computer, request)
    assert wanted_of(office.computer) == []
    assert copy_of(office.colleague, resume)["state"] == "stored"
    assert office.colleague.send(f"/api/resumes/{resume}/cloud-copy")["state"] == "stored"
    link = office.colleague.read(f"/api/resumes/{resume}/link")
    assert link["file_sha256"] == hashlib.sha256(PDF).hexdigest()


def test_a_refusal_is_shown_to_whoever_asked_and_they_may_ask_again(cloud: Cloud, office: Office) -> None:
    delivered(office, "0901")
    resume = resume_id(office, "0901")
    office.colleague.send(f"/api/resumes/{resume}/cloud-copy")
    [wanted] = wanted_of(office.computer)
    path = f"/api/device/commands/{wanted['command_id']}/refuse"
    foreign = office.foreign_computer.post(path, {"reason": "upload.switched-off"})
    assert refused(foreign) == (404, "request.not-found")
    other = cloud.computer(office.colleague, "Other")
    assert refused(other.post(path, {"reason": "upload.switched-off"})) == (404, "request.not-found")
    for _ in range(2):
        assert office.computer.post(path, {"reason": "upload.switched-off"}).status_code == 204
    shown = copy_of(office.colleague, resume)
    assert (shown["state"], shown["reason"]) == ("refused", "upload.switched-off")
    assert wanted_of(office.computer) == []
    assert office.colleague.send(f"/api/resumes/{resume}/cloud-copy")["state"] == "waiting"
    [again] = wanted_of(office.computer)
    assert again["command_id"] != wanted["command_id"]
    office.computer.post(f"/api/device/commands/{again['command_id']}/refuse", {"reason": "upload.file-gone"})


def test_a_wish_ends_after_a_week(cloud: Cloud, office: Office) -> None:
    delivered(office, "0902")
    resume = resume_id(office, "0902")
    office.colleague.send(f"/api/resumes/{resume}/cloud-copy")
    cloud.change("update app.agent_commands set expires_at = now() where resume_id = %s", resume)
    assert copy_of(office.colleague, resume)["state"] == "expired"
    assert wanted_of(office.computer) == []


def test_a_computer_that_was_disconnected_cannot_be_asked(cloud: Cloud, office: Office) -> None:
    computer = cloud.computer(office.recruiter, "Old one")
    office_of_it = Office(
        office.recruiter,
        computer,
        office.colleague,
        office.manager,
        office.admin,
        office.stranger,
        office.foreign_computer,
    )
    delivered(office_of_it, "0903")
    resume = resume_id(office, "0903")
    office.recruiter.post(f"/api/devices/{computer.device_id}/revoke")
    shown = copy_of(office.colleague, resume)
    assert (shown["state"], shown["reason"]) == ("not_asked", "upload.computer-disconnected")
    answer = office.colleague.post(f"/api/resumes/{resume}/cloud-copy")
    assert refused(answer) == (409, "upload.computer-disconnected")


def test_a_copy_that_was_lost_is_asked_for_again(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0904")
    resume = resume_id(office, "0904")
    upload(cloud, office.computer, request)
    ((key,),) = cloud.rows("select resume_storage_path from app.resumes where id = %s", resume)
    cloud.services.objects.remove(key)
    assert copy_of(office.colleague, resume)["state"] == "not_asked"
    assert office.colleague.send(f"/api/resumes/{resume}/cloud-copy")["state"] == "waiting"
    assert [wanted["candidate_external_id"] for wanted in wanted_of(office.computer)] == ["0904"]
    upload(cloud, office.computer, request)
    assert copy_of(office.colleague, resume)["state"] == "stored"


def test_defect_10_asking_is_in_the_audit_log(cloud: Cloud, office: Office) -> None:
    delivered(office, "0905")
    resume = resume_id(office, "0905")
    office.colleague.send(f"/api/resumes/{resume}/cloud-copy")
    query = "select user_id::text, action from app.audit_log where subject_id = %s and action like %s"
    found = cloud.rows(query, resume, "resume.upload%")
    assert found == [(office.colleague.user_id, "resume.upload-asked")]


def test_who_may_not(office: Office) -> None:
    delivered(office, "0906")
    path = f"/api/resumes/{resume_id(office, '0906')}/cloud-copy"
    for ask in (office.stranger.get, office.stranger.post):
        assert refused(ask(path)) == (404, "request.not-found")
    for ask in (office.computer.get, office.computer.post):
        assert refused(ask(path)) == (403, "auth.forbidden")
    assert refused(office.recruiter.post(f"/api/resumes/{new_id()}/cloud-copy")) == (404, "request.not-found")
