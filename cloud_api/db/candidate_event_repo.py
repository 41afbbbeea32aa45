"""The candidate-event repository of the specification (12.2), on Postgres.

It takes the place of the old tool's CSV file, with the same six operations. It writes what it is told; what
may be written, and what follows from it, is the ledger's to decide.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from psycopg.types.json import Jsonb

from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from protocol.candidates import CandidateStatus
from protocol.events import EventType

_QUERIES = NamedQueries("cloud_api.db", "candidate_event_repo.sql")


@dataclass(frozen=True)
class CandidateEvent:
    """A row of ``candidate_events`` (specification, 6.1).

    Attributes:
        status: after the event; None while the person is not on the dashboard.
        created_at: when it happened, as the recorder's clock had it.
        recorded_at: when the database got it; set by the database.
    """

    id: UUID
    organisation_id: UUID
    candidate_id: UUID
    event_type: str
    resulting_version: int
    created_by_user_id: UUID
    created_at: datetime
    created_by_device_id: UUID | None = None
    status: str | None = None
    previous_status: str | None = None
    notes: str = ""
    rank_applied_for: str = ""
    search_ship_type: str = ""
    ai_search_prompt: str = ""
    ai_match_reason: str = ""
    filename: str = ""
    resume_id: UUID | None = None
    resume_storage_path: str | None = None
    resume_source: str | None = None
    resume_checksum_sha256: str | None = None
    resume_upload_status: str | None = None
    undoes_event_id: UUID | None = None
    override_reason: str = ""
    expected_version: int | None = None
    call_back_on: date | None = None
    call_back_done: bool = False
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class LatestStatus:
    """How a verified candidate stands."""

    candidate_id: UUID
    candidate_external_id: str
    status: CandidateStatus
    notes: str
    version: int

    def __post_init__(self) -> None:
        """Read the status as the database gives it."""
        object.__setattr__(self, "status", CandidateStatus(self.status))


@dataclass(frozen=True)
class RankCount:
    """How many verified candidates applied for a rank, outside the Archive and in it."""

    rank_applied_for: str
    active: int
    archived: int


class CandidateEventRepository:
    """The six operations, within one transaction and as its caller: row-level security applies."""

    def __init__(self, tx: Transaction) -> None:
        """Work in this transaction."""
        self._tx = tx

    def log_event(self, event: CandidateEvent) -> None:
        """Append an event.

        Raises:
            psycopg.DatabaseError: it does not fit the candidate's state.
        """
        self._tx.run(_QUERIES["log_event"], asdict(event))

    def log_events(self, events: Sequence[CandidateEvent]) -> None:
        """Append several events at once, of different candidates.

        Raises:
            psycopg.DatabaseError: one does not fit its candidate's state; none is appended.
        """
        rows = Jsonb([vars(event) for event in events], dumps=partial(json.dumps, default=str))
        self._tx.run(_QUERIES["log_events"], {"rows": rows})

    def log_status_change(self, event: CandidateEvent) -> None:
        """Append a change of status.

        Raises:
            ValueError: it is another kind of event.
        """
        if event.event_type != EventType.STATUS_CHANGE or event.status is None:
            raise ValueError("not a change of status")
        self.log_event(event)

    def log_note_added(self, event: CandidateEvent) -> None:
        """Append a note.

        Raises:
            ValueError: it is another kind of event.
        """
        if event.event_type != EventType.NOTE_ADDED or not event.notes:
            raise ValueError("not a note")
        self.log_event(event)

    def get_latest_status_per_candidate(self) -> list[LatestStatus]:
        """Return every verified candidate of the office once."""
        return self._tx.all(_QUERIES["latest_status"], {}, LatestStatus)

    def get_candidate_history(self, candidate_id: UUID) -> list[CandidateEvent]:
        """Return a candidate's events, newest first."""
        return self._tx.all(_QUERIES["history"], {"candidate_id": candidate_id}, CandidateEvent)

    def get_rank_counts(self) -> list[RankCount]:
        """Return the counts by rank, by name of the rank."""
        return self._tx.all(_QUERIES["rank_counts"], {}, RankCount)
