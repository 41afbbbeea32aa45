"""The whole product for one journey: a cloud on a real database, a portal, real agents and browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.portal.state import SiteOptions
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.product import Product, running_product


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture
def product(postgres: PostgresServer, tmp_path: Path) -> Iterator[Product]:
    with (
        postgres.database() as database,
        running_product(tmp_path, database, SiteOptions(seed=7)) as product,
    ):
        yield product
