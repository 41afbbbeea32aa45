"""The dashboard that the whole office shares."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from protocol.candidates import CandidateStatus


class Request(BaseModel):
    """A request names its fields exactly: an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DashboardRow(BaseModel):
    """A verified candidate as the table shows them.

    Attributes:
        next_expiry: the earliest expiry date of a document, today or later; absent when none is known.
        touched_by: who made the last event.
        version: goes back with a change of status or a note.
    """

    candidate_id: UUID
    candidate_external_id: str
    name: str
    present_rank: str
    rank_applied_for: str
    status: CandidateStatus
    mobile_no: str
    email: str
    country: str
    availability: str
    next_expiry: date | None
    notes: str
    touched_by: str
    touched_at: datetime
    version: int
    allowed_statuses: list[CandidateStatus]


class RankCount(BaseModel):
    """How many verified candidates of a rank, outside the Archive and in it."""

    rank_applied_for: str
    active: int
    archived: int


class DashboardData(BaseModel):
    """One page, newest touch first, and the counts beside it."""

    rows: list[DashboardRow]
    next_cursor: str | None = None
    total: int
    to_review: int
    rank_counts: list[RankCount]


class StatusRequest(Request):
    """Set a status. ``event_id`` is made by the caller; ``version`` is the one on screen."""

    event_id: UUID
    candidate_id: UUID
    status: CandidateStatus
    version: int = Field(ge=0, strict=True)
    override_reason: str = Field(default="", max_length=400)


class NoteRequest(Request):
    """Write a note. ``event_id`` is made by the caller; ``version`` is the one on screen."""

    event_id: UUID
    candidate_id: UUID
    note: str = Field(min_length=1, max_length=10_000)
    version: int = Field(ge=0, strict=True)


class DashboardQuery(Request):
    """The filters and the page. An empty filter does not filter.

    Attributes:
        archive: whether the final statuses are shown, or the others; a ``status`` says it by itself.
        q: part of a name, an e-mail address or a note, or digits of a phone number or of the portal's number.
    """

    rank: str = Field(default="", max_length=400)
    status: CandidateStatus | Literal[""] = ""
    archive: bool = False
    q: str = Field(default="", max_length=200)
    country: str = Field(default="", max_length=400)
    cursor: str = Field(default="", max_length=200)
    limit: int = Field(default=50, ge=1, le=200)
