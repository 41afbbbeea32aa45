"""What several threads record becomes durable together, and fails by itself."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_core.errors import StoreError
from agent_core.store.group_commit import GroupCommit
from protocol.reasons import Reason

WRITERS = 16


class Disk(sqlite3.Connection):
    """A connection whose disk can refuse a commit."""

    refuses = False

    def execute(self, statement: str, *parameters: Any) -> sqlite3.Cursor:
        if statement == "commit" and self.refuses:
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(statement, *parameters)


class Desk:
    """Records whose connection can be kept busy, so that work queues."""

    def __init__(self, path: Path) -> None:
        self.disk = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=Disk)
        self.disk.execute("pragma journal_mode = wal")
        self.disk.execute("create table numbers (number integer primary key)")
        self.commits = 0
        self.errors: list[str] = []
        self.group = GroupCommit(
            self.disk,
            error_of=lambda error: StoreError(Reason.AGENT_STORE_WRITE, str(error)),
            committed=self.count,
        )

    def count(self) -> None:
        self.commits += 1

    def put(self, number: int) -> None:
        self.group.run(lambda connection: connection.execute("insert into numbers values (?)", (number,)))

    def numbers(self) -> list[int]:
        with self.group.read() as connection:
            return [row[0] for row in connection.execute("select number from numbers order by 1")]

    def while_it_is_busy(self, *works: Callable[[], None]) -> None:
        """Have all of this queue while somebody else has the connection."""
        threads = [threading.Thread(target=self.kept(work)) for work in works]
        self.group._turn.acquire()
        with self.group._turn_taken():
            for thread in threads:
                thread.start()
            while len(self.group._queue) < len(threads):
                threading.Event().wait(0.001)
        for thread in threads:
            thread.join()

    def kept(self, work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except (StoreError, ZeroDivisionError) as error:
                self.errors.append(type(error).__name__)

        return run


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "numbers.sqlite3")
    yield made
    made.group.close()


def test_alone_each_is_a_commit_and_returns_what_it_made(desk: Desk) -> None:
    desk.put(1)
    desk.put(2)
    assert desk.group.run(lambda connection: connection.execute("select 3").fetchone()[0]) == 3
    assert (desk.commits, desk.numbers()) == (3, [1, 2])


def test_what_queues_becomes_durable_together(desk: Desk, tmp_path: Path) -> None:
    desk.while_it_is_busy(*(lambda n=n: desk.put(n) for n in range(WRITERS)))
    assert desk.commits == 1
    with contextlib.closing(sqlite3.connect(tmp_path / "numbers.sqlite3")) as other:
        assert other.execute("select count(*) from numbers").fetchone() == (WRITERS,)


def test_one_that_fails_takes_back_nothing_but_itself(desk: Desk) -> None:
    def insert_and_fail(connection: sqlite3.Connection) -> None:
        connection.execute("insert into numbers values (7)")
        raise ZeroDivisionError

    desk.while_it_is_busy(
        lambda: desk.put(1),
        lambda: desk.group.run(insert_and_fail),
        lambda: desk.put(1),
        lambda: desk.put(2),
    )
    assert desk.numbers() == [1, 2]
    assert sorted(desk.errors) == ["StoreError", "ZeroDivisionError"]


def test_a_disk_that_refuses_the_commit_is_told_to_everybody(desk: Desk) -> None:
    desk.put(9)
    desk.disk.refuses = True
    desk.while_it_is_busy(lambda: desk.put(1), lambda: desk.put(2))
    assert desk.errors == ["StoreError"] * 2
    desk.disk.refuses = False
    desk.put(3)
    assert desk.numbers() == [3, 9]


def test_a_transaction_that_the_database_gave_up_is_nobodys_success(desk: Desk) -> None:
    def lose_everything(connection: sqlite3.Connection) -> None:
        connection.rollback()  # as SQLite itself does when the disk fails in the middle
        raise ZeroDivisionError

    desk.put(9)
    desk.while_it_is_busy(lambda: desk.put(1), lambda: desk.group.run(lose_everything))
    assert desk.numbers() in ([9], [1, 9])  # which of the two came first is the system's choice
    assert desk.errors.count("ZeroDivisionError") == 1
    assert (1 in desk.numbers()) is ("StoreError" not in desk.errors)


def test_a_block_that_fails_leaves_nothing_and_says_no_commit(desk: Desk) -> None:
    desk.put(0)
    with pytest.raises(StoreError), desk.group.write() as connection:
        connection.executemany("insert into numbers values (?)", [(1,), (1,)])
    assert (desk.commits, desk.numbers()) == (1, [0])


def test_threads_that_go_on_and_on_all_get_their_turn(desk: Desk) -> None:
    def produce(first: int) -> None:
        for number in range(first, first + 25):
            desk.put(number)

    threads = [threading.Thread(target=produce, args=(100 * place,)) for place in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.numbers()) == 25 * WRITERS
    assert desk.commits <= 25 * WRITERS
