"""Reading the audit log: a page for the screen, and all of it as a table for a spreadsheet."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from cloud_api.audit.schemas import AuditChoices, AuditEntry, AuditFilter, AuditPage, AuditPerson, AuditQuery
from cloud_api.audit.table import HEAD, row_of
from cloud_api.auth.principal import Principal
from cloud_api.db.keyset import Position, decode, encode
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject

SQL = NamedQueries("cloud_api.audit", "audit.sql")
PIECE = 500
"""How many entries of the table are in memory at a time."""


class _Action(NamedTuple):
    action: str


def page(database: Database, principal: Principal, query: AuditQuery) -> AuditPage:
    """Return a page of entries, newest first."""
    with database.authenticated(principal.claims) as tx:
        place = _place(decode(query.cursor)) | {"limit": query.limit + 1}
        found = tx.all(SQL["page"], _filters(query) | place, AuditEntry)
    shown = found[: query.limit]
    more = len(found) > query.limit
    return AuditPage(entries=shown, next_cursor=encode(_position(shown[-1])) if more else None)


def choices(database: Database, principal: Principal) -> AuditChoices:
    """Return whom and what the log can be filtered by."""
    with database.authenticated(principal.claims) as tx:
        people = tx.all(SQL["people"], {}, AuditPerson)
        actions = tx.all(SQL["actions"], {"organisation_id": principal.organisation_id}, _Action)
    return AuditChoices(people=people, actions=[row.action for row in actions])


def table(
    database: Database, principal: Principal, wanted: AuditFilter, goes_on: Callable[[], bool]
) -> Iterator[bytes]:
    """Write down that the log is taken, then return it as CSV, newest first, piece by piece.

    No transaction is open between two pieces. A fault breaks the answer off.
    """
    details = {name: str(value) for name, value in wanted.model_dump().items() if value}
    with database.authenticated(principal.claims) as tx:
        audit.write(tx, principal, Act.AUDIT_EXPORT, Subject("audit", ""), details)

    def lines() -> Iterator[bytes]:
        yield HEAD
        after: Position | None = None
        while True:
            with database.authenticated(principal.claims) as tx:
                place = _place(after) | {"limit": PIECE}
                found = tx.all(SQL["page"], _filters(wanted) | place, AuditEntry)
                if not tx.value(SQL["may_read"], {}):  # or a part of the log would pass for all of it
                    raise InterruptedError("no admin any more")
            yield b"".join(row_of(entry) for entry in found)
            if len(found) < PIECE:
                return
            if not goes_on():
                raise InterruptedError("the server stops")
            after = _position(found[-1])

    return lines()


def _filters(wanted: AuditFilter) -> dict[str, Any]:
    return wanted.model_dump(include=set(AuditFilter.model_fields))


def _place(after: Position | None) -> dict[str, Any]:
    # Entries are numbered, and a cursor holds a UUID: the number as one.
    return {"after_at": after and after.moment, "after_id": after and after.row_id.int % (1 << 63)}


def _position(entry: AuditEntry) -> Position:
    return Position(entry.at, UUID(int=entry.entry_id))
