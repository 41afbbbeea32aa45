"""The SQLite file: checked when opened, written by one thread at a time, each transaction durable.

A file that is damaged is moved aside with its journal, byte for byte, and named in the error.
"""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from agent_core.errors import StoreError
from agent_core.ports import Clock
from agent_core.store.group_commit import GroupCommit, Result
from agent_core.store.schema import migrate
from protocol.reasons import Reason

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_JOURNALS = ("", "-wal", "-shm")


class Records:
    """One connection, shared by the agent's threads under a lock."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Open the file, or make it.

        Raises:
            StoreError: damaged and now set aside, written by a newer version, or not to be opened.
        """
        self._changed = threading.Condition()
        self._commits = 0
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _set_aside_if_damaged(path, clock)
            self._connection = _open(path)
        except sqlite3.Error as error:
            raise _store_error(error) from error
        except OSError as error:
            raise StoreError(Reason.AGENT_STORE_WRITE, type(error).__name__) from error
        self._transactions = GroupCommit(self._connection, error_of=_store_error, committed=self.wake)

    def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do work in a transaction that it may share with other threads' work; durable when this returns.

        The way for what many record at the same time; another thread may do it.

        Raises:
            StoreError: the disk or the file would not have it.
        """
        return self._transactions.run(work)

    def write(self) -> AbstractContextManager[sqlite3.Connection]:
        """Run one transaction: all of it is durable when the block ends, or nothing of it happened.

        Raises:
            StoreError: the disk or the file would not have it.
        """
        return self._transactions.write()

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """Look at one moment of the records.

        Raises:
            StoreError: the file cannot be read.
        """
        return self._transactions.read()

    @property
    def commits(self) -> int:
        """How many writing transactions there were since the start."""
        return self._commits

    def wait_for_commit(self, seen: int, timeout_seconds: float) -> int:
        """Wait until there were more commits than ``seen``, at most so long; return their number."""
        with self._changed:
            self._changed.wait_for(lambda: self._commits != seen, timeout_seconds)
            return self._commits

    def close(self) -> None:
        """Close the file; whoever waits for a change goes on."""
        self._transactions.close()
        self.wake()

    def wake(self) -> None:
        """Let whoever waits for a commit look around."""
        with self._changed:
            self._commits += 1
            self._changed.notify_all()


def _open(path: Path) -> sqlite3.Connection:
    _keep_to_owner(path)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_to_owner(path: Path) -> None:
    """Make the file its owner's before anything is in it: its journals hold people too, and copy its mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for suffix in _JOURNALS:
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.chmod(0o600)


def _set_aside_if_damaged(path: Path, clock: Clock) -> None:
    if not path.exists() or _is_sound(path):
        return
    stamp = clock().strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    for suffix in _JOURNALS:
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    raise StoreError(Reason.AGENT_STORE_DAMAGED, aside.name)


def _is_sound(path: Path) -> bool:
    # Read-only, so that closing it folds no journal into a file that is to stay as it is.
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        return [row[0] for row in connection.execute("pragma quick_check")] == ["ok"]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _DAMAGED:
            return False
        raise
    finally:
        connection.close()


def _store_error(error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)  # absent on errors of the driver itself
    if code is not None and code & 0xFF in _DAMAGED:
        return StoreError(Reason.AGENT_STORE_DAMAGED, type(error).__name__)
    return StoreError(Reason.AGENT_STORE_WRITE, getattr(error, "sqlite_errorname", type(error).__name__))
