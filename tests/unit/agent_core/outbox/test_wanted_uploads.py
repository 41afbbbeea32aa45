"""What a colleague asks this computer for is uploaded, or refused with the reason."""

from uuid import UUID, uuid4

from agent_core.errors import CloudError, FilesError
from agent_core.outbox.uploader import Uploaded
from agent_core.outbox.wanted_uploads import WantedUploads
from agent_core.ports import UploadTask
from agent_core.store.resumes import payload_of
from protocol.devices import WantedUpload
from protocol.reasons import Reason
from tests.support.agent import new_resume
from tests.support.exports import digest


class Desk:
    """A computer with one resume, and what it told the office."""

    def __init__(self) -> None:
        self.allowed = True
        self.breaks: Exception | None = None
        self.gets = Uploaded.DONE
        self.uploaded: list[UUID] = []
        self.done: list[UUID] = []
        self.refused: list[tuple[UUID, Reason]] = []
        self.task = UploadTask(
            uuid4(), payload_of(uuid4(), new_resume()), "/resumes", "Master/Master_0042.pdf"
        )
        self.wanted = WantedUploads(
            is_allowed=lambda: self.allowed,
            find=lambda number, _: self.task if number == "0042" else None,
            upload=self._upload,
            done=self.done.append,
            refuse=lambda *refusal: self.refused.append(refusal),
        )

    def _upload(self, task: UploadTask) -> Uploaded:
        if self.breaks is not None:
            raise self.breaks
        self.uploaded.append(task.resume_id)
        return self.gets


def wish(number: str = "0042") -> WantedUpload:
    return WantedUpload(command_id=uuid4(), candidate_external_id=number, content_sha256=digest("a resume"))


def test_it_is_uploaded_and_waits_no_more() -> None:
    desk = Desk()
    desk.wanted.take([wish()])
    assert desk.uploaded == desk.done == [desk.task.resume_id]
    assert desk.refused == []


def test_what_the_office_still_compares_is_not_done() -> None:
    desk = Desk()
    for desk.gets in (Uploaded.PUT, Uploaded.BEING_CHECKED):
        desk.wanted.take([wish()])
    assert (desk.done, desk.refused) == ([], [])


def test_the_persons_switch_rules() -> None:
    desk, wanted = Desk(), wish()
    desk.allowed = False
    desk.wanted.take([wanted])
    assert desk.refused == [(wanted.command_id, Reason.UPLOAD_SWITCHED_OFF)]
    assert desk.uploaded == []


def test_a_file_that_is_gone_is_told_and_the_next_one_goes_on() -> None:
    desk, gone = Desk(), wish("0043")
    desk.wanted.take([gone, wish()])
    assert desk.refused == [(gone.command_id, Reason.UPLOAD_FILE_GONE)]
    assert desk.uploaded == [desk.task.resume_id]
    changed = wish()
    desk.breaks = FilesError(Reason.UPLOAD_FILE_GONE, "changed")
    desk.wanted.take([changed])
    assert desk.refused[-1] == (changed.command_id, Reason.UPLOAD_FILE_GONE)


def test_a_cloud_that_does_not_take_it_is_asked_again_later() -> None:
    desk = Desk()
    desk.breaks = CloudError(Reason.STORE_UNAVAILABLE)
    desk.wanted.take([wish(), wish()])
    assert desk.refused == []
    assert desk.done == []
