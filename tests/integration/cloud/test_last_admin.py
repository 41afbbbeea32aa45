"""The database keeps an admin in every office that has one, whoever writes and however many at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import errors as pg

from cloud_api.auth.principal import Person
from cloud_api.db.unit_of_work import become
from tests.support.office import World

DEMOTE = "update app.memberships set role = 'recruiter' where user_id = %s"
SWITCH_OFF = "update app.memberships set active = false where user_id = %s"
REMOVE = "delete from app.memberships where user_id = %s"


@contextmanager
def connected(world: World) -> Iterator["psycopg.Connection[Any]"]:
    """Connect as the API does, with transactions that a test begins and ends itself."""
    with psycopg.connect(str(world.database._pool.conninfo)) as connection:
        yield connection


def admins(world: World, office: str) -> int:
    query = (
        "select count(*)::int from app.memberships m join app.organisations o on o.id = m.organisation_id"
        " where o.name = %s and m.role = 'admin' and m.active"
    )
    return int(world.value(query, office))


def wait_for_a_lock(world: World) -> None:
    """Wait until a backend waits for another one's transaction."""
    waiting = (
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    while not world.value(waiting):
        world.value("select pg_sleep(0.05)")


@pytest.mark.parametrize("statement", [DEMOTE, SWITCH_OFF])
def test_the_last_admin_is_kept_from_the_owner_too(office_world: World, statement: str) -> None:
    name = f"Sole {statement}"
    admin = office_world.person(name, "Ada", "admin")
    with pytest.raises(pg.CheckViolation) as refused:
        office_world.run(statement, admin.user_id)
    assert refused.value.diag.constraint_name == "memberships_keep_an_admin"
    with pytest.raises(pg.CheckViolation):
        office_world.run(REMOVE, admin.user_id)
    second = office_world.person(name, "Bo", "admin")
    assert office_world.run(statement, admin.user_id) == 1
    with pytest.raises(pg.CheckViolation):
        office_world.run(REMOVE, second.user_id)
    assert admins(office_world, name) == 1


@pytest.mark.parametrize(
    ("isolation", "error"),
    [
        (psycopg.IsolationLevel.READ_COMMITTED, pg.CheckViolation),
        (psycopg.IsolationLevel.REPEATABLE_READ, pg.SerializationFailure),
        (psycopg.IsolationLevel.SERIALIZABLE, pg.SerializationFailure),
    ],
)
def test_two_admins_in_two_transactions_do_not_both_win(
    office_world: World, isolation: psycopg.IsolationLevel, error: type[psycopg.Error]
) -> None:
    name = f"Duel{isolation.name}"
    ada, bo = office_world.person(name, "Ada", "admin"), office_world.person(name, "Bo", "admin")
    caught: list[BaseException] = []
    with connected(office_world) as first, connected(office_world) as second:
        for connection, who in ((first, ada), (second, bo)):
            connection.isolation_level = isolation
            become(connection, who.claims)
        assert first.execute(DEMOTE.encode(), [bo.user_id]).rowcount == 1

        def other() -> None:
            try:
                _demote(second, ada)
            except psycopg.Error as fault:
                caught.append(fault)

        thread = threading.Thread(target=other)
        thread.start()
        wait_for_a_lock(office_world)
        first.commit()
        thread.join()
        second.rollback()
    assert [type(fault) for fault in caught] == [error]
    assert admins(office_world, name) == 1


def test_an_office_that_has_none_may_get_its_first(office_world: World) -> None:
    person = office_world.person("None", "Nils")
    promote = "update app.memberships set role = 'admin' where user_id = %s"
    assert office_world.run(promote, person.user_id) == 1
    assert admins(office_world, "None") == 1


def _demote(connection: "psycopg.Connection[Any]", whom: Person) -> None:
    connection.execute(DEMOTE.encode(), [whom.user_id])
    connection.commit()
