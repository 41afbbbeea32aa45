"""One connection for many threads; what several of them record at the same time becomes durable at once.

Work that is handed in while the connection is busy queues up, and whoever has the connection next does all of
it in one transaction: sixteen writers cost the disk about what one does, and each returns when its own work
is durable. Work that fails takes back nothing but itself, unless the disk refuses: then everybody is told.
"""

import contextlib
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from agent_core.errors import StoreError
from protocol.reasons import Reason

Result = TypeVar("Result")

_LOOK_AGAIN_SECONDS = 0.05
"""How long work waits to be done by others before its thread looks whether it must do it itself."""


class _Work:
    """What one thread wants done, and how that went."""

    def __init__(self, work: Callable[[sqlite3.Connection], Any]) -> None:
        self.work = work
        self.is_over = False
        self.result: Any = None
        self.error: Exception | None = None
        self._sleeper = threading.Lock()
        self._sleeper.acquire()

    def sleep(self) -> None:
        self._sleeper.acquire(timeout=_LOOK_AGAIN_SECONDS)

    def wake(self) -> None:
        with contextlib.suppress(RuntimeError):  # awake already
            self._sleeper.release()


class GroupCommit:
    """Transactions on one connection; any thread."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        error_of: Callable[[sqlite3.Error], StoreError],
        committed: Callable[[], None],
    ) -> None:
        """Use this connection, which is in autocommit mode and nobody else's.

        Args:
            connection: the database.
            error_of: what an error of the database is called outside.
            committed: called after each commit, by the thread that made it.
        """
        self._connection = connection
        self._error_of = error_of
        self._committed = committed
        self._turn = threading.Lock()
        self._queue: deque[_Work] = deque()

    def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do work that is durable, or did not happen, when this returns; with others' in one transaction.

        Another thread may do it: it must not depend on which. It is done once.

        Raises:
            StoreError: the disk or the file would not have it.
        """
        mine = _Work(work)
        self._queue.append(mine)
        while not mine.is_over:
            if self._turn.acquire(blocking=False):
                with self._turn_taken():
                    self._do_all()
            else:
                mine.sleep()
        if mine.error is not None:
            raise mine.error
        result: Result = mine.result
        return result

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction: all of it is durable when the block ends, or nothing of it happened.

        Raises:
            StoreError: the disk or the file would not have it.
        """
        with self._transaction("begin immediate") as connection:
            yield connection
        self._committed()

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Look at one moment.

        Raises:
            StoreError: the file cannot be read.
        """
        with self._transaction("begin") as connection:
            yield connection

    def close(self) -> None:
        """Close the connection."""
        self._turn.acquire()
        with self._turn_taken():
            self._connection.close()

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        self._turn.acquire()
        with self._turn_taken():
            try:
                self._connection.execute(begin)
                yield self._connection
                self._connection.execute("commit")
            except sqlite3.Error as error:
                raise self._error_of(error) from error
            finally:
                self._roll_back()

    @contextlib.contextmanager
    def _turn_taken(self) -> Iterator[None]:
        """Give the turn back at the end, and let who queued meanwhile know."""
        try:
            yield
        finally:
            self._turn.release()
            with contextlib.suppress(IndexError):
                self._queue[0].wake()

    def _do_all(self) -> None:
        """Do what is queued in one transaction, and tell everybody how it went."""
        done: list[_Work] = []
        error: Exception | None = StoreError(Reason.AGENT_STORE_WRITE, "interrupted")
        try:
            self._do_queued(done)
            error = None
        except sqlite3.Error as refusal:
            error = self._error_of(refusal)
        finally:
            self._roll_back()
            for each in done:
                each.error = each.error or error
                each.is_over = True
        if done and error is None:
            self._committed()
        for each in done:
            each.wake()

    def _do_queued(self, done: list[_Work]) -> None:
        while self._queue:
            each = self._queue.popleft()
            done.append(each)
            if not self._connection.in_transaction:
                self._connection.execute("begin immediate")
            self._connection.execute("savepoint one")
            try:
                each.result = each.work(self._connection)
            except Exception as error:  # noqa: BLE001 - it is raised again where somebody waits for it
                each.error = self._error_of(error) if isinstance(error, sqlite3.Error) else error
                self._connection.execute("rollback to one")  # fails if the database gave up everything
            self._connection.execute("release one")
        if self._connection.in_transaction:
            self._connection.execute("commit")

    def _roll_back(self) -> None:
        # A closed connection says so with an error of its own; the one that led here is the one to tell.
        with contextlib.suppress(sqlite3.ProgrammingError):
            if self._connection.in_transaction:
                self._connection.rollback()
