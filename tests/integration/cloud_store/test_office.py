"""An office whose resumes lie in a store of their own: the API says where, and carries no bytes of them."""

import hashlib
import io
import socket
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from agent_core.cloud.as_person import PersonHttp
from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.cloud.office_exports import CloudExports
from agent_core.cloud.stored_resumes import StoredResumes
from agent_core.errors import CloudError
from agent_core.files.folder import LocalResumeFiles
from agent_core.outbox.uploader import Uploaded, Uploader
from agent_core.ports import UploadTask
from protocol.events import ResumeDownloaded
from protocol.exports import ExportRequest
from protocol.reasons import Reason
from protocol.resumes import UploadRequest
from tests.support.cloud_app import Cloud, Computer, Member, deliver, review_item, running_cloud, verify
from tests.support.postgres import PostgresServer, TestDatabase, postgres_server
from tests.support.seaweedfs import SeaweedFS
from tests.support.served import served
from tests.support.supabase_storage import StorageServer, storage_app

PDF = b"%PDF-1.7\n" + b"synthetic resume " * 2000


class Person(PersonHttp):
    """A signed-in person's requests."""

    def __init__(self, http: CloudHttp, token: str) -> None:
        self.http = http
        self._token = token

    def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.http.send(method, path, body=body, token=self._token)


@dataclass
class Office:
    """A recruiter with a computer, and the agent's own ways to the cloud."""

    cloud: Cloud
    http: CloudHttp
    api: str
    recruiter: Member
    computer: Computer
    folder: Path

    def uploader(self) -> Uploader:
        return Uploader(LocalResumeFiles(), CloudGateway(self.http, lambda: self.computer.token))

    def person(self) -> Person:
        return Person(self.http, self.recruiter.token)

    def downloaded(self, number: str) -> UploadTask:
        """Store a resume's file on the computer and tell the cloud of it."""
        name = f"Größe_{number}.pdf"
        (self.folder / name).write_bytes(PDF + number.encode())
        digest = hashlib.sha256(PDF + number.encode()).hexdigest()
        payload = deliver(
            self.computer, number, filename=name, file_sha256=digest, file_length=len(PDF) + len(number)
        )
        return UploadTask(uuid4(), ResumeDownloaded.model_validate(payload), str(self.folder), name)

    def stored(self, number: str) -> str:
        """Have a resume in the store; return its id."""
        task = self.downloaded(number)
        assert self.uploader().upload(task) is Uploaded.PUT
        assert self.uploader().upload(task) is Uploaded.BEING_CHECKED
        assert self.cloud.services.upload_checker.check_all() == 1
        assert self.uploader().upload(task) is Uploaded.DONE
        return str(review_item(self.recruiter, number)["resume_id"])


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="module")
def database(postgres: PostgresServer) -> Iterator[TestDatabase]:
    with postgres.database() as made:
        yield made


@pytest.fixture(scope="module", params=["s3", "supabase"])
def store_settings(request: pytest.FixtureRequest, s3_server: SeaweedFS) -> Iterator[dict[str, object]]:
    if request.param == "s3":
        yield s3_server.settings()
        return
    storage = StorageServer()
    with served(storage_app(storage)) as url:
        yield {"object_store": "supabase", "supabase_url": url, "supabase_storage_key": storage.key}


@pytest.fixture(scope="module")
def office(
    database: TestDatabase, store_settings: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("resumes")
    name = f"Office {store_settings['object_store']}"
    with (
        running_cloud(database, folder, **store_settings) as cloud,
        served(cloud.app) as url,
        make_client() as client,
    ):
        recruiter = cloud.member(name, str(store_settings["object_store"]), "recruiter")
        computer = cloud.computer(recruiter)
        yield Office(cloud, CloudHttp(client, lambda: url), url, recruiter, computer, folder)


def test_a_resume_goes_straight_into_the_store_and_straight_out(office: Office) -> None:
    resume_id = office.stored("0100")
    link = office.recruiter.read(f"/api/resumes/{resume_id}/link")
    assert link["filename"] == "Größe_0100.pdf"
    assert urlsplit(link["url"]).netloc != urlsplit(office.api).netloc
    assert httpx.get(link["url"], trust_env=False).content == PDF + b"0100"
    assert StoredResumes(office.person()).open(UUID(resume_id)) == ("Größe_0100.pdf", PDF + b"0100")
    path = "/api/objects/resumes/x/y/z/a.pdf?expires=99999999999&signature=0"
    assert office.cloud.app.test_client().get(path).status_code == 404


def test_other_bytes_than_announced_are_refused_or_found_out_and_sent_anew(office: Office) -> None:
    task = office.downloaded("0101")
    asked = {name: getattr(task.payload, name) for name in ("candidate_external_id", "content_sha256")}
    request = {**asked, "file_sha256": task.payload.file_sha256, "file_length": task.payload.file_length}
    link = office.computer.send("/api/resumes/upload-link", request)
    other = b"X" + (PDF + b"0101")[1:]
    with httpx.Client(trust_env=False) as client:
        client.request(link["method"], link["url"], content=other, headers=link["headers"])
    office.computer.send("/api/resumes/uploaded", request)
    office.cloud.services.upload_checker.check_all()
    resume_id = review_item(office.recruiter, "0101")["resume_id"]
    query = "select resume_upload_status from app.resumes where id = %s"
    assert office.cloud.rows(query, resume_id)[0][0] in {"failed", "pending"}
    assert office.uploader().upload(task) is Uploaded.PUT
    office.cloud.services.upload_checker.check_all()
    assert office.uploader().upload(task) is Uploaded.DONE


def test_an_upload_that_breaks_off_leaves_nothing_and_goes_on_by_itself(office: Office) -> None:
    task = office.downloaded("0104")
    asked = {name: getattr(task.payload, name) for name in UploadRequest.model_fields}
    link = office.computer.send("/api/resumes/upload-link", asked)
    send_half(link, PDF + b"0104")
    office.cloud.change("update app.resume_uploads set check_at = now() where check_at is not null")
    assert office.cloud.services.upload_checker.check_all() == 1
    assert not [key for key in keys_of(office) if "/0104/" in key]
    assert office.uploader().upload(task) is Uploaded.PUT
    assert office.cloud.services.upload_checker.check_all() == 1
    assert office.uploader().upload(task) is Uploaded.DONE
    assert len([key for key in keys_of(office) if "/0104/" in key]) == 1


def keys_of(office: Office) -> list[str]:
    return [found.key for found in office.cloud.services.objects.objects("resumes/")]


def send_half(link: dict[str, Any], data: bytes) -> None:
    """Begin to put the bytes, as a computer whose network goes in the middle."""
    parts = urlsplit(link["url"])
    assert parts.hostname is not None
    headers = {**link["headers"], "Host": parts.netloc, "Content-Length": str(len(data))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"PUT {parts.path}?{parts.query} HTTP/1.1\r\n{head}\r\n".encode()
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=60) as connection:
        connection.sendall(request + data[: len(data) // 2])
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):  # whatever it says, until it has understood that there is no more
            continue


def test_an_export_has_the_stores_bytes_however_it_is_taken(office: Office) -> None:
    resume_id = office.stored("0102")
    row = verify(office.recruiter, "0102")
    exports = CloudExports(office.person())
    made = exports.ask(ExportRequest(candidate_ids=[UUID(row["candidate_id"])]))
    assert exports.resume(made.export_id, UUID(resume_id)) == PDF + b"0102"
    answer = office.recruiter.get(f"/api/export/{made.export_id}/resumes/{resume_id}")
    assert (answer.status_code, answer.data) == (302, b"")
    whole = office.recruiter.get(f"/api/export/{made.export_id}/zip").data
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert PDF + b"0102" in [archive.read(name) for name in archive.namelist()]


def test_an_object_that_was_lost_is_told_and_wanted_again(office: Office) -> None:
    resume_id = office.stored("0103")
    row = verify(office.recruiter, "0103")
    exports = CloudExports(office.person())
    made = exports.ask(ExportRequest(candidate_ids=[UUID(row["candidate_id"])]))
    query = "select resume_storage_path from app.resumes where id = %s"
    office.cloud.services.objects.remove(office.cloud.rows(query, resume_id)[0][0])
    with pytest.raises(CloudError) as refused:
        exports.resume(made.export_id, UUID(resume_id))
    assert refused.value.reason is Reason.RESUME_LOST_IN_STORE
    with pytest.raises(CloudError) as refused:
        StoredResumes(office.person()).open(UUID(resume_id))
    assert refused.value.reason is Reason.RESUME_NOT_IN_CLOUD
