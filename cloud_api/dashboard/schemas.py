"""The dashboard that the whole office shares."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from protocol.candidates import CandidateStatus
from protocol.exports import CandidateFilter


class Request(BaseModel):
    """A request names its fields exactly: an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DashboardRow(BaseModel):
    """A verified candidate as the table shows them.

    Attributes:
        next_expiry: the earliest expiry date of a document, today or later; absent when none is known.
        call_back_on: when somebody wants to call the person back; whether it is the reader who does.
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
    call_back_on: date | None
    call_back_is_mine: bool
    touched_by: str
    touched_at: datetime
    version: int
    allowed_statuses: list[CandidateStatus]


class RankCount(BaseModel):
    """How many verified candidates of a rank, outside the Archive and in it."""

    rank_applied_for: str
    active: int
    archived: int


class DashboardCounts(BaseModel):
    """The counts beside a list, and how new they are.

    Attributes:
        seq: the number of the newest change that the answer has for certain; newer ones may be in it too.
        total: how many people the filters let through.
        to_review: how many people wait under Review; 1001 when it is more than 1000.
        my_call_backs: people whom the reader wants to call back; ``call_backs_due`` of them today or before.
    """

    seq: int
    total: int
    to_review: int
    my_call_backs: int
    call_backs_due: int
    rank_counts: list[RankCount]


class DashboardData(DashboardCounts):
    """One page, newest touch first, and the counts beside it."""

    rows: list[DashboardRow]
    next_cursor: str | None = None


class DashboardChanges(DashboardCounts):
    """Who was changed after a number, by anybody of the office.

    Attributes:
        rows: changed people whom the filters let through, as they are now.
        gone: changed people whom they do not, or do not any more.
        too_many: more than can be told; the list is to be read anew. ``rows`` and ``gone`` are empty then.
    """

    rows: list[DashboardRow]
    gone: list[UUID]
    too_many: bool = False


class ChangeNotice(BaseModel):
    """What the stream of changes says: the number of the office's newest change."""

    seq: int


class StatusRequest(Request):
    """Set a status. ``event_id`` is made by the caller; ``version`` is the one on screen."""

    event_id: UUID
    candidate_id: UUID
    status: CandidateStatus
    version: int = Field(ge=0, strict=True)
    override_reason: str = Field(default="", max_length=400)


class NoteRequest(Request):
    """Write a note. ``event_id`` is made by the caller; ``version`` is the one on screen.

    Attributes:
        call_back_on: the writer wants to call the person back on this day.
        call_back_done: nobody needs to call back any more. With neither, a call-back stays as it is.
    """

    event_id: UUID
    candidate_id: UUID
    note: str = Field(min_length=1, max_length=10_000)
    version: int = Field(ge=0, strict=True)
    call_back_on: date | None = None
    call_back_done: bool = False

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> "NoteRequest":
        if self.call_back_on is not None and self.call_back_done:
            raise ValueError("either call_back_on or call_back_done")
        return self


class DashboardQuery(CandidateFilter):
    """The filters, which an export has too, and the page.

    Attributes:
        today: the day where the reader is; it decides which call-backs are due.
    """

    today: date | None = None
    cursor: str = Field(default="", max_length=200)
    limit: int = Field(default=50, ge=1, le=200)


class ChangesQuery(CandidateFilter):
    """The filters of the list that is on screen, and the number that its rows have for certain."""

    today: date | None = None
    after: int = Field(ge=0, le=2**62)
