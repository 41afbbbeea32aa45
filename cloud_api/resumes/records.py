"""What the database knows of a resume's cloud copy. The state moves with the effect and never before it."""

from typing import NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Principal
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from cloud_api.resumes.keys import object_key
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


def by_id(tx: Transaction, resume_id: UUID) -> StoredResume:
    """Return a resume.

    Raises:
        NotFound: the office has none of this id.
    """
    return tx.one(SQL["resume_by_id"], {"resume_id": resume_id}, StoredResume)


def mark_uploaded(tx: Transaction, resume: StoredResume, storage_path: str, sha256: str) -> None:
    """Say that the store holds these bytes; they were hashed there."""
    where = {"resume_id": resume.resume_id, "storage_path": storage_path, "sha256": sha256}
    tx.run(SQL["mark_uploaded"], where)


def mark_not_uploaded(tx: Transaction, resume: StoredResume, status: UploadStatus) -> None:
    """Say that there is no cloud copy: still to come, or failed."""
    tx.run(SQL["mark_not_uploaded"], {"resume_id": resume.resume_id, "upload_status": status.value})


def log_opening(tx: Transaction, principal: Principal, resume: StoredResume) -> None:
    """Write into the audit log who is given a link to this resume."""
    audit.write(tx, principal, Act.RESUME_LINK, Subject("resume", resume.resume_id))
