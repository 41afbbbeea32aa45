"""Brings one resume's bytes into the office's store, and believes only the store."""

from hashlib import sha256
from pathlib import Path

from agent_core.errors import CloudError, FilesError
from agent_core.ports import Cloud, ResumeFiles, UploadTask
from protocol.reasons import Reason
from protocol.resumes import UploadRequest, UploadStatus


class Uploader:
    """Reads the file, asks for a link, puts the bytes there and has the cloud look at them."""

    def __init__(self, files: ResumeFiles, cloud: Cloud) -> None:
        """Join the download folder to the cloud."""
        self._files = files
        self._cloud = cloud

    def upload(self, task: UploadTask) -> None:
        """Upload one resume; when this returns, the cloud has said that it holds these bytes.

        Raises:
            FilesError: the file is gone, or is not what was recorded.
            CloudError: the cloud or its store refused, or could not be reached.
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
            return
        self._cloud.put(link, data)
        if self._cloud.confirm_upload(request).upload_status is not UploadStatus.UPLOADED:
            raise CloudError(Reason.UPLOAD_MISSING)
