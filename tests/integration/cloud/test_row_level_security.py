"""Row-level security, told as a story per actor, on the embedded Postgres and on Debian's 15."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.office import world
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.rls_cast import Cast, stage
from tests.support.rls_story import STORY

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture(scope="module", params=["embedded", "debian-15"])
def cast(request: pytest.FixtureRequest, postgres: PostgresServer) -> Iterator[Cast]:
    if request.param == "embedded":
        with postgres.database() as database, world(database) as opened:
            yield stage(opened)
        return
    assert DEBIAN_15.is_dir(), "this machine needs Debian's package postgresql-15"
    with postgres_server(DEBIAN_15) as server, server.database() as database, world(database) as opened:
        yield stage(opened)


@pytest.mark.parametrize("scene", STORY, ids=lambda scene: scene.__name__)
def test_story(cast: Cast, scene: Callable[[Cast], None]) -> None:
    scene(cast)
