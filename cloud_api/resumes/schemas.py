"""The office's copy of a resume. Links and uploading are in `protocol.resumes`."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from protocol.reasons import Reason


class CopyState(StrEnum):
    """Whether the office has a copy, and if not, whether one was asked for."""

    STORED = "stored"
    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    REFUSED = "refused"
    EXPIRED = "expired"


class CloudCopy(BaseModel):
    """The office's copy of a resume, or the wish for one.

    Attributes:
        device_name: the computer that downloaded it; empty when it is not known.
        device_last_seen_at: when that computer was last heard of.
        reason: why the computer refused, or why it cannot be asked.
    """

    state: CopyState
    device_name: str = ""
    device_last_seen_at: datetime | None = None
    asked_by: str = ""
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    reason: Reason | None = None


class LateQuery(BaseModel):
    """Since how many minutes an upload has been on its way, and how many are wanted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: int = Field(default=60, ge=0, le=60 * 24 * 366)
    limit: int = Field(default=100, ge=1, le=500)


class LateUpload(BaseModel):
    """A resume that its computer was to upload and that is not in the store yet.

    Attributes:
        first_asked_at: since when.
        asked_at: when its computer came for a link last.
        failures: how often something else arrived, or nothing did.
        reason: of the last failure, or why the store could not be looked at.
        being_checked: the computer says that it put the bytes; they were not looked at yet.
    """

    resume_id: UUID
    candidate_external_id: str
    device_name: str
    device_last_seen_at: datetime | None
    first_asked_at: datetime
    asked_at: datetime
    failures: int
    failed_at: datetime | None
    reason: Reason | None
    being_checked: bool


class LateUploads(BaseModel):
    """The late uploads of an office, the latest first; ``total`` counts those beyond the limit too."""

    total: int
    items: list[LateUpload]
