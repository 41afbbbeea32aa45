"""How a resume's bytes get into the store and out again, over HTTP."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from cloud_api.resumes.folder_store import DIGEST_HEADER
from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import PUBLIC_URL, Cloud, Computer, deliver, moment, new_id, refused, review_item

PDF = b"%PDF-1.7\n" + b"synthetic resume " * 2000
OTHER = b"%PDF-1.7\n" + b"something else!! " * 2000


def upload_request(payload: dict[str, Any]) -> dict[str, Any]:
    names = ("candidate_external_id", "content_sha256", "file_sha256", "file_length")
    return {name: payload[name] for name in names}


def delivered(office: Office, number: str, pdf: bytes = PDF, **changes: Any) -> dict[str, Any]:
    """Have a resume's record delivered; return the request of its upload."""
    digest = hashlib.sha256(pdf).hexdigest()
    payload = deliver(office.computer, number, file_sha256=digest, file_length=len(pdf), **changes)
    return upload_request(payload)


def path_of(url: str) -> str:
    assert url.startswith(f"{PUBLIC_URL}/api/objects/resumes/")
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def put(cloud: Cloud, link: dict[str, Any], data: bytes, **headers: str) -> TestResponse:
    """Put bytes as a computer does: with the link's headers and no token."""
    return cloud.app.test_client().put(path_of(link["url"]), data=data, headers=link["headers"] | headers)


def ask(computer: Computer, request: dict[str, Any]) -> tuple[bool, bool]:
    """Return whether the office has the resume, and whether it looks at what arrived."""
    link = computer.send("/api/resumes/upload-link", request)
    return link["already_stored"], link["being_checked"]


def told(cloud: Cloud, computer: Computer, request: dict[str, Any]) -> None:
    """Say that the bytes were put, and let the checker look."""
    assert computer.send("/api/resumes/uploaded", request) == {"upload_status": "pending"}
    assert ask(computer, request) == (False, True)
    assert cloud.services.upload_checker.check_all() == 1


def upload(cloud: Cloud, computer: Computer, request: dict[str, Any], pdf: bytes = PDF) -> None:
    link = computer.send("/api/resumes/upload-link", request)
    assert put(cloud, link, pdf).status_code == 204
    told(cloud, computer, request)
    assert ask(computer, request) == (True, False)


def status_of(cloud: Cloud, request: dict[str, Any]) -> tuple[Any, ...]:
    query = (
        "select r.resume_upload_status, r.resume_storage_path is not null, r.resume_checksum_sha256,"
        " r.resume_source from app.resumes r join app.candidates c on c.id = r.candidate_id"
        " where c.candidate_external_id = %s and r.content_sha256 = %s"
    )
    (row,) = cloud.rows(query, request["candidate_external_id"], request["content_sha256"])
    return row


def resume_id(office: Office, number: str) -> str:
    return str(review_item(office.recruiter, number)["resume_id"])


PENDING = ("pending", False, None, "local_only")


def test_a_resume_travels_whole_from_the_computer_to_a_colleague(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0100", filename="Größe 2nd Officer_0100.pdf")
    upload(cloud, office.computer, request)
    assert status_of(cloud, request) == ("uploaded", True, request["file_sha256"], "cloud_synced")
    link = office.colleague.read(f"/api/resumes/{resume_id(office, '0100')}/link")
    assert link["filename"] == "Größe 2nd Officer_0100.pdf"
    answer = cloud.app.test_client().get(path_of(link["url"]))
    assert answer.data == PDF
    assert answer.content_type == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline; filename")
    assert "Gr%C3%B6%C3%9Fe" in answer.headers["Content-Disposition"]


def test_defect_3_what_did_not_arrive_is_never_called_uploaded(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0101")
    for _ in range(2):  # the computer dies after it got the link, and asks again
        link = office.computer.send("/api/resumes/upload-link", request)
        assert link["already_stored"] is False
        assert status_of(cloud, request) == PENDING
    told(cloud, office.computer, request)
    assert trouble_of(cloud, request) == (1, "upload.missing")
    assert status_of(cloud, request) == PENDING
    link = office.computer.send("/api/resumes/upload-link", request)
    assert put(cloud, link, PDF).status_code == 204
    assert status_of(cloud, request) == PENDING  # the bytes are there, and nobody has looked at them yet
    assert office.computer.send("/api/resumes/uploaded", request)["upload_status"] == "pending"
    assert status_of(cloud, request) == PENDING
    assert cloud.services.upload_checker.check_all() == 1
    assert ask(office.computer, request) == (True, False)
    assert office.computer.send("/api/resumes/uploaded", request)["upload_status"] == "uploaded"
    assert trouble_of(cloud, request) is None


def trouble_of(cloud: Cloud, request: dict[str, Any]) -> tuple[Any, ...] | None:
    query = (
        "select u.failures, u.reason from app.resume_uploads u join app.resumes r on r.id = u.resume_id"
        " where r.content_sha256 = %s and u.file_sha256 = %s"
    )
    rows = cloud.rows(query, request["content_sha256"], request["file_sha256"])
    return rows[0] if rows else None


def test_a_cloud_copy_that_was_lost_is_wanted_again(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0102")
    upload(cloud, office.computer, request)
    (path,) = cloud.rows(
        "select resume_storage_path from app.resumes where content_sha256 = %s", request["content_sha256"]
    )
    cloud.services.objects.remove(path[0])
    answer = office.recruiter.get(f"/api/resumes/{resume_id(office, '0102')}/link")
    assert refused(answer) == (409, "resume.not-in-cloud")
    assert office.computer.send("/api/resumes/upload-link", request)["already_stored"] is False
    assert status_of(cloud, request) == PENDING
    upload(cloud, office.computer, request)


@pytest.mark.parametrize("sent", [PDF[:-1], OTHER, b"", PDF + b"x"], ids=["short", "other", "empty", "long"])
def test_a_link_takes_exactly_its_bytes(cloud: Cloud, office: Office, sent: bytes) -> None:
    number = f"02{len(sent):05d}"
    request = delivered(office, number)
    link = office.computer.send("/api/resumes/upload-link", request)
    status, reason = refused(put(cloud, link, sent))
    assert (status, reason) in {(403, "store.link-not-valid"), (422, "upload.checksum-mismatch")}
    told(cloud, office.computer, request)
    assert status_of(cloud, request) == PENDING


def test_bytes_that_changed_in_the_store_are_removed_and_the_upload_failed(
    cloud: Cloud, office: Office
) -> None:
    request = delivered(office, "0103")
    link = office.computer.send("/api/resumes/upload-link", request)
    put(cloud, link, PDF)
    key = urlsplit(link["url"]).path.removeprefix("/api/objects/")
    settings = cloud.services.settings
    assert settings.object_store_folder is not None
    (settings.object_store_folder / key).write_bytes(OTHER)
    told(cloud, office.computer, request)
    assert trouble_of(cloud, request) == (1, "upload.checksum-mismatch")
    assert status_of(cloud, request) == ("failed", False, None, "local_only")
    assert not cloud.services.objects.exists(key)
    upload(cloud, office.computer, request)
    assert status_of(cloud, request)[0] == "uploaded"


def test_another_computers_print_of_the_same_content_is_as_good(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0104")
    second = cloud.computer(office.colleague)
    other_file = {"file_sha256": hashlib.sha256(OTHER).hexdigest(), "file_length": len(OTHER)}
    upload(cloud, second, request | other_file, OTHER)
    assert status_of(cloud, request)[2] == other_file["file_sha256"]
    assert office.computer.send("/api/resumes/upload-link", request)["already_stored"] is True


@pytest.mark.parametrize("part", ["signature", "expires", "key", "digest", "method"])
def test_a_link_with_anything_exchanged_is_refused(cloud: Cloud, office: Office, part: str) -> None:
    request = delivered(office, f"03{len(part)}{ord(part[0])}")
    link = office.computer.send("/api/resumes/upload-link", request)
    path = path_of(link["url"])
    method, headers = "PUT", dict(link["headers"])
    if part == "signature":
        path = path[:-1] + ("0" if path[-1] != "0" else "1")
    elif part == "expires":
        path = path.replace("expires=", "expires=1")
    elif part == "key":
        path = path.replace("/2nd_Officer/", "/Cook/")
    elif part == "digest":
        headers[DIGEST_HEADER] = hashlib.sha256(OTHER).hexdigest()
    else:
        method = "GET"
    answer = cloud.app.test_client().open(path, method=method, data=PDF, headers=headers)
    assert refused(answer) == (403, "store.link-not-valid")


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "resumes/..%2f..%2fsecret", "x"]
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_no_path_leads_out_of_the_store(cloud: Cloud, method: str, key: str) -> None:
    path = f"/api/objects/{key}?expires=99999999999&signature={'0' * 64}"
    answer = cloud.app.test_client().open(path, method=method, data=b"x")
    assert refused(answer)[0] in {403, 404}


def test_a_link_ends_after_its_minute(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0105")
    upload(cloud, office.computer, request)
    link = office.recruiter.read(f"/api/resumes/{resume_id(office, '0105')}/link")
    assert moment(link["expires_at"]) - cloud.services.clock() <= timedelta(seconds=60)
    stored = cloud.rows(
        "select resume_storage_path from app.resumes where content_sha256 = %s", request["content_sha256"]
    )
    past = cloud.services.clock() - timedelta(seconds=1)
    old = cloud.services.objects.open_link(stored[0][0], "x.pdf", past)
    assert refused(cloud.app.test_client().get(path_of(old.url))) == (403, "store.link-not-valid")


def test_defect_10_opening_a_resume_is_in_the_audit_log(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0106")
    opened = resume_id(office, "0106")
    query = (
        "select user_id::text, action from app.audit_log where subject_id = %s and action = 'resume.link'"
        " order by id"
    )
    answer = office.colleague.get(f"/api/resumes/{opened}/link")
    assert refused(answer) == (409, "resume.not-in-cloud")
    assert cloud.rows(query, opened) == []
    upload(cloud, office.computer, request)
    office.colleague.read(f"/api/resumes/{opened}/link")
    office.recruiter.read(f"/api/resumes/{opened}/link")
    people = (office.colleague, office.recruiter)
    assert cloud.rows(query, opened) == [(person.user_id, "resume.link") for person in people]


def test_defect_10_without_the_entry_in_the_log_there_is_no_link(cloud: Cloud, office: Office) -> None:
    upload(cloud, office.computer, delivered(office, "0107"))
    opened = resume_id(office, "0107")
    cloud.change("alter table app.audit_log add constraint full_up check (false) not valid")
    try:
        answer = office.recruiter.get(f"/api/resumes/{opened}/link")
        assert refused(answer) == (500, "server.fault")
        assert b"api/objects" not in answer.data
    finally:
        cloud.change("alter table app.audit_log drop constraint full_up")


def test_who_may_not(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0108")
    upload(cloud, office.computer, request)
    opened = resume_id(office, "0108")
    assert refused(office.stranger.get(f"/api/resumes/{opened}/link")) == (404, "request.not-found")
    assert refused(office.computer.get(f"/api/resumes/{opened}/link")) == (403, "auth.forbidden")
    assert refused(office.recruiter.get(f"/api/resumes/{new_id()}/link")) == (404, "request.not-found")
    for path in ("/api/resumes/upload-link", "/api/resumes/uploaded"):
        assert refused(office.recruiter.post(path, request)) == (403, "auth.forbidden")
        assert refused(office.foreign_computer.post(path, request)) == (404, "request.not-found")


def test_a_resume_that_is_too_long_gets_no_link(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "0109") | {"file_length": cloud.services.settings.max_resume_bytes + 1}
    answer = office.computer.post("/api/resumes/upload-link", request)
    assert refused(answer) == (413, "request.too-large")


def test_nobody_has_a_good_copy_removed_under_the_name_of_another_resume(
    cloud: Cloud, office: Office
) -> None:
    request = delivered(office, "0190", filename="same.pdf")
    upload(cloud, office.computer, request)
    other = delivered(office, "0190", OTHER, content_sha256="9" * 64, filename="same.pdf")
    # Its key would be that of the good copy, which has the first of these digits in its name.
    forged = other | {"file_sha256": request["file_sha256"][:16] + "0" * 48}
    for path in ("/api/resumes/upload-link", "/api/resumes/uploaded"):
        assert refused(office.computer.post(path, forged)) == (422, "upload.checksum-mismatch")
    cloud.services.upload_checker.check_all()
    link = office.colleague.read(f"/api/resumes/{first_of(cloud, request)}/link")
    assert cloud.app.test_client().get(path_of(link["url"])).data == PDF
    upload(cloud, office.computer, other, OTHER)


def first_of(cloud: Cloud, request: dict[str, Any]) -> str:
    rows = cloud.rows("select id from app.resumes where content_sha256 = %s", request["content_sha256"])
    return str(rows[0][0])
