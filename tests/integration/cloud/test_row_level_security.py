"""Row-level security, told as a story per actor, on the embedded Postgres and on Debian's 15."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.office import world
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.rls_cast import Cast, stage
from tests.support.rls_story import STORY
from tests.support.schema import unindexed_foreign_keys

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


def test_every_foreign_key_begins_an_index(cast: Cast) -> None:
    assert unindexed_foreign_keys(cast.world) == []


def test_views_run_with_the_callers_rights(cast: Cast) -> None:
    found = cast.world.rows(
        "select relname, reloptions from pg_class where relnamespace = 'app'::regnamespace and relkind = 'v'"
    )
    assert {name for name, _ in found} == {"candidate_latest_state_v", "rank_counts_v"}
    assert all(options == ["security_invoker=true"] for _, options in found)


def test_functions_that_borrow_rights_have_a_fixed_search_path(cast: Cast) -> None:
    found = cast.world.rows(
        "select proname, proconfig from pg_proc"
        " where prosecdef and pronamespace::regnamespace::text in ('app', 'local_auth')"
    )
    assert len(found) > 8
    assert [name for name, settings in found if 'search_path=""' not in (settings or [])] == []
