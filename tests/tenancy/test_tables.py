"""Every verb of everybody on every table, view and function that returns rows, on Postgres 18 and 15."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.postgres import PostgresServer
from tests.tenancy.answers import Table
from tests.tenancy.cast import Cast, stage
from tests.tenancy.functions import FUNCTIONS
from tests.tenancy.introspection import columns, columns_with, functions, relations
from tests.tenancy.probe import differences
from tests.tenancy.tables import TABLES


@pytest.fixture(scope="module")
def cast(any_postgres: PostgresServer) -> Iterator[Cast]:
    with any_postgres.database() as database, psycopg.connect(database.admin_url, autocommit=True) as admin:
        yield stage(admin, TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_verb_reaches_for_everybody_what_it_should(cast: Cast, table: Table) -> None:
    wrong = list(differences(cast, table))
    assert not wrong, "\n".join(wrong)


def test_every_table_and_view_has_its_rows_here(cast: Cast) -> None:
    without = relations(cast.connection) - {table.name for table in TABLES}
    assert not without, "say what they answer in tests/tenancy/tables_<slice>.py"


def test_every_function_has_its_row_and_is_called_by_whom_it_is_for(cast: Cast) -> None:
    found = functions(cast.connection)
    wrong = {name: roles for name, roles in found.items() if FUNCTIONS.get(name) != roles}
    assert not wrong, "say who may call them in tests/tenancy/functions.py"
    assert set(FUNCTIONS) == set(found)


@pytest.mark.parametrize(
    "table", [table for table in TABLES if not table.reading], ids=lambda table: table.name
)
def test_the_columns_that_may_be_read_and_changed_are_the_named_ones(cast: Cast, table: Table) -> None:
    hidden = columns(cast.connection, table.name) - columns_with(cast.connection, table.name, "select")
    assert sorted(hidden) == sorted(table.hidden.split()), f"`hidden` of {table.name}"
    writable = columns_with(cast.connection, table.name, "update")
    assert " ".join(sorted(writable)) == table.writable, f"`writable` of {table.name}"
