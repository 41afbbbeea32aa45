"""The SQLite file: checked when opened, written by one thread at a time, each transaction durable.

A file that is damaged is left as it is, byte for byte, and named in the error (`begin_anew` is the way out).
"""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from agent_core.durable import sync_folder
from agent_core.errors import StoreError
from agent_core.store.group_commit import GroupCommit, Result
from agent_core.store.schema import migrate
from agent_core.store.soundness import DAMAGED, must_be_sound
from protocol.reasons import Reason

PARTS = ("", "-wal", "-shm", "-journal")
"""The endings of the file's name and of what SQLite keeps beside it."""


class Records:
    """One connection, shared by the agent's threads under a lock."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            StoreError: damaged, written by a newer version, or not to be opened.
        """
        self._changed = threading.Condition()
        self._commits = 0
        self._trouble: Reason | None = None
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            finish_move(path)
            must_be_sound(path)
            if not path.exists():
                make_file(path)
            _keep_to_owner(path)
            self._connection = open_file(path)
        except sqlite3.Error as error:
            raise _store_error(error) from error
        except OSError as error:
            raise StoreError(Reason.AGENT_STORE_WRITE, type(error).__name__) from error
        self._transactions = GroupCommit(self._connection, error_of=self._failed, committed=self._committed)

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
    def trouble(self) -> Reason | None:
        """Why the last transaction failed that wanted to write; absent when one worked since."""
        return self._trouble

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

    def _failed(self, error: sqlite3.Error) -> StoreError:
        said = _store_error(error)
        self._trouble = said.reason
        return said

    def _committed(self) -> None:
        self._trouble = None
        self.wake()

    def wake(self) -> None:
        """Let whoever waits for a commit look around."""
        with self._changed:
            self._commits += 1
            self._changed.notify_all()


def open_file(path: Path) -> sqlite3.Connection:
    """Open the file of records, and bring its schema to the newest version.

    Raises:
        StoreError: a newer version wrote it.
        sqlite3.Error: it cannot be opened.
    """
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        # Nothing of an earlier life stays in the journal, which `journal.loses_commits` counts on.
        connection.execute("pragma wal_checkpoint(truncate)")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def make_file(path: Path) -> None:
    """Make an empty file of records, which is there whole or not at all.

    Raises:
        sqlite3.Error: it cannot be made.
        OSError: so.
    """
    new = path.with_name(f"{path.name}.new")
    remove_file(new)
    os.close(os.open(new, os.O_RDWR | os.O_CREAT, 0o600))
    open_file(new).close()
    new.replace(path)
    sync_folder(path.parent)


def replacement(path: Path) -> Path:
    """Return where a file lies, whole, that is to take this one's place."""
    return path.with_name(f"{path.name}.recovered")


def finish_move(path: Path) -> None:
    """Put the replacement in the file's place, if there is one; one that a power cut broke off goes on.

    Raises:
        OSError: the disk would not have it; the same again goes on.
    """
    if replacement(path).exists():
        remove_file(path)
        replacement(path).replace(path)
        sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Remove a file of records and what belongs to it, the file itself first."""
    for suffix in PARTS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _keep_to_owner(path: Path) -> None:
    """Make the file its owner's before anything is in it: its journals hold people too, and copy its mode."""
    for suffix in PARTS:
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.chmod(0o600)


def _store_error(error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)  # absent on errors of the driver itself
    if code is not None and code & 0xFF in DAMAGED:
        return StoreError(Reason.AGENT_STORE_DAMAGED, type(error).__name__)
    return StoreError(Reason.AGENT_STORE_WRITE, getattr(error, "sqlite_errorname", type(error).__name__))
