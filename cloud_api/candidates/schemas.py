"""Review, the candidate panel and the history."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from protocol.candidates import CandidateStatus
from protocol.events import EventType
from protocol.facts import ResumeFacts
from protocol.resumes import UploadStatus


class Request(BaseModel):
    """A request names its fields exactly: an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ReviewState(StrEnum):
    """Whether somebody has looked at the newest resume of a person."""

    TO_REVIEW = "to_review"
    VERIFIED = "verified"
    PASSED = "passed"


class ReviewItem(BaseModel):
    """A downloaded resume that nobody has looked at.

    Attributes:
        already_known: the office has verified this person before; this resume is a newer one.
        strongest_fact: one line that tells most about the person, such as the last ship.
    """

    candidate_id: UUID
    resume_id: UUID
    candidate_external_id: str
    name: str
    present_rank: str
    rank_applied_for: str
    search_ship_type: str
    availability: str
    country: str
    strongest_fact: str
    already_known: bool
    upload_status: UploadStatus
    downloaded_at: datetime
    downloaded_by: str
    device_id: UUID | None
    content_sha256: str


class ReviewPage(BaseModel):
    """Oldest first; ``total`` counts all that wait."""

    items: list[ReviewItem]
    next_cursor: str | None = None
    total: int


class ReviewDecision(Request):
    """One resume, and the id of the event that deciding on it makes: sent twice counts once."""

    event_id: UUID
    resume_id: UUID


class ReviewRequest(Request):
    """One or many decisions of the same kind."""

    items: list[ReviewDecision] = Field(min_length=1, max_length=200)


class UndoRequest(Request):
    """Which event is taken back."""

    event_id: UUID
    undoes_event_id: UUID


class ResumeView(BaseModel):
    """A resume of a candidate, newest first in the panel."""

    resume_id: UUID
    filename: str
    content_sha256: str
    file_sha256: str
    rank_applied_for: str
    search_ship_type: str
    upload_status: UploadStatus
    downloaded_at: datetime
    device_id: UUID | None
    facts: ResumeFacts


class CandidatePanel(BaseModel):
    """Everything that the panel shows of a person. ``version`` goes back with a change.

    ``call_back_by`` names who wants to call the person back on ``call_back_on``.
    """

    candidate_id: UUID
    candidate_external_id: str
    name: str
    present_rank: str
    rank_applied_for: str
    email: str
    country: str
    mobile_no: str
    date_of_birth: date | None
    availability: str
    status: CandidateStatus | None
    review_state: ReviewState
    notes: str
    call_back_on: date | None
    call_back_by: str
    version: int
    allowed_statuses: list[CandidateStatus]
    resumes: list[ResumeView]


class HistoryEntry(BaseModel):
    """One event: who did what, when. ``undone_by_event_id`` names the event that took it back."""

    event_id: UUID
    event_type: EventType
    status: CandidateStatus | None
    notes: str
    call_back_on: date | None
    filename: str
    by_name: str
    by_device: str
    created_at: datetime
    undone_by_event_id: UUID | None = None
    undoable: bool = False


class History(BaseModel):
    """Newest first."""

    entries: list[HistoryEntry]


class FoundCandidate(BaseModel):
    """A hit of the search for anyone."""

    candidate_id: UUID
    candidate_external_id: str
    name: str
    present_rank: str
    status: CandidateStatus | None
    review_state: ReviewState


class FoundCandidates(BaseModel):
    """At most twenty hits, best first."""

    candidates: list[FoundCandidate]


class ReviewQuery(Request):
    """Which page of the Review list; an empty ``rank`` is every rank."""

    cursor: str = Field(default="", max_length=200)
    limit: int = Field(default=50, ge=1, le=200)
    rank: str = Field(default="", max_length=400)


class FindQuery(Request):
    """Part of a name, the last digits of a phone number, or the portal's number of a person."""

    q: str = Field(min_length=1, max_length=200)
