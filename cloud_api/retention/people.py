"""One person: what the office has of them, legal hold, erasing; and bringing back who was deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg import errors as pg

from cloud_api.auth.principal import Principal
from cloud_api.db.keyset import Position, decode, encode
from cloud_api.db.pool import Database
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import Conflict, NotFound
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from cloud_api.retention.rules import SQL
from cloud_api.retention.schemas import (
    CopyComputer,
    DeletedPage,
    DeletedPerson,
    DeletedQuery,
    Erased,
    Hold,
    HoldRequest,
    Keeping,
    Restored,
    RestoreRequest,
)
from protocol.reasons import Reason

_OWN_ERROR = "NJ001"
"""The SQLSTATE of the schema's own triggers; their message is a reason's code."""


class _Kept(NamedTuple):
    candidate_id: UUID
    deleted_at: datetime | None
    erase_at: datetime | None
    resumes: int
    cloud_copies: int
    exports: int
    hold_reason: str | None
    hold_placed_at: datetime | None
    hold_placed_by: str | None


class _Restored(NamedTuple):
    candidate_id: UUID


def keeping(database: Database, principal: Principal, candidate_id: UUID) -> Keeping:
    """Return what the office has of a person.

    Raises:
        NotFound: there is no such person, or they are erased.
    """
    with database.authenticated(principal.claims) as tx:
        return _keeping(tx, candidate_id)


def place_hold(database: Database, principal: Principal, candidate_id: UUID, request: HoldRequest) -> Keeping:
    """Let nothing of a person be deleted; who was deleted and not erased yet is back. Twice counts once.

    Raises:
        NotFound: there is no such person, or they are erased.
    """
    hold = {"candidate_id": candidate_id, "reason": request.reason, "user_id": principal.user_id}
    with _refusals(), database.authenticated(principal.claims) as tx:
        before = _keeping(tx, candidate_id)
        if tx.run(SQL["place_hold"], hold | {"organisation_id": principal.organisation_id}):
            audit.write(tx, principal, Act.HOLD_PLACED, Subject("candidate", candidate_id))
            if before.deleted_at is not None:
                _note_restored(tx, principal, candidate_id, "hold")
        return _keeping(tx, candidate_id)


def lift_hold(database: Database, principal: Principal, candidate_id: UUID) -> Keeping:
    """Let the rules apply to a person again. Twice is as good as once.

    Raises:
        NotFound: there is no such person, or they are erased.
    """
    with database.authenticated(principal.claims) as tx:
        if tx.run(SQL["lift_hold"], {"candidate_id": candidate_id, "user_id": principal.user_id}):
            audit.write(tx, principal, Act.HOLD_LIFTED, Subject("candidate", candidate_id))
        return _keeping(tx, candidate_id)


def erase(database: Database, principal: Principal, candidate_id: UUID) -> Erased:
    """Take everything personal of somebody out of the office's records, for good.

    Their files in the file store are queued to be removed; what is on computers stays there.

    Raises:
        NotFound: there is no such person, or they are erased already.
        Conflict: `candidate.held`.
    """
    with _refusals(), database.authenticated(principal.claims) as tx:
        kept = _keeping(tx, candidate_id)
        if not tx.value(SQL["erase"], {"candidate_id": candidate_id}):
            raise NotFound(Reason.REQUEST_NOT_FOUND)
        counts = {"because": "request", "resumes": kept.resumes, "cloud_copies": kept.cloud_copies}
        counts |= {"computers": len(kept.computers), "exports": kept.exports}
        audit.write(tx, principal, Act.CANDIDATE_ERASED, Subject("candidate", candidate_id), counts)
    return Erased(resumes=kept.resumes, cloud_copies=kept.cloud_copies, computers=kept.computers)


def deleted(database: Database, principal: Principal, query: DeletedQuery) -> DeletedPage:
    """Return who was deleted and can be brought back, deleted last first."""
    after = decode(query.cursor)
    place = {"after_at": after and after.moment, "after_id": after and after.row_id, "limit": query.limit + 1}
    with database.authenticated(principal.claims) as tx:
        found = tx.all(SQL["deleted_people"], place, DeletedPerson)
    shown = found[: query.limit]
    more = len(found) > query.limit
    cursor = encode(Position(shown[-1].deleted_at, shown[-1].candidate_id)) if more else None
    return DeletedPage(people=shown, next_cursor=cursor)


def restore(database: Database, principal: Principal, request: RestoreRequest) -> Restored:
    """Bring back who was deleted; whoever is erased, or was not deleted, is left as they are.

    Raises:
        NotFound: none of them can be brought back.
    """
    with database.authenticated(principal.claims) as tx:
        back = tx.all(SQL["restore"], {"candidate_ids": sorted(set(request.candidate_ids))}, _Restored)
        for person in back:
            _note_restored(tx, principal, person.candidate_id, "admin")
    if not back:
        raise NotFound(Reason.REQUEST_NOT_FOUND)
    return Restored(restored=len(back))


def _note_restored(tx: Transaction, principal: Principal, candidate_id: UUID, by: str) -> None:
    audit.write(tx, principal, Act.CANDIDATE_RESTORED, Subject("candidate", candidate_id), {"by": by})


def _keeping(tx: Transaction, candidate_id: UUID) -> Keeping:
    person = {"candidate_id": candidate_id}
    kept = tx.one(SQL["kept"], person, _Kept)
    hold = None
    if kept.hold_reason is not None and kept.hold_placed_at is not None:
        hold = Hold(
            reason=kept.hold_reason, placed_by=kept.hold_placed_by or "", placed_at=kept.hold_placed_at
        )
    return Keeping(
        candidate_id=candidate_id,
        hold=hold,
        resumes=kept.resumes,
        cloud_copies=kept.cloud_copies,
        exports=kept.exports,
        computers=tx.all(SQL["computers"], person, CopyComputer),
        deleted_at=kept.deleted_at,
        erase_at=kept.erase_at,
    )


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the schema's own rules refuse into a refusal with its reason."""
    try:
        yield
    except pg.DatabaseError as error:
        if error.sqlstate != _OWN_ERROR:
            raise
        known = {reason.value: reason for reason in Reason}
        raise Conflict(known.get(error.diag.message_primary or "", Reason.SERVER_FAULT)) from error
