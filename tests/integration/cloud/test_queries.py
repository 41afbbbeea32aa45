"""Every named query of the cloud is one that the real schema understands."""

import re
from pathlib import Path

import psycopg

from cloud_api.db.queries import parse_queries
from tests.support.postgres import TestDatabase
from tests.support.tree import ROOT, repository_files

_PARAMETER = re.compile(rb"%\(([a-z0-9_]+)\)s")
_NOT_QUERIES = ("cloud_api/supabase/", "cloud_api/db/plain_postgres.sql")


def named_queries() -> list[tuple[str, bytes]]:
    found = []
    for path in repository_files():
        if path.startswith("cloud_api/") and path.endswith(".sql") and not path.startswith(_NOT_QUERIES):
            queries = parse_queries((ROOT / Path(path)).read_text(encoding="utf-8"))
            found += [(f"{path}:{name}", query) for name, query in queries.items()]
    return found


def test_every_query_is_prepared_against_the_schema(database: TestDatabase) -> None:
    queries = named_queries()
    assert len(queries) > 25
    failures = []
    with psycopg.connect(database.admin_url, autocommit=True) as connection:
        for name, query in queries:
            try:
                connection.execute(b"prepare q as " + _numbered(query))
                connection.execute(b"deallocate q")
            except psycopg.Error as error:
                failures.append(f"{name}: {error}")
    assert failures == []


def _numbered(query: bytes) -> bytes:
    """Return the query with the server's own parameters, $1, $2 …"""
    names = list(dict.fromkeys(_PARAMETER.findall(query)))
    return _PARAMETER.sub(lambda found: b"$%d" % (names.index(found[1]) + 1), query).replace(b"%%", b"%")
