"""Migrations are whole steps, and newer records are left alone."""

import sqlite3
from collections.abc import Iterator

import pytest

from agent_core.errors import StoreError
from agent_core.store.schema import MIGRATIONS, migrate
from protocol.reasons import Reason


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    yield opened
    opened.close()


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def test_migrating_twice_changes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection)
    migrate(connection)
    assert version(connection) == len(MIGRATIONS)


def test_steps_are_applied_from_where_the_records_are(connection: sqlite3.Connection) -> None:
    migrate(connection, ("create table a (x)",))
    migrate(connection, ("create table a (x)", "create table b (x)"))
    assert version(connection) == 2


def test_a_step_that_fails_leaves_nothing_behind(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.Error):
        migrate(connection, ("create table a (x)", "create table b (x); insert into missing values (1)"))
    assert version(connection) == 1
    assert connection.execute("select count(*) from sqlite_master where name = 'b'").fetchone() == (0,)
    assert not connection.in_transaction


def test_records_of_a_newer_version_are_left_alone(connection: sqlite3.Connection) -> None:
    connection.execute("pragma user_version = 99")
    with pytest.raises(StoreError) as caught:
        migrate(connection)
    assert caught.value.reason is Reason.AGENT_STORE_NEWER
    assert version(connection) == 99
