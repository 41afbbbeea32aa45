"""How the bytes of a resume get from a computer into the office's store."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from protocol.wire import CandidateExternalId, Sha256, Wire


class ResumeSource(StrEnum):
    """Where a resume's bytes are (specification, 7.2)."""

    LOCAL_ONLY = "local_only"
    CLOUD_SYNCED = "cloud_synced"
    CLOUD_ONLY = "cloud_only"


class UploadStatus(StrEnum):
    """How far the cloud copy is (specification, 13, phase 6)."""

    PENDING = "pending"
    UPLOADED = "uploaded"
    FAILED = "failed"


class UploadRequest(Wire):
    """Which resume the computer wants to upload, and which bytes."""

    candidate_external_id: CandidateExternalId
    content_sha256: Sha256
    file_sha256: Sha256
    file_length: int = Field(gt=0)


class UploadLink(Wire):
    """Where to put the bytes with one request; or that they are there already.

    Attributes:
        being_checked: bytes arrived and are compared with what was announced; ask again for what came of it.
    """

    already_stored: bool = False
    being_checked: bool = False
    url: str = ""
    method: str = "PUT"
    headers: dict[str, str] = Field(default_factory=dict)
    expires_at: AwareDatetime | None = None


class ResumeLink(Wire):
    """A link to a resume's bytes, good for a minute at most; handing it out is in the audit log.

    Attributes:
        file_sha256: what the bytes were when they were uploaded.
    """

    url: str
    filename: str
    file_sha256: Sha256
    expires_at: AwareDatetime


class UploadConfirmed(Wire):
    """What the cloud knows of the upload: `pending` until it has read back what the store holds."""

    upload_status: UploadStatus
