"""Every named query of the cloud is prepared against the real schema, as the role that runs it."""

import re
from pathlib import Path

import psycopg
import pytest

import cloud_api
from cloud_api.db.queries import parse_queries
from tests.support.postgres import TestDatabase

ROOT = Path(cloud_api.__file__).parent
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*.sql")
    if "supabase" not in path.parts and path.name != "plain_postgres.sql"
)
PARAMETER = re.compile(rb"%\(([a-z_0-9]+)\)s")
AS_LOGIN_ROLE = {
    "register_device",
    "device_by_token",
    "account_by_email",
    "start_family",
    "rotate",
    "end_family",
    "open_account",
}


def as_prepared(query: bytes) -> bytes:
    """Return the query with the numbered parameters of ``prepare``."""
    names = list(dict.fromkeys(PARAMETER.findall(query)))
    return PARAMETER.sub(lambda match: b"$%d" % (names.index(match.group(1)) + 1), query).replace(b"%%", b"%")


@pytest.mark.parametrize("file", FILES)
def test_every_query_fits_the_schema(database: TestDatabase, file: str) -> None:
    queries = parse_queries((ROOT / file).read_text(encoding="utf-8"))
    with psycopg.connect(database.api_url) as connection:
        for name, query in queries.items():
            with connection.transaction(force_rollback=True):
                if name not in AS_LOGIN_ROLE:
                    connection.execute("set local role authenticated")
                connection.execute(b"prepare q as " + as_prepared(query))
                connection.execute("deallocate q")


def test_the_slices_have_queries() -> None:
    assert len(FILES) >= 6
