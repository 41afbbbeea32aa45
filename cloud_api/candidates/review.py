"""Review: the resumes that nobody has looked at, and what people decide on them, one or many at a time."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.candidates.facts_line import strongest_fact
from cloud_api.candidates.schemas import (
    ReviewDecision,
    ReviewItem,
    ReviewPage,
    ReviewQuery,
    ReviewRequest,
    UndoRequest,
)
from cloud_api.db.keyset import Position, decode, encode
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.ledger.record import record, record_all
from protocol.events import (
    Event,
    InitialVerification,
    InitialVerificationEvent,
    ReviewPassed,
    ReviewPassedEvent,
    Undo,
    UndoEvent,
)
from protocol.facts import ResumeFacts
from protocol.ingest import IngestResult, Verdict, VerdictKind
from protocol.reasons import Reason
from protocol.resumes import UploadStatus

_SQL = NamedQueries("cloud_api.candidates", "candidates.sql")
Clock = Callable[[], datetime]


class ReviewRow(BaseModel):
    """A resume to review as the tables have it."""

    model_config = ConfigDict(frozen=True)

    candidate_id: UUID
    resume_id: UUID
    candidate_external_id: str
    name: str
    present_rank: str
    rank_applied_for: str
    search_ship_type: str
    availability: str
    country: str
    facts: ResumeFacts
    already_known: bool
    upload_status: UploadStatus
    downloaded_at: datetime
    downloaded_by: str
    device_id: UUID | None
    content_sha256: str

    def view(self) -> ReviewItem:
        """Return it as the list shows it."""
        return ReviewItem(**self.model_dump(exclude={"facts"}), strongest_fact=strongest_fact(self.facts))


class ResumeRef(NamedTuple):
    """What an event names a resume by."""

    resume_id: UUID
    candidate_external_id: str
    content_sha256: str


class _Total(NamedTuple):
    total: int


def page(database: Database, principal: Principal, query: ReviewQuery) -> ReviewPage:
    """Return a page of what waits for review, oldest first, and how many wait in all."""
    after = decode(query.cursor)
    parameters = {
        "rank": query.rank,
        "after_at": after and after.moment,
        "after_id": after and after.row_id,
        "limit": query.limit + 1,
    }
    with database.authenticated(principal.claims) as tx:
        rows = tx.all(_SQL["review_page"], parameters, ReviewRow)
        total = tx.one(_SQL["review_total"], {"rank": query.rank}, _Total).total
    shown = rows[: query.limit]
    more = len(rows) > query.limit
    return ReviewPage(
        items=[row.view() for row in shown],
        next_cursor=encode(Position(shown[-1].downloaded_at, shown[-1].candidate_id)) if more else None,
        total=total,
    )


def verify(database: Database, principal: Principal, request: ReviewRequest, clock: Clock) -> IngestResult:
    """Put the people of these resumes on the dashboard: one event and one verdict each."""

    def event(event_id: UUID, resume: ResumeRef) -> Event:
        payload = InitialVerification(
            candidate_external_id=resume.candidate_external_id, content_sha256=resume.content_sha256
        )
        return InitialVerificationEvent(event_id=event_id, occurred_at=clock(), payload=payload)

    return _decide(database, principal, request, event)


def pass_over(database: Database, principal: Principal, request: ReviewRequest, clock: Clock) -> IngestResult:
    """Leave the people of these resumes off the dashboard: one event and one verdict each."""

    def event(event_id: UUID, resume: ResumeRef) -> Event:
        payload = ReviewPassed(
            candidate_external_id=resume.candidate_external_id, content_sha256=resume.content_sha256
        )
        return ReviewPassedEvent(event_id=event_id, occurred_at=clock(), payload=payload)

    return _decide(database, principal, request, event)


def undo(database: Database, principal: Principal, request: UndoRequest, clock: Clock) -> IngestResult:
    """Take an event of one's own back, by an event that names it."""
    payload = Undo(undoes_event_id=request.undoes_event_id)
    event = UndoEvent(event_id=request.event_id, occurred_at=clock(), payload=payload)
    with database.authenticated(principal.claims) as tx:
        return IngestResult(verdicts=(record(tx, principal, event),))


def _decide(
    database: Database,
    principal: Principal,
    request: ReviewRequest,
    event: Callable[[UUID, ResumeRef], Event],
) -> IngestResult:
    wanted = {"resume_ids": [item.resume_id for item in request.items]}
    with database.authenticated(principal.claims) as tx:
        resumes = {row.resume_id: row for row in tx.all(_SQL["resumes_by_id"], wanted, ResumeRef)}
        known = [item for item in request.items if item.resume_id in resumes]
        events = [event(item.event_id, resumes[item.resume_id]) for item in known]
        verdicts = iter(record_all(tx, principal, events))
    return IngestResult(
        verdicts=tuple(
            next(verdicts) if item.resume_id in resumes else _unknown(item) for item in request.items
        )
    )


def _unknown(item: ReviewDecision) -> Verdict:
    return Verdict(
        event_id=str(item.event_id),
        verdict=VerdictKind.REJECTED,
        reason=Reason.REQUEST_NOT_FOUND,
        detail="resume_id",
    )
