"""Looking at one person: the panel, the history, and the search for anyone."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.candidates.schemas import (
    CandidatePanel,
    FoundCandidate,
    FoundCandidates,
    History,
    HistoryEntry,
    ResumeView,
    ReviewState,
)
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.search_text import search_text
from protocol.candidates import CandidateStatus, next_statuses
from protocol.events import EventType

_SQL = NamedQueries("cloud_api.candidates", "candidates.sql")
_DECISIONS = frozenset(
    {
        EventType.INITIAL_VERIFICATION,
        EventType.REVIEW_PASSED,
        EventType.STATUS_CHANGE,
        EventType.NOTE_ADDED,
    }
)


class PanelRow(BaseModel):
    """A candidate's current state."""

    model_config = ConfigDict(frozen=True)

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


class HistoryRow(BaseModel):
    """An event as the tables have it, and what the caller is to it."""

    model_config = ConfigDict(frozen=True)

    event_id: UUID
    event_type: EventType
    status: CandidateStatus | None
    notes: str
    call_back_on: date | None
    filename: str
    by_name: str
    by_device: str
    created_at: datetime
    undone_by_event_id: UUID | None
    own: bool
    recent: bool

    @property
    def still_holds(self) -> bool:
        """Whether this is a decision of somebody that nobody took back."""
        return self.event_type in _DECISIONS and self.undone_by_event_id is None

    def view(self, *, undoable: bool) -> HistoryEntry:
        """Return it as people see it."""
        return HistoryEntry(**self.model_dump(exclude={"own", "recent"}), undoable=undoable)


def panel(database: Database, principal: Principal, candidate_id: UUID) -> CandidatePanel:
    """Return everything that the panel shows of a person.

    Raises:
        NotFound: there is no such person in the office.
    """
    person = {"candidate_id": candidate_id}
    with database.authenticated(principal.claims) as tx:
        row = tx.one(_SQL["panel"], person, PanelRow)
        resumes = tx.all(_SQL["resumes"], person, ResumeView)
    return CandidatePanel(**row.model_dump(), allowed_statuses=next_statuses(row.status), resumes=resumes)


def history(database: Database, principal: Principal, candidate_id: UUID) -> History:
    """Return who did what and when, newest first.

    Raises:
        NotFound: there is no such person in the office.
    """
    person = {"candidate_id": candidate_id}
    with database.authenticated(principal.claims) as tx:
        tx.one(_SQL["panel"], person, PanelRow)
        rows = tx.all(_SQL["history"], person, HistoryRow)
    return History(entries=entries(rows))


def entries(rows: Sequence[HistoryRow]) -> list[HistoryEntry]:
    """Return events, newest first, as people see them.

    The newest decision that still holds can be taken back, by the person who made it, for ten minutes; the
    ledger has the last word.
    """
    newest = next((row.event_id for row in rows if row.still_holds), None)
    return [row.view(undoable=row.event_id == newest and row.own and row.recent) for row in rows]


def find(database: Database, principal: Principal, typed: str) -> FoundCandidates:
    """Return at most twenty people whose name, phone number or number on the portal has this in it."""
    text = search_text(typed)
    if not text:
        return FoundCandidates(candidates=[])
    with database.authenticated(principal.claims) as tx:
        return FoundCandidates(candidates=tx.all(_SQL["find"], {"q": text}, FoundCandidate))
