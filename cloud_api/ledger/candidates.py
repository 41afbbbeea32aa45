"""What a candidate's event does: it is appended, and the state moves with it. The rules are in `state`."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from cloud_api.auth.policy import Action, may
from cloud_api.auth.principal import Device, Principal
from cloud_api.db.candidate_event_repo import CandidateEvent, CandidateEventRepository
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger import audit
from cloud_api.ledger import candidate_rows as rows
from cloud_api.ledger.audit import Act, Subject
from cloud_api.ledger.candidate_rows import SQL, Candidate, ResumeRow
from cloud_api.ledger.decide import Refusal, Undoable, check_note, check_review, check_status, check_undo
from cloud_api.ledger.state import CandidateState, Happened, apply, contact_of, recompute
from protocol.candidates import may_move
from protocol.events import (
    EventType,
    InitialVerificationEvent,
    NoteAddedEvent,
    ResumeDownloadedEvent,
    ReviewPassedEvent,
    StatusChangeEvent,
    UndoEvent,
)
from protocol.reasons import Reason

AnyEvent = (
    ResumeDownloadedEvent
    | InitialVerificationEvent
    | ReviewPassedEvent
    | StatusChangeEvent
    | NoteAddedEvent
    | UndoEvent
)


@dataclass(frozen=True)
class _Step:
    """An event and the state that it leads to; ``extra`` are columns of the event beside the common ones."""

    candidate: Candidate
    happened: Happened
    after: CandidateState
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _UndoRow:
    event_id: UUID
    candidate_id: UUID
    event_type: str
    user_id: UUID
    recorded_at: datetime
    is_undone: bool


def deliver(tx: Transaction, principal: Principal, event: ResumeDownloadedEvent) -> bool:
    """Take a stored resume in: under Review, with what was read from it.

    A known person's other content is recorded as `resume_updated`; content that the office has already makes
    no event and no badge.

    Returns:
        Whether the store does not have the bytes yet.
    """
    payload = event.payload
    candidate = _made_or_restored(tx, principal, event)
    known = rows.resume_by_content(tx, candidate.candidate_id, payload.content_sha256)
    if known is not None:
        audit.write(tx, principal, Act.RESUME_DOWNLOADED, Subject("resume", known.id))
        return known.upload_wanted
    resume_id = _add_resume(tx, principal, candidate, event)
    is_new = candidate.state.latest_resume_id is None
    happened = replace(
        _happened(principal, event, candidate),
        event_type=EventType.RESUME_DOWNLOADED if is_new else EventType.RESUME_UPDATED,
        resume_id=resume_id,
        contact=contact_of(payload.facts, payload.rank_applied_for, payload.search_ship_type),
    )
    resume = rows.resume_by_content(tx, candidate.candidate_id, payload.content_sha256)
    after = apply(candidate.state, happened)
    _commit(tx, principal, _Step(candidate, happened, after, _of_resume(resume)))
    contact = vars(after.contact) | {"candidate_id": candidate.candidate_id}
    tx.run(SQL["save_candidate"], contact | {"latest_filename": payload.filename})
    return True


def review(
    tx: Transaction, principal: Principal, event: InitialVerificationEvent | ReviewPassedEvent
) -> None:
    """Verify or pass a resume.

    Raises:
        Refusal: the office does not have the resume, or it does not wait for review.
    """
    payload = event.payload
    candidate = rows.lock_known(tx, principal.organisation_id, payload.candidate_external_id)
    resume = rows.resume_by_content(tx, candidate.candidate_id, payload.content_sha256)
    if resume is None:
        raise Refusal(Reason.INGEST_UNKNOWN_CANDIDATE, "content_sha256")
    check_review(candidate.state, resume.id, verify=isinstance(event, InitialVerificationEvent))
    happened = replace(_happened(principal, event, candidate), resume_id=resume.id)
    extra = _of_resume(resume)
    if isinstance(event, InitialVerificationEvent):
        extra |= {
            "ai_search_prompt": event.payload.ai_search_prompt,
            "ai_match_reason": event.payload.ai_match_reason,
        }
    _commit(tx, principal, _Step(candidate, happened, apply(candidate.state, happened), extra))


def change_status(tx: Transaction, principal: Principal, event: StatusChangeEvent) -> None:
    """Set a status.

    Raises:
        Refusal: see `decide.check_status`.
    """
    payload = event.payload
    candidate = rows.lock_known(tx, principal.organisation_id, payload.candidate_external_id)
    check_status(
        candidate.state,
        payload.status,
        payload.expected_version,
        payload.override_reason,
        may_override=may(principal, Action.STATUS_OVERRIDE),
    )
    happened = replace(_happened(principal, event, candidate), status=payload.status)
    extra: dict[str, Any] = {
        "override_reason": payload.override_reason,
        "expected_version": payload.expected_version,
    }
    _commit(tx, principal, _Step(candidate, happened, apply(candidate.state, happened), extra))
    before = candidate.state.status
    if before is not None and not may_move(before, payload.status):
        steps = {"event_id": str(event.event_id), "from": before.value, "to": payload.status.value}
        audit.write(tx, principal, Act.STATUS_OVERRIDDEN, Subject("candidate", candidate.candidate_id), steps)


def add_note(tx: Transaction, principal: Principal, event: NoteAddedEvent) -> None:
    """Write a note.

    Raises:
        Refusal: see `decide.check_note`.
    """
    payload = event.payload
    candidate = rows.lock_known(tx, principal.organisation_id, payload.candidate_external_id)
    check_note(candidate.state, payload.expected_version)
    call_back: dict[str, Any] = {
        "call_back_on": payload.call_back_on,
        "call_back_done": payload.call_back_done,
    }
    happened = replace(_happened(principal, event, candidate), note=payload.note, **call_back)
    extra = {"notes": payload.note, "expected_version": payload.expected_version} | call_back
    _commit(tx, principal, _Step(candidate, happened, apply(candidate.state, happened), extra))


def undo(tx: Transaction, principal: Principal, event: UndoEvent) -> None:
    """Take one's own newest decision back.

    Raises:
        Refusal: see `decide.check_undo`.
    """
    row = tx.maybe(SQL["undo_target"], {"event_id": event.payload.undoes_event_id}, _UndoRow)
    if row is None:
        raise Refusal(Reason.UNDO_NOT_POSSIBLE, "undoes_event_id")
    candidate = rows.lock_by_id(tx, row.candidate_id)
    # Read again under the lock: somebody may have been undoing the same.
    row = tx.one(SQL["undo_target"], {"event_id": event.payload.undoes_event_id}, _UndoRow)
    target = Undoable(row.event_id, EventType(row.event_type), row.user_id, row.recorded_at, row.is_undone)
    check_undo(candidate.state, target, principal.user_id, candidate.now)
    happened = replace(_happened(principal, event, candidate), undoes_event_id=event.payload.undoes_event_id)
    after = recompute([*rows.read_events(tx, candidate.candidate_id), happened])
    extra = {"undoes_event_id": happened.undoes_event_id}
    _commit(tx, principal, _Step(candidate, happened, after, extra))


def _made_or_restored(tx: Transaction, principal: Principal, event: ResumeDownloadedEvent) -> Candidate:
    """Lock the person of a resume, who is made, or back from being deleted, when the office has them not."""
    number = event.payload.candidate_external_id
    rows.make(tx, principal.organisation_id, number, event.occurred_at)
    try:
        return rows.lock_known(tx, principal.organisation_id, number)
    except Refusal:
        restored = rows.restore(tx, number)
        if restored is None:
            raise
    audit.write(tx, principal, Act.CANDIDATE_RESTORED, Subject("candidate", restored), {"by": "download"})
    return rows.lock_known(tx, principal.organisation_id, number)


def _happened(principal: Principal, event: AnyEvent, candidate: Candidate) -> Happened:
    """Return the event as the state sees it; a clock that runs ahead does not date it in the future."""
    return Happened(
        event_id=event.event_id,
        event_type=event.type,
        user_id=principal.user_id,
        device_id=principal.device_id if isinstance(principal, Device) else None,
        at=min(event.occurred_at, candidate.now),
        recorded_at=candidate.now,
    )


def _of_resume(resume: ResumeRow | None) -> dict[str, Any]:
    if resume is None:
        return {}
    values = {name: value for name, value in vars(resume).items() if name != "id"}
    return values | {"resume_id": resume.id}


def _commit(tx: Transaction, principal: Principal, step: _Step) -> None:
    """Append the event and write the state: both or, with the transaction, neither."""
    happened, before, after = step.happened, step.candidate.state, step.after
    row = CandidateEvent(
        id=happened.event_id,
        organisation_id=principal.organisation_id,
        candidate_id=step.candidate.candidate_id,
        event_type=happened.event_type.value,
        status=after.status and after.status.value,
        previous_status=before.status and before.status.value,
        resulting_version=after.version,
        created_by_user_id=happened.user_id,
        created_by_device_id=happened.device_id,
        created_at=happened.at,
        **step.extra,
    )
    repository = CandidateEventRepository(tx)
    match happened.event_type:
        case EventType.STATUS_CHANGE:
            repository.log_status_change(row)
        case EventType.NOTE_ADDED:
            repository.log_note_added(row)
        case _:
            repository.log_event(row)
    rows.save(tx, step.candidate, after)


def _add_resume(
    tx: Transaction, principal: Principal, candidate: Candidate, event: ResumeDownloadedEvent
) -> UUID:
    payload = event.payload
    resume_id: UUID = tx.value(
        SQL["add_resume"],
        payload.model_dump(exclude={"facts", "text", "candidate_external_id"})
        | {
            "organisation_id": principal.organisation_id,
            "candidate_id": candidate.candidate_id,
            "facts": Jsonb(payload.facts.model_dump(mode="json")),
            "facts_version": payload.facts.facts_version,
            "text": payload.text.text,
            "text_version": payload.text.text_version,
            "user_id": principal.user_id,
            "device_id": principal.device_id if isinstance(principal, Device) else None,
            "downloaded_at": min(event.occurred_at, candidate.now),
        },
    )
    return resume_id
