"""Whatever the demo's portal does wrong has a named reason, and never gives an empty or half PDF."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_core.errors import PortalError, PortalSessionError
from agent_core.facts.normalise import content_digest
from agent_core.portal.session import SeleniumPortalSession
from agent_core.portal.straight import Site
from agent_core.ports import Listing, PortalCredentials, SessionState
from demo.portal.faults import Element, Fault, FaultKind, Page
from demo.portal.server import RunningPortal
from demo.portal.state import DEMO_ACCOUNT, SiteOptions
from protocol.reasons import Reason
from tests.integration.portal.conftest import browser_in, settings_for
from tests.integration.portal.test_browser import processes_of
from tests.support.portal import fetch_one

OFFICE = PortalCredentials(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone)
SEARCH = ("SR DPO Master", "DSV DP-II")


@pytest.fixture
def session(
    demo_portal: RunningPortal, demo_session: SeleniumPortalSession
) -> Iterator[SeleniumPortalSession]:
    """A session that is logged in, on a portal without faults of which nothing is known."""
    if demo_session.check_health().state is not SessionState.CONNECTED:
        demo_session.start(OFFICE)
        demo_session.verify_otp(demo_portal.portal.phone()[0] or "")
    assert demo_session.snapshot().state is SessionState.CONNECTED
    demo_session.site = Site(demo_session.site.hosts)
    yield demo_session
    demo_portal.portal.faults.replace([])


@pytest.fixture(scope="module")
def listed(demo_portal: RunningPortal, demo_session: SeleniumPortalSession) -> list[Listing]:
    demo_session.start(OFFICE)
    demo_session.verify_otp(demo_portal.portal.phone()[0] or "")
    return list(demo_session.listings(*SEARCH))


def fault(kind: FaultKind, page: Page, **more: object) -> Fault:
    return Fault.model_validate({"kind": kind, "page": page, **more})


RESUME_FAULTS = [
    (fault(FaultKind.LOGIN_PAGE, Page.RESUME), Reason.RESUME_LOGIN_PAGE),
    (fault(FaultKind.LOGIN_PAGE, Page.DETAILS), Reason.RESUME_LOGIN_PAGE),
    (fault(FaultKind.BROKEN, Page.RESUME), Reason.RESUME_INCOMPLETE),
    (fault(FaultKind.HALF, Page.RESUME), Reason.RESUME_INCOMPLETE),
    (fault(FaultKind.EMPTY, Page.RESUME), Reason.RESUME_INCOMPLETE),
    (fault(FaultKind.EMPTY, Page.DETAILS), Reason.RESUME_INCOMPLETE),
    (fault(FaultKind.MISSING_ELEMENT, Page.RESUME, element=Element.NAME), Reason.RESUME_INCOMPLETE),
    (fault(FaultKind.MISSING_ELEMENT, Page.DETAILS, element=Element.DOWNLOAD_LINK), Reason.RESUME_NO_LINK),
    (fault(FaultKind.SERVER_ERROR, Page.RESUME), Reason.PORTAL_SERVER_ERROR),
    (fault(FaultKind.SERVER_ERROR, Page.DETAILS), Reason.PORTAL_SERVER_ERROR),
    (fault(FaultKind.CAPTCHA, Page.RESUME), Reason.PORTAL_BLOCKED),
    (fault(FaultKind.LIMIT, Page.DETAILS), Reason.PORTAL_BLOCKED),
    (fault(FaultKind.TOO_MANY_REQUESTS, Page.RESUME, seconds=600), Reason.PORTAL_BLOCKED),
]


@pytest.mark.parametrize(("wrong", "reason"), RESUME_FAULTS, ids=lambda value: getattr(value, "kind", None))
def test_a_resume_that_cannot_be_had(
    demo_portal: RunningPortal,
    session: SeleniumPortalSession,
    listed: list[Listing],
    wrong: Fault,
    reason: Reason,
) -> None:
    demo_portal.portal.faults.replace([wrong])
    with pytest.raises(PortalError) as caught:
        fetch_one(session, listed[0])
    assert caught.value.reason is reason
    assert not isinstance(caught.value, PortalSessionError)
    demo_portal.portal.faults.replace([])
    assert fetch_one(session, listed[1]).pdf.startswith(b"%PDF")


def test_an_alert_in_the_way_is_accepted(
    demo_portal: RunningPortal, session: SeleniumPortalSession, listed: list[Listing]
) -> None:
    pages = (Page.DETAILS, Page.RESUME, Page.LIST, Page.DASHBOARD)
    demo_portal.portal.faults.replace([fault(FaultKind.ALERT, page) for page in pages])
    assert fetch_one(session, listed[0]).pdf.startswith(b"%PDF")
    assert list(session.listings(*SEARCH)) == listed


def test_a_changed_resume_is_noticed_by_its_content(
    demo_portal: RunningPortal, session: SeleniumPortalSession, listed: list[Listing]
) -> None:
    first, same = (content_digest(fetch_one(session, listed[0]).text) for _ in range(2))
    demo_portal.portal.faults.replace([fault(FaultKind.CHANGED_RESUME, Page.RESUME)])
    changed = content_digest(fetch_one(session, listed[0]).text)
    assert first == same
    assert first != changed


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (fault(FaultKind.MISSING_ELEMENT, Page.DASHBOARD, element=Element.LISTS), Reason.PORTAL_CHANGED),
        (fault(FaultKind.MISSING_ELEMENT, Page.LIST, element=Element.RANK), Reason.PORTAL_CHANGED),
        (fault(FaultKind.MISSING_ELEMENT, Page.LIST, element=Element.SHIP), Reason.PORTAL_CHANGED),
        (fault(FaultKind.MISSING_ELEMENT, Page.LIST, element=Element.SUBMIT), Reason.PORTAL_CHANGED),
        (fault(FaultKind.MISSING_ELEMENT, Page.LIST, element=Element.TABLE), Reason.PORTAL_CHANGED),
        (fault(FaultKind.MISSING_ELEMENT, Page.LIST, element=Element.DETAILS_LINK), Reason.PORTAL_CHANGED),
        (fault(FaultKind.SERVER_ERROR, Page.LIST), Reason.PORTAL_SERVER_ERROR),
        (fault(FaultKind.EMPTY, Page.LIST), Reason.PORTAL_CHANGED),
        (fault(FaultKind.EMPTY, Page.DASHBOARD), Reason.PORTAL_CHANGED),
        (fault(FaultKind.CAPTCHA, Page.DASHBOARD), Reason.PORTAL_BLOCKED),
        (fault(FaultKind.LIMIT, Page.LIST), Reason.PORTAL_BLOCKED),
    ],
)
def test_a_walk_that_cannot_be_made(
    demo_portal: RunningPortal, session: SeleniumPortalSession, wrong: Fault, reason: Reason
) -> None:
    demo_portal.portal.faults.replace([wrong])
    with pytest.raises(PortalError) as caught:
        list(session.listings(*SEARCH))
    assert caught.value.reason is reason
    if wrong.element is not None:
        assert caught.value.detail, "it must say which element is missing"
    assert session.snapshot().state is SessionState.CONNECTED


@pytest.mark.parametrize("kind", [FaultKind.NOBODY, FaultKind.NOBODY_WITH_TABLE])
def test_nobody_found_with_and_without_a_table(
    demo_portal: RunningPortal, session: SeleniumPortalSession, kind: FaultKind
) -> None:
    demo_portal.portal.faults.replace([fault(kind, Page.LIST)])
    assert list(session.listings(*SEARCH)) == []


def test_a_pause_that_the_portal_asks_for_is_kept(
    demo_portal: RunningPortal, session: SeleniumPortalSession, listed: list[Listing]
) -> None:
    busy = fault(FaultKind.TOO_MANY_REQUESTS, Page.RESUME, seconds=1, times=1)
    demo_portal.portal.faults.replace([busy])
    assert fetch_one(session, listed[0]).pdf.startswith(b"%PDF")


LOGIN_ELEMENTS = [Element.COMPANY, Element.SEND_OTP]
SLOW_SECONDS = 25.0
"""So much longer than the patience of `quick_session` that a machine which stalls does not make it up."""


@pytest.fixture
def quick_session(demo_portal: RunningPortal, tmp_path: Path) -> Iterator[SeleniumPortalSession]:
    """A session of less patience, so that a page can be too slow; a busy machine must not be."""
    settings = settings_for(demo_portal.login_url, demo_portal.dashboard_url, seconds=6)
    session = SeleniumPortalSession(lambda: settings, browser_in(tmp_path), lambda: datetime.now(UTC))
    yield session
    session.disconnect()
    demo_portal.portal.faults.replace([])


def test_a_login_page_that_changed(demo_portal: RunningPortal, quick_session: SeleniumPortalSession) -> None:
    for element in LOGIN_ELEMENTS:
        wrong = fault(FaultKind.MISSING_ELEMENT, Page.LOGIN, element=element)
        demo_portal.portal.faults.replace([wrong])
        seen = quick_session.start(OFFICE)
        assert (seen.state, seen.reason) == (SessionState.DISCONNECTED, Reason.PORTAL_CHANGED), element


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (FaultKind.SLOW, Reason.PORTAL_SLOW),
        (FaultKind.SERVER_ERROR, Reason.PORTAL_SERVER_ERROR),
        (FaultKind.CAPTCHA, Reason.PORTAL_BLOCKED),
    ],
)
def test_a_login_page_that_does_not_come(
    demo_portal: RunningPortal, quick_session: SeleniumPortalSession, kind: FaultKind, reason: Reason
) -> None:
    demo_portal.portal.faults.replace([fault(kind, Page.LOGIN, seconds=SLOW_SECONDS)])
    seen = quick_session.start(OFFICE)
    assert (seen.state, seen.reason) == (SessionState.DISCONNECTED, reason)


def test_a_slow_resume_has_its_own_reason_and_the_next_is_fetched(
    demo_portal: RunningPortal, quick_session: SeleniumPortalSession
) -> None:
    quick_session.start(OFFICE)
    quick_session.verify_otp(demo_portal.portal.phone()[0] or "")
    listed = list(quick_session.listings(*SEARCH))
    demo_portal.portal.faults.replace([fault(FaultKind.SLOW, Page.RESUME, seconds=SLOW_SECONDS, times=1)])
    with pytest.raises(PortalError) as caught:
        fetch_one(quick_session, listed[0])
    assert caught.value.reason is Reason.PORTAL_SLOW
    fetched = fetch_one(quick_session, listed[1])
    assert fetched.pdf.startswith(b"%PDF")


def test_a_browser_that_was_closed_is_named_and_a_new_login_starts_another(
    demo_portal: RunningPortal, quick_session: SeleniumPortalSession, tmp_path: Path
) -> None:
    quick_session.start(OFFICE)
    quick_session.verify_otp(demo_portal.portal.phone()[0] or "")
    listed = list(quick_session.listings(*SEARCH))
    for process in processes_of(tmp_path):
        process.kill()
    with pytest.raises(PortalSessionError) as caught:
        fetch_one(quick_session, listed[0])
    assert caught.value.reason is Reason.BROWSER_GONE
    assert quick_session.snapshot().reason is Reason.BROWSER_GONE
    assert quick_session.start(OFFICE).state is SessionState.AWAITING_OTP
    assert quick_session.verify_otp(demo_portal.portal.phone()[0] or "").state is SessionState.CONNECTED
    assert fetch_one(quick_session, listed[0]).pdf.startswith(b"%PDF")


def test_a_portal_that_is_down(tmp_path: Path) -> None:
    with RunningPortal(SiteOptions()) as portal:
        settings = settings_for(portal.login_url, portal.dashboard_url)
        session = SeleniumPortalSession(lambda: settings, browser_in(tmp_path), lambda: datetime.now(UTC))
        try:
            session.start(OFFICE)
            session.verify_otp(portal.portal.phone()[0] or "")
            listed = list(session.listings(*SEARCH))
            portal.stop()
            with pytest.raises(PortalError) as caught:
                fetch_one(session, listed[0])
            assert caught.value.reason is Reason.PORTAL_UNREACHABLE
            seen = session.check_health()
            assert (seen.state, seen.reason) == (SessionState.CONNECTED, Reason.PORTAL_UNREACHABLE)
            assert session.start(OFFICE).reason is Reason.PORTAL_UNREACHABLE
        finally:
            session.disconnect()
