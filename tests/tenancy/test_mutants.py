"""No weakening of the schema survives: the matrix or a rule notices each."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.postgres import PostgresServer
from tests.tenancy.cast import Cast, stage
from tests.tenancy.mutants import ALIKE, Watchman, mutants
from tests.tenancy.tables import TABLES

pytestmark = pytest.mark.timeout(900)  # many small questions: on a machine that does much else they take long


@pytest.fixture(scope="module")
def cast(postgres: PostgresServer) -> Iterator[Cast]:
    with postgres.database() as database, psycopg.connect(database.admin_url, autocommit=True) as admin:
        yield stage(admin, TABLES)


def test_no_mutant_survives(cast: Cast) -> None:
    watchman = Watchman(cast)
    noticed = {mutant.name: watchman.notices(mutant) for mutant in mutants(cast.connection)}

    survivors = {name for name, what in noticed.items() if not what}
    assert len(noticed) > 400
    assert survivors == set(ALIKE), "\n".join(sorted(survivors ^ set(ALIKE)))
