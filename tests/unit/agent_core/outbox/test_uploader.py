"""Only the store's own word counts as uploaded."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import CloudError, FilesError
from agent_core.files.folder import LocalResumeFiles
from agent_core.outbox.retry import MAX_ATTEMPTS
from agent_core.outbox.uploader import Uploaded, Uploader
from agent_core.ports import UploadTask
from agent_core.store.resumes import payload_of
from protocol.events import Event
from protocol.ingest import Verdict
from protocol.reasons import Reason
from protocol.resumes import UploadConfirmed, UploadLink, UploadRequest, UploadStatus
from tests.support.agent import new_resume


class OneObject:
    """A cloud with room for one object. Implements `ports.Cloud`."""

    def __init__(self, stored: bytes | None = None) -> None:
        self.stored = stored
        self.puts = 0
        self.damages = False
        self.looks_later = False
        self.is_looking = False

    def send(self, events: Sequence[Event]) -> Sequence[Verdict]:
        return []

    def upload_link(self, request: UploadRequest) -> UploadLink:
        if self.is_looking:
            return UploadLink(being_checked=True)
        there = self.stored is not None and sha256(self.stored).hexdigest() == request.file_sha256
        return UploadLink(already_stored=there, url="" if there else "http://127.0.0.1/put")

    def put(self, link: UploadLink, data: bytes) -> None:
        self.puts += 1
        self.stored = data[:-1] if self.damages else data

    def confirm_upload(self, request: UploadRequest) -> UploadConfirmed:
        if self.looks_later:
            self.is_looking = True
            return UploadConfirmed(upload_status=UploadStatus.PENDING)
        there = self.upload_link(request).already_stored
        return UploadConfirmed(upload_status=UploadStatus.UPLOADED if there else UploadStatus.FAILED)


def task(folder: Path) -> UploadTask:
    resume = new_resume(content="a resume", folder=str(folder))
    file = folder / resume.file.relative_path
    file.parent.mkdir()
    file.write_bytes(b"a resume")
    return UploadTask(uuid4(), payload_of(uuid4(), resume), str(folder), resume.file.relative_path)


def test_the_bytes_arrive_and_are_confirmed(tmp_path: Path) -> None:
    cloud = OneObject()
    assert Uploader(LocalResumeFiles(), cloud).upload(task(tmp_path)) is Uploaded.DONE
    assert (cloud.stored, cloud.puts) == (b"a resume", 1)


def test_what_is_there_is_not_sent_again(tmp_path: Path) -> None:
    cloud = OneObject(b"a resume")
    assert Uploader(LocalResumeFiles(), cloud).upload(task(tmp_path)) is Uploaded.DONE
    assert cloud.puts == 0


def test_defect_9_bytes_that_the_store_does_not_confirm_are_not_uploaded(tmp_path: Path) -> None:
    cloud = OneObject()
    cloud.damages = True
    with pytest.raises(CloudError) as caught:
        Uploader(LocalResumeFiles(), cloud).upload(task(tmp_path))
    assert caught.value.reason is Reason.UPLOAD_MISSING


def test_a_changed_file_is_never_sent(tmp_path: Path) -> None:
    cloud, changed = OneObject(), task(tmp_path)
    (tmp_path / changed.relative_path).write_bytes(b"a forgery")
    with pytest.raises(FilesError) as caught:
        Uploader(LocalResumeFiles(), cloud).upload(changed)
    assert caught.value.reason is Reason.UPLOAD_FILE_GONE
    assert cloud.puts == 0


def test_what_the_cloud_compares_later_is_put_once_and_then_asked_for(tmp_path: Path) -> None:
    cloud, waiting = OneObject(), task(tmp_path)
    cloud.looks_later = True
    uploader = Uploader(LocalResumeFiles(), cloud)
    assert uploader.upload(waiting) is Uploaded.PUT
    assert uploader.upload(waiting) is Uploaded.BEING_CHECKED
    cloud.is_looking = False
    assert uploader.upload(waiting) is Uploaded.DONE
    assert cloud.puts == 1


def test_bytes_that_were_put_often_enough_and_never_arrived_are_not_put_again(tmp_path: Path) -> None:
    cloud, waiting = OneObject(), replace(task(tmp_path), attempts=MAX_ATTEMPTS)
    with pytest.raises(CloudError) as caught:
        Uploader(LocalResumeFiles(), cloud).upload(waiting)
    assert (caught.value.reason, cloud.puts) == (Reason.UPLOAD_MISSING, 0)
    cloud.stored = b"a resume"
    assert Uploader(LocalResumeFiles(), cloud).upload(waiting) is Uploaded.DONE
