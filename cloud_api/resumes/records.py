"""What the database knows of a resume's cloud copy. The state moves with the effect and never before it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Device, Principal
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import InvalidRequest
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from cloud_api.resumes.keys import object_key
from protocol.reasons import Reason
from protocol.resumes import UploadRequest, UploadStatus

SQL = NamedQueries("cloud_api.resumes", "resumes.sql")


class StoredResume(NamedTuple):
    """A resume of the caller's office.

    Attributes:
        storage_path: the key of the cloud copy; absent until its bytes were hashed there.
    """

    resume_id: UUID
    organisation_id: UUID
    filename: str
    rank_applied_for: str
    candidate_external_id: str
    upload_status: str
    storage_path: str | None
    stored_sha256: str | None

    @property
    def uploaded_key(self) -> str | None:
        """Return the key of the cloud copy, when there is one."""
        return self.storage_path if self.upload_status == UploadStatus.UPLOADED else None

    def key_for(self, request: UploadRequest) -> str:
        """Return the key under which these bytes of the resume belong."""
        return object_key(
            self.organisation_id,
            self.rank_applied_for,
            self.candidate_external_id,
            self.filename,
            request.file_sha256,
        )


class OnItsWay(NamedTuple):
    """How far an upload is: a link was given, or the computer says that the bytes are there."""

    is_told: bool


def by_content(tx: Transaction, request: UploadRequest) -> StoredResume:
    """Return the resume that an upload is about.

    Raises:
        NotFound: the office has no record of it.
    """
    wanted = {
        "candidate_external_id": request.candidate_external_id,
        "content_sha256": request.content_sha256,
    }
    return tx.one(SQL["resume_by_content"], wanted, StoredResume)


def for_upload(tx: Transaction, request: UploadRequest) -> StoredResume:
    """Return the resume that an upload is about, when its bytes have a place of their own.

    A key has the file's digest in part only: one that was made up could be that of another resume's copy,
    which would be removed as not being what was announced.

    Raises:
        NotFound: the office has no record of it.
        InvalidRequest: `upload.checksum-mismatch`.
    """
    resume = by_content(tx, request)
    key = {"resume_id": resume.resume_id, "storage_path": resume.key_for(request)}
    if tx.value(SQL["is_key_of_another"], key):
        raise InvalidRequest(Reason.UPLOAD_CHECKSUM, "file_sha256")
    return resume


def by_id(tx: Transaction, resume_id: UUID) -> StoredResume:
    """Return a resume.

    Raises:
        NotFound: the office has none of this id.
    """
    return tx.one(SQL["resume_by_id"], {"resume_id": resume_id}, StoredResume)


def mark_lost(tx: Transaction, resume: StoredResume) -> None:
    """Say that the cloud copy is gone and is wanted again."""
    tx.run(SQL["mark_lost"], {"resume_id": resume.resume_id})


def on_its_way(tx: Transaction, resume: StoredResume, request: UploadRequest) -> OnItsWay | None:
    """Return how far the upload of these bytes is, if one was asked for."""
    which = {"resume_id": resume.resume_id, "file_sha256": request.file_sha256}
    return tx.maybe(SQL["upload_on_its_way"], which, OnItsWay)


def offer(
    tx: Transaction, principal: Device, resume: StoredResume, request: UploadRequest, check_at: datetime
) -> OnItsWay:
    """Remember that a link is given out, and when to look what came of it at the latest."""
    return tx.one(SQL["offer_upload"], _upload(principal, resume, request) | {"check_at": check_at}, OnItsWay)


def tell(tx: Transaction, principal: Device, resume: StoredResume, request: UploadRequest) -> OnItsWay:
    """Remember that the bytes were put, so that they are looked at now."""
    return tx.one(SQL["tell_upload"], _upload(principal, resume, request), OnItsWay)


def _upload(principal: Device, resume: StoredResume, request: UploadRequest) -> dict[str, object]:
    return {
        "organisation_id": resume.organisation_id,
        "resume_id": resume.resume_id,
        "file_sha256": request.file_sha256,
        "file_length": request.file_length,
        "storage_path": resume.key_for(request),
        "device_id": principal.device_id,
    }


def log_opening(tx: Transaction, principal: Principal, resume: StoredResume) -> None:
    """Write into the audit log who is given a link to this resume."""
    audit.write(tx, principal, Act.RESUME_LINK, Subject("resume", resume.resume_id))
