"""A resume that only a computer has: asking that its agent upload it now, and how that stands."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import Conflict
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from cloud_api.resumes import records
from cloud_api.resumes.object_store import ObjectStore
from cloud_api.resumes.records import SQL
from cloud_api.resumes.schemas import CloudCopy, CopyState
from protocol.reasons import Reason
from protocol.resumes import UploadStatus

_REASONS = {reason.value: reason for reason in Reason}


class CopyRow(BaseModel):
    """Where a resume is, and the newest wish for a copy, as the tables have them."""

    model_config = ConfigDict(frozen=True)

    organisation_id: UUID
    device_id: UUID | None
    upload_status: UploadStatus
    storage_path: str | None
    device_name: str
    device_last_seen_at: datetime | None
    device_status: str
    wish_state: str | None
    wish_reason: str | None
    asked_at: datetime | None
    expires_at: datetime | None
    is_expired: bool | None
    asked_by: str

    def view(self, is_stored: bool) -> CloudCopy:
        """Return it as the panel shows it."""
        state, reason = self._state(is_stored)
        return CloudCopy(
            state=state,
            device_name=self.device_name,
            device_last_seen_at=self.device_last_seen_at,
            asked_by=self.asked_by,
            asked_at=self.asked_at,
            expires_at=self.expires_at,
            reason=reason,
        )

    def _state(self, is_stored: bool) -> tuple[CopyState, Reason | None]:
        if is_stored:
            return CopyState.STORED, None
        if self.device_status != "active":
            return CopyState.NOT_ASKED, Reason.UPLOAD_COMPUTER_GONE
        if self.wish_state is None:
            return CopyState.NOT_ASKED, None
        if self.wish_state == "refused":
            return CopyState.REFUSED, _REASONS.get(self.wish_reason or "", Reason.UPLOAD_FILE_GONE)
        return (CopyState.EXPIRED if self.is_expired else CopyState.WAITING), None


def look(database: Database, store: ObjectStore, principal: Principal, resume_id: UUID) -> CloudCopy:
    """Return whether the office has a copy of a resume, or how the wish for one stands.

    Raises:
        NotFound: the office has no such resume.
    """
    with database.authenticated(principal.claims) as tx:
        row = _row(tx, resume_id)
    return row.view(_is_stored(store, row))


def ask(database: Database, store: ObjectStore, principal: Principal, resume_id: UUID) -> CloudCopy:
    """Have the computer that has a resume upload it when it reports next. Twice is as good as once.

    Raises:
        NotFound: the office has no such resume.
        Conflict: `upload.computer-disconnected`: nobody can be asked.
    """
    with database.authenticated(principal.claims) as tx:
        row = _row(tx, resume_id)
    now = row.view(_is_stored(store, row))
    if now.state in (CopyState.STORED, CopyState.WAITING):
        return now
    if now.reason is Reason.UPLOAD_COMPUTER_GONE:
        raise Conflict(Reason.UPLOAD_COMPUTER_GONE)
    wish = {
        "organisation_id": row.organisation_id,
        "device_id": row.device_id,
        "resume_id": resume_id,
        "user_id": principal.user_id,
    }
    with database.authenticated(principal.claims) as tx:
        if row.upload_status is UploadStatus.UPLOADED:  # it was, and its object is lost
            records.mark_lost(tx, records.by_id(tx, resume_id))
        tx.run(SQL["ask_for_upload"], wish)
        audit.write(tx, principal, Act.RESUME_UPLOAD_ASKED, Subject("resume", resume_id))
        return _row(tx, resume_id).view(is_stored=False)


def _row(tx: Transaction, resume_id: UUID) -> CopyRow:
    return tx.one(SQL["cloud_copy"], {"resume_id": resume_id}, CopyRow)


def _is_stored(store: ObjectStore, row: CopyRow) -> bool:
    is_uploaded = row.upload_status is UploadStatus.UPLOADED and row.storage_path is not None
    return is_uploaded and store.exists(row.storage_path or "")
