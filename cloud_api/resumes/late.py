"""Uploads that do not get there: what was asked for long ago and is not in the store yet."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.resumes.records import SQL
from cloud_api.resumes.schemas import LateUpload, LateUploads
from protocol.reasons import Reason

_REASONS = {reason.value: reason for reason in Reason}


class LateRow(BaseModel):
    """A late upload as the tables have it; ``total`` is how many there are."""

    model_config = ConfigDict(frozen=True)

    resume_id: UUID
    candidate_external_id: str
    device_name: str
    device_last_seen_at: datetime | None
    first_asked_at: datetime
    asked_at: datetime
    failures: int
    failed_at: datetime | None
    reason: str | None
    being_checked: bool
    total: int

    def view(self) -> LateUpload:
        """Return it as it is shown."""
        fields = self.model_dump(exclude={"reason", "total"})
        return LateUpload(**fields, reason=_REASONS.get(self.reason or ""))


def late(database: Database, principal: Principal, now: datetime, minutes: int, limit: int) -> LateUploads:
    """Return the uploads of the office that were first asked for so many minutes ago or earlier."""
    wanted = {"before": now - timedelta(minutes=minutes), "limit": limit}
    with database.authenticated(principal.claims) as tx:
        rows = tx.all(SQL["late_uploads"], wanted, LateRow)
    return LateUploads(total=rows[0].total if rows else 0, items=[row.view() for row in rows])
