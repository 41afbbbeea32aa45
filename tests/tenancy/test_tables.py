"""Every verb of everybody on every table, view and function that returns rows, on Postgres 18 and 15."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.postgres import PostgresServer
from tests.tenancy.answers import Table
from tests.tenancy.cast import Cast, stage
from tests.tenancy.declared import undeclared, undeclared_columns
from tests.tenancy.probe import differences
from tests.tenancy.tables import TABLES

pytestmark = pytest.mark.timeout(900)  # many small questions: on a machine that does much else they take long


@pytest.fixture(scope="module")
def cast(any_postgres: PostgresServer) -> Iterator[Cast]:
    with any_postgres.database() as database, psycopg.connect(database.admin_url, autocommit=True) as admin:
        yield stage(admin, TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_verb_reaches_for_everybody_what_it_should(cast: Cast, table: Table) -> None:
    wrong = list(differences(cast, table))
    assert not wrong, "\n".join(wrong)


def test_what_there_is_is_declared(cast: Cast) -> None:
    wrong = list(undeclared(cast.connection))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_columns_that_may_be_read_and_changed_are_the_named_ones(cast: Cast, table: Table) -> None:
    assert list(undeclared_columns(cast.connection, table)) == []
