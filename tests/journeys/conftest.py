"""The whole product for one journey: a cloud on a real database, a portal, real agents and browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from demo.portal.state import SiteOptions
from tests.support.browser import chromium_arguments, chromium_path
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.product import Agent, Product, running_product


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


@pytest.fixture
def desk(product: Product) -> Agent:
    """A recruiter's computer that nobody has used yet."""
    return product.computer("desk")


@pytest.fixture
def page(desk: Agent, tmp_path: Path) -> Iterator[Page]:
    """Its page, just opened; how it looked last is kept for whoever reads a failure."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.goto(desk.launch_url)
        yield page
        page.screenshot(path=tmp_path / "last-seen.png")
        browser.close()
