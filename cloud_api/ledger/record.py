"""The one door to the ledger: an event goes in once, or is refused, and gets its verdict.

Effect and idempotency key are one savepoint: either both are there or neither, so that a retry after a
failure is not taken for a duplicate. Only what is certain is a verdict; when the database fails in between,
the error goes up and nobody forgets the event.

Example:
    >>> with database.authenticated(principal.claims) as tx:  # doctest: +SKIP
    ...     verdict = record(tx, principal, event)
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from psycopg import errors as pg

from cloud_api.auth.policy import Action, may
from cloud_api.auth.principal import Device, Principal
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger import candidates, jobs, openings, together, updates
from cloud_api.ledger.candidate_rows import SQL, ResumeRow
from cloud_api.ledger.decide import Refusal
from protocol.events import (
    Event,
    EventType,
    InitialVerificationEvent,
    JobChangedEvent,
    JobLineEvent,
    NoteAddedEvent,
    ResumeDownloadedEvent,
    ResumeOpenedEvent,
    ReviewPassedEvent,
    StatusChangeEvent,
    UndoEvent,
    UpdateEndedEvent,
)
from protocol.ingest import Verdict, VerdictKind
from protocol.reasons import Reason

ACTION_OF: Mapping[EventType, Action] = {
    EventType.RESUME_DOWNLOADED: Action.RESUME_DELIVER,
    EventType.INITIAL_VERIFICATION: Action.REVIEW_DECIDE,
    EventType.REVIEW_PASSED: Action.REVIEW_DECIDE,
    EventType.STATUS_CHANGE: Action.STATUS_SET,
    EventType.NOTE_ADDED: Action.NOTE_WRITE,
    EventType.UNDO: Action.EVENT_UNDO,
    EventType.RESUME_OPENED: Action.RESUME_TELL_OPENING,
    EventType.JOB_CHANGED: Action.JOB_REPORT,
    EventType.JOB_LINE: Action.JOB_REPORT,
    EventType.UPDATE_ENDED: Action.UPDATE_REPORT,
}
"""Which row of the policy table an event needs."""

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)
"""Writes the same content always the same."""

_OWN_ERROR = "NJ001"
"""The SQLSTATE of the schema's own triggers; their message is a reason's code where there is one."""


def record(tx: Transaction, principal: Principal, event: Event) -> Verdict:
    """Let an event take effect once.

    Args:
        tx: the principal's transaction; when it is rolled back, nothing of this happened.
        principal: who recorded the event.
        event: of the current protocol version.

    Returns:
        `accepted`, `duplicate` when the same was accepted before, or `rejected` with the reason; a rejected
        event leaves nothing behind.

    Raises:
        psycopg.Error: the database failed; nothing is known, and the transaction is over.
    """
    if not may(principal, ACTION_OF[event.type]):
        return _rejected(event, Reason.AUTH_FORBIDDEN, ACTION_OF[event.type].value)
    try:
        with _refusing_what_does_not_fit(), tx.savepoint():
            return _once(tx, principal, event)
    except Refusal as refusal:
        return _rejected(event, refusal.reason, refusal.detail)


@contextmanager
def _refusing_what_does_not_fit() -> Iterator[None]:
    """Turn what the database refuses of this event into a refusal; its own failures go up."""
    try:
        yield
    except pg.InsufficientPrivilege as error:
        raise Refusal(Reason.INGEST_NOT_YOURS) from error
    except pg.UniqueViolation as error:
        raise Refusal(Reason.INGEST_ID_REUSED) from error
    except (pg.DataError, pg.IntegrityError, UnicodeEncodeError) as error:
        raise Refusal(Reason.INGEST_UNREADABLE, type(error).__name__) from error
    except pg.DatabaseError as error:
        if error.sqlstate != _OWN_ERROR:
            raise
        raise Refusal(_reason_of_trigger(error)) from error


def record_all(tx: Transaction, principal: Principal, events: Sequence[Event]) -> list[Verdict]:
    """Let several events take effect in one transaction, each judged by itself.

    What they are about is locked first, in an order that all senders share: two transactions about the same
    people wait for each other and never in a circle.

    Resumes come first and lines last, whatever lies between, so that each kind goes in together: a resume
    needs nothing of its batch, and nothing needs a line.

    Returns:
        A verdict for each, see `record`.
    """
    tx.value(SQL["lock_in_order"], {"keys": lock_keys(principal, events)})
    by_kind: dict[EventType | None, list[int]] = {
        EventType.RESUME_DOWNLOADED: [],
        None: [],
        EventType.JOB_LINE: [],
    }
    for position, event in enumerate(events):
        by_kind[event.type if event.type in by_kind else None].append(position)
    verdicts: dict[int, Verdict] = {}
    for positions in by_kind.values():
        found = _record_kind(tx, principal, [events[position] for position in positions])
        verdicts |= zip(positions, found, strict=True)
    return [verdicts[position] for position in range(len(events))]


def _record_kind(tx: Transaction, principal: Principal, events: Sequence[Event]) -> list[Verdict]:
    """Record events of a kind together where that is possible, else one by one."""
    if len(events) > 1 and isinstance(principal, Device) and may(principal, ACTION_OF[events[0].type]):
        with suppress(Refusal), _refusing_what_does_not_fit(), tx.savepoint():
            return _together(tx, principal, events)
    return [record(tx, principal, event) for event in events]


def _together(tx: Transaction, device: Device, events: Sequence[Event]) -> list[Verdict]:
    """Record events of one kind, all of them new.

    Raises:
        Refusal: they have to be judged one by one.
    """
    lines = [event for event in events if isinstance(event, JobLineEvent)]
    resumes = [event for event in events if isinstance(event, ResumeDownloadedEvent)]
    if max(len(lines), len(resumes)) < len(events):
        raise Refusal(Reason.INGEST_UNREADABLE, "of several kinds")
    keys = {
        "organisation_id": device.organisation_id,
        "user_id": device.user_id,
        "event_type": events[0].type.value,
        "event_ids": [event.event_id for event in events],
        "digests": [digest(event) for event in events],
    }
    if tx.run(SQL["receive_all"], keys) < len(events):
        raise Refusal(Reason.INGEST_ID_REUSED, "event_id")
    if lines:
        together.append_lines(tx, device, lines)
    else:
        together.deliver(tx, device, resumes)
    return [
        Verdict(event_id=str(event.event_id), verdict=VerdictKind.ACCEPTED, upload_wanted=bool(resumes))
        for event in events
    ]


def lock_keys(principal: Principal, events: Sequence[Event]) -> list[int]:
    """Return the numbers of the locks of what events are about, in order."""
    subjects = set()
    for event in events:
        if isinstance(event, JobChangedEvent | JobLineEvent):
            subjects.add(f"job {event.payload.job_id}")
        elif not isinstance(event, UndoEvent | UpdateEndedEvent):
            subjects.add(f"candidate {principal.organisation_id} {event.payload.candidate_external_id}")
    digests = [hashlib.sha256(subject.encode()).digest() for subject in subjects]
    return sorted(int.from_bytes(value[:8], signed=True) for value in digests)


def digest(event: Event) -> bytes:
    """Return what makes two events of one id the same: their type and what they say, not when it was said.

    Fields at their defaults are left out, so that one that a later version adds changes no digest.
    """
    content = [event.type.value, event.payload.model_dump(mode="json", exclude_defaults=True)]
    return hashlib.sha256(_CANONICAL.encode(content).encode()).digest()


def _once(tx: Transaction, principal: Principal, event: Event) -> Verdict:
    key: dict[str, Any] = {"organisation_id": principal.organisation_id, "event_id": event.event_id}
    mark = {"digest": digest(event), "event_type": event.type.value, "user_id": principal.user_id}
    if tx.run(SQL["receive"], key | mark) == 0:
        if tx.value(SQL["received_digest"], key) != mark["digest"]:
            raise Refusal(Reason.INGEST_ID_REUSED, "event_id")
        wanted = _still_wanted(tx, principal, event)
        return Verdict(event_id=str(event.event_id), verdict=VerdictKind.DUPLICATE, upload_wanted=wanted)
    wanted = _take_effect(tx, principal, event)
    return Verdict(event_id=str(event.event_id), verdict=VerdictKind.ACCEPTED, upload_wanted=wanted)


def _take_effect(tx: Transaction, principal: Principal, event: Event) -> bool:
    """Do what the event says, and return whether bytes are wanted."""
    match event:
        case ResumeDownloadedEvent():
            return candidates.deliver(tx, principal, event)
        case InitialVerificationEvent() | ReviewPassedEvent():
            candidates.review(tx, principal, event)
        case StatusChangeEvent():
            candidates.change_status(tx, principal, event)
        case NoteAddedEvent():
            candidates.add_note(tx, principal, event)
        case UndoEvent():
            candidates.undo(tx, principal, event)
        case ResumeOpenedEvent():
            openings.note(tx, _device(principal), event)
        case JobChangedEvent():
            jobs.change(tx, _device(principal), event)
        case JobLineEvent():
            jobs.append_line(tx, _device(principal), event)
        case UpdateEndedEvent():
            updates.note(tx, _device(principal), event)
    return False


def _still_wanted(tx: Transaction, principal: Principal, event: Event) -> bool:
    """The first answer may have been lost: say again whether bytes are wanted."""
    if not isinstance(event, ResumeDownloadedEvent):
        return False
    params = event.payload.model_dump(include={"candidate_external_id", "content_sha256"})
    resume = tx.maybe(
        SQL["resume_by_external_id"], params | {"organisation_id": principal.organisation_id}, ResumeRow
    )
    return resume is not None and resume.upload_wanted


def _device(principal: Principal) -> Device:
    if not isinstance(principal, Device):
        raise Refusal(Reason.AUTH_FORBIDDEN, "device")
    return principal


def _reason_of_trigger(error: pg.DatabaseError) -> Reason:
    message = error.diag.message_primary or ""
    known = {reason.value: reason for reason in Reason}
    return known.get(message, Reason.INGEST_UNREADABLE)


def _rejected(event: Event, reason: Reason, detail: str = "") -> Verdict:
    return Verdict(event_id=str(event.event_id), verdict=VerdictKind.REJECTED, reason=reason, detail=detail)
