"""Brings one resume's bytes into the office's store, and believes only the store."""

from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from agent_core.errors import CloudError, FilesError
from agent_core.outbox.retry import MAX_ATTEMPTS
from agent_core.ports import Cloud, ResumeFiles, UploadTask
from protocol.reasons import Reason
from protocol.resumes import UploadRequest, UploadStatus


class Uploaded(StrEnum):
    """How far an upload got: done, or put and not compared yet, by this try or an earlier one."""

    DONE = "done"
    PUT = "put"
    BEING_CHECKED = "being-checked"


class Uploader:
    """Reads the file, asks for a link, puts the bytes there, and tells the cloud, which compares them."""

    def __init__(self, files: ResumeFiles, cloud: Cloud) -> None:
        """Join the download folder to the cloud."""
        self._files = files
        self._cloud = cloud

    def upload(self, task: UploadTask) -> Uploaded:
        """Upload one resume as far as it goes now. Whoever hears that it is not done asks again later.

        Raises:
            FilesError: the file is gone, or is not what was recorded.
            CloudError: the cloud or its store refused, or could not be reached; or the bytes were put often
                enough and never arrived.
        """
        data = self._files.read(Path(task.folder), task.relative_path)
        if sha256(data).hexdigest() != task.payload.file_sha256:
            raise FilesError(Reason.UPLOAD_FILE_GONE, "changed")
        request = UploadRequest(
            candidate_external_id=task.payload.candidate_external_id,
            content_sha256=task.payload.content_sha256,
            file_sha256=task.payload.file_sha256,
            file_length=task.payload.file_length,
        )
        link = self._cloud.upload_link(request)
        if link.already_stored:
            return Uploaded.DONE
        if link.being_checked:
            return Uploaded.BEING_CHECKED
        if task.attempts >= MAX_ATTEMPTS:
            raise CloudError(Reason.UPLOAD_MISSING, "put often enough")
        self._cloud.put(link, data)
        return _after(self._cloud.confirm_upload(request).upload_status)


def _after(status: UploadStatus) -> Uploaded:
    if status is UploadStatus.FAILED:
        raise CloudError(Reason.UPLOAD_MISSING)
    return Uploaded.DONE if status is UploadStatus.UPLOADED else Uploaded.PUT
