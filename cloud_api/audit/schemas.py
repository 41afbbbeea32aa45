"""The audit log as admins read it."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class AuditFilter(BaseModel):
    """Which entries: by whom, what, about whom, when. What is not said does not filter.

    Attributes:
        candidate_id: entries about this person, and the exports that they are in.
        since: from this moment on.
        until: before this moment.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    user_id: UUID | None = None
    action: str = Field(default="", max_length=60)
    candidate_id: UUID | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class AuditQuery(AuditFilter):
    """Which entries, and which page of them."""

    cursor: str = Field(default="", max_length=200)
    limit: int = Field(default=50, ge=1, le=200)


class AuditEntry(BaseModel):
    """What somebody did. The log has ids; the names beside them are looked up when it is read.

    Attributes:
        user_name: who; empty when a rule of the office did it by itself.
        is_named: false where a computer did it and does not say who was signed in there: then ``user_id`` and
            ``user_name`` are whose computer it is.
        device_name: the computer that did it for them; absent for a browser.
        address: the IP address from which it was asked; empty when it is not known.
        subject_name: of the computer or colleague that it is about.
        candidate_name: whom it is about; empty when they were deleted.
    """

    entry_id: int
    at: AwareDatetime
    user_id: UUID | None
    user_name: str
    is_named: bool
    device_id: UUID | None
    device_name: str
    address: str
    action: str
    subject_type: str
    subject_id: str
    subject_name: str
    candidate_id: UUID | None
    candidate_name: str
    candidate_is_deleted: bool
    details: dict[str, Any]
    trace_id: str


class AuditPage(BaseModel):
    """Newest first."""

    entries: list[AuditEntry]
    next_cursor: str | None = None


class AuditPerson(BaseModel):
    """Somebody whose acts are in the log."""

    user_id: UUID
    name: str


class AuditChoices(BaseModel):
    """What can be filtered by: colleagues by name, and what there are entries of."""

    people: list[AuditPerson]
    actions: list[str]
