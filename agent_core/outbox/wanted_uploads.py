"""Uploads that somebody of the office asked this computer for: done now, or refused with the reason.

The person who works here decides whether resumes are uploaded: while that is switched off, it is refused.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

import structlog

from agent_core.errors import CloudError, FilesError
from agent_core.outbox.uploader import Uploaded
from agent_core.ports import UploadTask
from protocol.devices import WantedUpload
from protocol.reasons import Reason


class WantedUploads:
    """Takes what the heartbeat brings, on the heartbeat's thread."""

    def __init__(
        self,
        *,
        is_allowed: Callable[[], bool],
        find: Callable[[str, str], UploadTask | None],
        upload: Callable[[UploadTask], Uploaded],
        done: Callable[[UUID], None],
        refuse: Callable[[UUID, Reason], None],
    ) -> None:
        """Keep the parts.

        Args:
            is_allowed: whether resumes are uploaded from this computer.
            find: the newest resume of a person with a content, if this computer stored one for this office.
            upload: brings it into the office's store as far as it goes, or raises.
            done: is told the id of a resume that the office has.
            refuse: tells the office why a command is not done.
        """
        self._is_allowed = is_allowed
        self._find = find
        self._upload = upload
        self._done = done
        self._refuse = refuse

    def take(self, wanted: Sequence[WantedUpload]) -> None:
        """Upload or refuse each; what the cloud does not take now is brought again by the next heartbeat."""
        for upload in wanted:
            try:
                reason = self._one(upload)
                if reason is not None:
                    self._refuse(upload.command_id, reason)
            except CloudError as error:
                structlog.get_logger().info("wanted_upload_waits", reason=error.reason.value)
                return

    def _one(self, wanted: WantedUpload) -> Reason | None:
        if not self._is_allowed():
            return Reason.UPLOAD_SWITCHED_OFF
        task = self._find(wanted.candidate_external_id, wanted.content_sha256)
        if task is None:
            return Reason.UPLOAD_FILE_GONE
        try:
            got = self._upload(task)
        except FilesError:
            return Reason.UPLOAD_FILE_GONE
        if got is Uploaded.DONE:  # else it is brought again, until the office has it
            self._done(task.resume_id)
        return None
