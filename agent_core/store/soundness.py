"""Whether a file of records can be trusted, found out without changing a byte of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from agent_core.errors import StoreError
from agent_core.store.journal import loses_commits
from protocol.reasons import Reason

DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""SQLite's codes for a file that it cannot read."""

TABLES = frozenset({"facts", "jobs", "listings", "resumes", "outbox", "uploads"})
"""What every version of the schema has."""

_HOT = (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY)


def must_be_sound(path: Path) -> None:
    """Look through the file and its journal. No file at all is sound: the records just begin.

    Raises:
        StoreError: `agent.store-damaged`, with the file's name: damaged, cut, empty, or another program's.
        sqlite3.Error: it could not be looked at.
        OSError: so.
    """
    journal = path.with_name(f"{path.name}-wal")
    if not path.exists():
        if journal.exists() and journal.stat().st_size:
            raise StoreError(Reason.AGENT_STORE_DAMAGED, f"{path.name}: gone, its journal is there")
        return
    why = _why_not(path)
    if why is None and journal.exists() and loses_commits(journal.read_bytes()):
        why = "its journal is damaged"
    if why is not None:
        raise StoreError(Reason.AGENT_STORE_DAMAGED, f"{path.name}: {why}")


def _why_not(path: Path) -> str | None:
    if path.stat().st_size == 0:
        return "empty"
    try:
        with closing(_looking(path, "ro")) as connection:
            return _trouble(connection)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in _HOT:
            return _why_not_after_rollback(path)
        return _damage(error)


def _why_not_after_rollback(path: Path) -> str | None:
    """Look once more with the right to undo a write that was broken off, which only happens in a move."""
    try:
        with closing(_looking(path, "rw")) as connection:
            return _trouble(connection)
    except sqlite3.DatabaseError as error:
        return _damage(error)


def _damage(error: sqlite3.DatabaseError) -> str:
    if error.sqlite_errorcode & 0xFF in DAMAGED:
        return "damaged"
    raise error


def _looking(path: Path, mode: str) -> sqlite3.Connection:
    # Read-only, so that closing it folds no journal into a file that is to stay as it is.
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=10)


def _trouble(connection: sqlite3.Connection) -> str | None:
    if not holds_together(connection):
        return "damaged"
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    return None if tables >= TABLES else "not NjordHR's"


def holds_together(connection: sqlite3.Connection) -> bool:
    """Tell whether an open file of records is sound, by SQLite's own quick check."""
    return [row[0] for row in connection.execute("pragma quick_check")] == ["ok"]
