"""Portals and browsers for the tests of this folder: one browser a module, because a start is dear."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_core.portal.browser import BrowserOptions
from agent_core.portal.session import SeleniumPortalSession
from agent_core.settings import PortalSettings
from demo.portal.server import RunningPortal
from demo.portal.state import SiteOptions
from tests.support.portal import Harbour, harbour


def settings_for(login_url: str, dashboard_url: str, *, seconds: float = 10) -> PortalSettings:
    """Return settings that keep a test fast."""
    return PortalSettings(
        login_url=login_url,
        dashboard_url=dashboard_url,
        page_timeout_seconds=seconds,
        requests_per_second=100,
    )


def browser_in(folder: Path) -> BrowserOptions:
    """Return options for the installed browser."""
    return BrowserOptions(None, None, headless=True, profile_root=folder)


@pytest.fixture(scope="module")
def demo_portal() -> Iterator[RunningPortal]:
    with RunningPortal(SiteOptions(seed=7, latency_ms=0, page_size=15)) as running:
        yield running


@pytest.fixture(scope="module")
def harbour_portal() -> Iterator[Harbour]:
    with harbour() as site:
        yield site


@pytest.fixture(scope="module")
def demo_session(
    demo_portal: RunningPortal, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SeleniumPortalSession]:
    yield from _session(
        settings_for(demo_portal.login_url, demo_portal.dashboard_url), tmp_path_factory.mktemp("profiles")
    )


@pytest.fixture(scope="module")
def harbour_session(
    harbour_portal: Harbour, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SeleniumPortalSession]:
    yield from _session(
        settings_for(harbour_portal.login_url, harbour_portal.dashboard_url),
        tmp_path_factory.mktemp("profiles"),
    )


def _session(settings: PortalSettings, folder: Path) -> Iterator[SeleniumPortalSession]:
    session = SeleniumPortalSession(lambda: settings, browser_in(folder), lambda: datetime.now(UTC))
    yield session
    session.disconnect()
