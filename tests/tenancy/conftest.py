"""Two servers for the folder's tests: the embedded Postgres and Debian's 15, with the same migrations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import PostgresServer, postgres_server

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_15() -> Iterator[PostgresServer]:
    assert DEBIAN_15.is_dir(), "this machine needs Debian's package postgresql-15"
    with postgres_server(DEBIAN_15) as server:
        yield server


@pytest.fixture(scope="module", params=["embedded", "debian-15"])
def any_postgres(request: pytest.FixtureRequest) -> PostgresServer:
    name = "postgres" if request.param == "embedded" else "postgres_15"
    found: PostgresServer = request.getfixturevalue(name)
    return found
