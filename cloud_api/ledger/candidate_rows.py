"""The rows of a candidate: locked, read as a `CandidateState`, and written back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger.decide import Refusal
from cloud_api.ledger.state import CandidateState, Contact, Happened, contact_of
from protocol.candidates import CandidateStatus
from protocol.events import EventType
from protocol.facts import ResumeFacts
from protocol.reasons import Reason

SQL = NamedQueries("cloud_api.ledger", "ledger.sql")


@dataclass(frozen=True)
class Candidate:
    """A candidate whose row is locked until the transaction ends; ``now`` is the database's."""

    candidate_id: UUID
    state: CandidateState
    now: datetime


@dataclass(frozen=True)
class ResumeRow:
    """What an event repeats of a resume."""

    id: UUID
    filename: str
    rank_applied_for: str
    search_ship_type: str
    resume_storage_path: str | None
    resume_source: str
    resume_checksum_sha256: str | None
    resume_upload_status: str

    @property
    def upload_wanted(self) -> bool:
        """Whether the store does not have the bytes yet."""
        return self.resume_upload_status != "uploaded"


@dataclass(frozen=True)
class _Made:
    erased_at: datetime | None


@dataclass(frozen=True)
class _Locked:
    candidate_external_id: str
    candidate_id: UUID


@dataclass(frozen=True)
class _StateRow:
    candidate_id: UUID
    status: str | None
    notes: str
    call_back_on: date | None
    call_back_user_id: UUID | None
    verified_at: datetime | None
    version: int
    last_event_id: UUID | None
    latest_decision_id: UUID | None
    latest_resume_id: UUID | None
    downloaded_at: datetime | None
    touched_by_user_id: UUID | None
    touched_by_device_id: UUID | None
    touched_at: datetime | None
    name: str
    present_rank: str
    rank_applied_for: str
    search_ship_type: str
    email: str
    country: str
    mobile_no: str
    availability: str
    date_of_birth: date | None
    expiry_dates: list[date]
    now: datetime
    reviews: dict[str, str]

    def state(self) -> CandidateState:
        values = vars(self)
        contact = {name: values[name] for name in Contact.__dataclass_fields__}
        shared = {name: values[name] for name in CandidateState.__dataclass_fields__ if name in values}
        return CandidateState(
            **shared
            | {
                "status": None if self.status is None else CandidateStatus(self.status),
                "contact": Contact(**contact | {"expiry_dates": tuple(self.expiry_dates)}),
                "reviews": MappingProxyType({UUID(key): value for key, value in self.reviews.items()}),
            }
        )


@dataclass(frozen=True)
class _HappenedRow:
    event_id: UUID
    event_type: str
    user_id: UUID
    at: datetime
    recorded_at: datetime
    device_id: UUID | None
    status: str | None
    note: str
    call_back_on: date | None
    call_back_done: bool
    resume_id: UUID | None
    undoes_event_id: UUID | None
    facts: dict[str, Any] | None
    rank_applied_for: str
    search_ship_type: str

    def event(self) -> Happened:
        contact = Contact()
        if self.facts is not None:
            facts = ResumeFacts.model_validate(self.facts)
            contact = contact_of(facts, self.rank_applied_for, self.search_ship_type)
        return Happened(
            event_id=self.event_id,
            event_type=EventType(self.event_type),
            user_id=self.user_id,
            at=self.at,
            recorded_at=self.recorded_at,
            device_id=self.device_id,
            status=None if self.status is None else CandidateStatus(self.status),
            note=self.note,
            call_back_on=self.call_back_on,
            call_back_done=self.call_back_done,
            resume_id=self.resume_id,
            contact=contact,
            undoes_event_id=self.undoes_event_id,
        )


def lock_known(tx: Transaction, organisation_id: UUID, candidate_external_id: str) -> Candidate:
    """Lock and read a candidate by the portal's number.

    Raises:
        Refusal: `ingest.unknown-candidate`.
    """
    params = {"organisation_id": organisation_id, "candidate_external_id": candidate_external_id}
    candidate_id = tx.value(SQL["lock_by_external_id"], params)
    if candidate_id is None:
        raise Refusal(Reason.INGEST_UNKNOWN_CANDIDATE, "candidate_external_id")
    return _read(tx, candidate_id)


def lock_all(
    tx: Transaction, organisation_id: UUID, candidate_external_ids: Sequence[str]
) -> dict[str, Candidate]:
    """Lock and read candidates by the portal's numbers; whoever the office has not, or hides, is left out."""
    params = {"organisation_id": organisation_id, "numbers": list(candidate_external_ids)}
    ids = {row.candidate_id: row.candidate_external_id for row in tx.all(SQL["lock_all"], params, _Locked)}
    found = tx.all(SQL["state"], {"candidate_ids": list(ids)}, _StateRow)
    return {ids[row.candidate_id]: Candidate(row.candidate_id, row.state(), row.now) for row in found}


def make(tx: Transaction, organisation_id: UUID, candidate_external_id: str, occurred_at: datetime) -> None:
    """Make a candidate who is new to the office; nothing happens when the office has them.

    Args:
        tx: the sender's transaction.
        organisation_id: the office.
        candidate_external_id: the portal's number.
        occurred_at: of what tells of them.

    Raises:
        Refusal: `candidate.erased`: the office erased them after that.
    """
    params = {"organisation_id": organisation_id, "candidate_external_id": candidate_external_id}
    made = tx.maybe(SQL["make_candidate"], params, _Made)
    if made is not None and made.erased_at is not None and occurred_at <= made.erased_at:
        raise Refusal(Reason.CANDIDATE_ERASED, "candidate_external_id")
    tx.run(SQL["make_state"], params)


def restore(tx: Transaction, candidate_external_id: str) -> UUID | None:
    """Bring back somebody who was deleted, and say who it was; None when nobody of this number was."""
    found: UUID | None = tx.value(SQL["restore_downloaded"], {"candidate_external_id": candidate_external_id})
    return found


def lock_by_id(tx: Transaction, candidate_id: UUID) -> Candidate:
    """Lock and read a candidate by the office's id."""
    tx.value(SQL["lock_by_id"], {"candidate_id": candidate_id})
    return _read(tx, candidate_id)


def read_state(tx: Transaction, candidate_id: UUID) -> CandidateState:
    """Return the state that is kept."""
    return _read(tx, candidate_id).state


def read_events(tx: Transaction, candidate_id: UUID) -> list[Happened]:
    """Return a candidate's events in their order."""
    rows = tx.all(SQL["happened"], {"candidate_id": candidate_id}, _HappenedRow)
    return [row.event() for row in rows]


def resume_by_content(tx: Transaction, candidate_id: UUID, content_sha256: str) -> ResumeRow | None:
    """Return the resume of this content, if the office has it."""
    params = {"candidate_id": candidate_id, "content_sha256": content_sha256}
    return tx.maybe(SQL["resume_by_content"], params, ResumeRow)


def save(tx: Transaction, candidate: Candidate, after: CandidateState) -> None:
    """Write the state back, and the review state of the resumes that changed theirs."""
    values = {name: value for name, value in vars(after).items() if name not in {"contact", "reviews"}}
    values |= vars(after.contact) | {"expiry_dates": list(after.contact.expiry_dates)}
    values |= {"candidate_id": candidate.candidate_id, "review_state": after.review_state}
    tx.run(SQL["save_state"], values)
    for resume_id, review_state in after.reviews.items():
        if candidate.state.reviews.get(resume_id) != review_state:
            tx.run(SQL["save_review"], {"resume_id": resume_id, "review_state": review_state})


def _read(tx: Transaction, candidate_id: UUID) -> Candidate:
    row = tx.one(SQL["state"], {"candidate_ids": [candidate_id]}, _StateRow)
    return Candidate(row.candidate_id, row.state(), row.now)
