"""The office's copy of a resume. Links and uploading are in `protocol.resumes`."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

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
