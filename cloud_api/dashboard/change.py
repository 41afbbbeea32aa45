"""Setting a status and writing a note: an event each, made on the version that was on screen."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from cloud_api.auth.principal import Principal
from cloud_api.dashboard.read import SQL, StateRow
from cloud_api.dashboard.schemas import DashboardRow, NoteRequest, StatusRequest
from cloud_api.db.pool import Database
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import CloudError, Conflict, Forbidden, InvalidRequest
from cloud_api.ledger.record import record
from protocol.candidates import next_statuses
from protocol.events import Event, NoteAdded, NoteAddedEvent, StatusChange, StatusChangeEvent
from protocol.ingest import VerdictKind
from protocol.reasons import Reason

Clock = Callable[[], datetime]


def set_status(database: Database, principal: Principal, wanted: StatusRequest, clock: Clock) -> DashboardRow:
    """Set a status.

    Raises:
        NotFound: there is no such person in the office.
        Conflict: somebody was faster, or the step is not allowed; the facts say what is true now.
        InvalidRequest: an admin's override without its reason.
    """

    def event(row: StateRow) -> Event:
        payload = StatusChange(
            candidate_external_id=row.candidate_external_id,
            status=wanted.status,
            expected_version=wanted.version,
            override_reason=wanted.override_reason,
        )
        return StatusChangeEvent(event_id=wanted.event_id, occurred_at=clock(), payload=payload)

    return _change(database, principal, wanted.candidate_id, event)


def add_note(database: Database, principal: Principal, wanted: NoteRequest, clock: Clock) -> DashboardRow:
    """Write a note.

    Raises:
        NotFound: there is no such person in the office.
        Conflict: somebody was faster; the facts say what is true now.
    """

    def event(row: StateRow) -> Event:
        payload = NoteAdded(
            candidate_external_id=row.candidate_external_id,
            note=wanted.note,
            expected_version=wanted.version,
            call_back_on=wanted.call_back_on,
            call_back_done=wanted.call_back_done,
        )
        return NoteAddedEvent(event_id=wanted.event_id, occurred_at=clock(), payload=payload)

    return _change(database, principal, wanted.candidate_id, event)


def refusal(reason: Reason, row: StateRow) -> CloudError:
    """Return the error of a rejected change, with the facts that let a page go on."""
    if reason in (Reason.STATUS_OVERRIDE_NEEDS_REASON, Reason.INGEST_UNREADABLE):
        return InvalidRequest(reason)
    if reason is Reason.AUTH_FORBIDDEN:
        return Forbidden(reason)
    facts = {
        "version": row.version,
        "status": row.status,
        "touched_by": row.touched_by,
        "touched_at": row.touched_at.isoformat(),
        "allowed_statuses": next_statuses(row.status),
    }
    return Conflict(reason, facts=facts)


def _change(
    database: Database, principal: Principal, candidate_id: UUID, event: Callable[[StateRow], Event]
) -> DashboardRow:
    with database.authenticated(principal.claims) as tx:
        verdict = record(tx, principal, event(_row(tx, candidate_id)))
        row = _row(tx, candidate_id)
    if verdict.verdict is VerdictKind.REJECTED:
        raise refusal(verdict.reason or Reason.SERVER_FAULT, row)
    return row.view()


def _row(tx: Transaction, candidate_id: UUID) -> StateRow:
    row = tx.one(SQL["row"], {"candidate_id": candidate_id}, StateRow)
    if row.status is None:
        raise Conflict(Reason.CANDIDATE_NOT_VERIFIED)
    return row
