"""Each column that can tell of somebody is known, held a canary of an erased person, and holds none after."""

from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.integration.cloud.conftest import Office
from tests.support.deletion import erase
from tests.support.governance import CANARIES, scatter, story
from tests.support.office import World
from tests.support.personal_data import ERASED, NOT_OF_CANDIDATES

_KINDS = "('text', 'jsonb', 'json', 'bytea', 'ARRAY', 'date', 'inet', 'character varying', 'USER-DEFINED')"
_DIGESTS_AND_DATES = {
    "resume_checksum_sha256",
    "file_sha256",
    "content_sha256",
    "call_back_on",
    "date_of_birth",
    "expiry_dates",
}

Values = dict[tuple[str, str], list[str]]


def columns(world: World) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    query = (
        "select table_name, column_name from information_schema.columns"
        " join information_schema.tables using (table_schema, table_name)"
        f" where table_schema = 'app' and table_type = 'BASE TABLE' and data_type in {_KINDS}"
    )
    for table, column in world.rows(query):
        found.setdefault(table, set()).add(column)
    return found


def test_every_column_is_known(office_world: World) -> None:
    known: dict[str, set[str]] = {table: set(names.split()) for table, names in ERASED.items()}
    for table, reasons in NOT_OF_CANDIDATES.items():
        for names in reasons:
            known.setdefault(table, set()).update(names.split())
    found = columns(office_world)
    assert {table: found[table] - known.get(table, set()) for table in found} == {
        table: set() for table in found
    }, "say in tests/support/personal_data.py what erasing a person does to it"
    assert {table: known[table] - found.get(table, set()) for table in known} == {
        table: set() for table in known
    }


@pytest.fixture(scope="module")
def before_and_after(office_world: World, office: Office) -> tuple[Values, Values]:
    person = story(office_world, office.device, office.recruiter, office.admin)
    scatter(office_world, office.device, person)
    before = values(office_world)
    assert erase(office_world, office, person) is True
    return before, values(office_world)


def values(world: World) -> Values:
    """Return what stands in every column that is erased."""
    found: Values = {}
    with psycopg.connect(world.admin_url) as connection:
        for table, names in ERASED.items():
            for name in names.split():
                query = sql.SQL("select {}::text from {}").format(
                    sql.Identifier(name), sql.Identifier("app", table)
                )
                rows: list[tuple[Any, ...]] = connection.execute(query).fetchall()
                found[table, name] = [row[0] for row in rows if row[0] not in (None, "", "{}")]
    return found


@pytest.mark.parametrize(
    ("table", "column"), [(table, name) for table, names in ERASED.items() for name in names.split()]
)
def test_what_told_of_the_person_does_not_any_more(
    before_and_after: tuple[Values, Values], table: str, column: str
) -> None:
    before, after = (side[table, column] for side in before_and_after)
    if column in _DIGESTS_AND_DATES:
        assert before or table == "read_files"
        assert not set(before) & set(after)
        return
    assert [text for text in before if _tells(text)], "nothing was planted there"
    assert [text for text in after if _tells(text)] == []


def _tells(text: str) -> bool:
    return any(canary.lower() in text.lower() for canary in (*CANARIES, "xanadu"))
