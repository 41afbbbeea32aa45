"""Whose a record is: it goes to the office that this computer belonged to when it was made, and to no other.

What was recorded before the computer belonged to an office is the first one's that it joins.
"""

import sqlite3
from uuid import UUID

from protocol.reasons import Reason

FACT = "organisation"

CURRENT = f"(select nullif(value, '') from facts where name = '{FACT}')"  # noqa: S608 - constants
"""SQL: the organisation that this computer belongs to, or null."""

OURS = f"(organisation_id is null or organisation_id = {CURRENT})"
"""SQL: the record may go to the office of now."""

THEIRS = f"not {OURS} and {CURRENT} is not null"
"""SQL: the record is another office's than that of now; `join` has parked it."""


def is_some(connection: sqlite3.Connection) -> bool:
    """Tell whether the records are an office's."""
    return connection.execute(f"select {CURRENT}").fetchone()[0] is not None


def join(connection: sqlite3.Connection, organisation_id: UUID | None) -> None:
    """Belong to this organisation from now on, or to none, inside the caller's transaction.

    What waits for another one is parked, and what was parked so and is this one's waits again.
    """
    name = "" if organisation_id is None else str(organisation_id)
    connection.execute(
        "insert into facts (name, value) values (?, ?)"
        " on conflict (name) do update set value = excluded.value",
        (FACT, name),
    )
    if organisation_id is None:
        return
    for table in ("resumes", "outbox", "uploads"):
        connection.execute(
            f"update {table} set organisation_id = ? where organisation_id is null",  # noqa: S608 - constants
            (name,),
        )
    for table in ("outbox", "uploads"):
        connection.execute(
            f"update {table} set parked = 1, reason = ?, detail = ''"  # noqa: S608 - constants
            " where parked = 0 and organisation_id <> ?",
            (Reason.OUTBOX_ANOTHER_OFFICE.value, name),
        )
        connection.execute(
            f"update {table} set parked = 0, attempts = 0, reason = null"  # noqa: S608 - constants
            " where reason = ? and organisation_id = ?",
            (Reason.OUTBOX_ANOTHER_OFFICE.value, name),
        )
