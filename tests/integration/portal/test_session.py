"""One behaviour of `ports.PortalSession`, on the simulator and on two real sites in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_core.errors import PortalSessionError
from agent_core.facts.read_page import read_page
from agent_core.portal.browser import BrowserOptions
from agent_core.portal.session import SeleniumPortalSession
from agent_core.ports import PortalCredentials, PortalSession, SessionState
from agent_core.settings import PortalSettings
from demo.portal.server import RunningPortal
from demo.portal.state import DEMO_ACCOUNT
from protocol.reasons import Reason
from tests.support import portal as harbour_site
from tests.support.portal import Harbour, fetch_one
from tests.support.simulated import ManualClock, SimulatedPerson, SimulatedPortal


@dataclass
class World:
    """A portal, and what a test must know of it."""

    session: PortalSession
    account: PortalCredentials
    code: Callable[[], str]
    end_session: Callable[[], None]
    search: tuple[str, str]
    nobody: tuple[str, str]

    def connect(self) -> None:
        assert self.session.start(self.account).state is SessionState.AWAITING_OTP
        assert self.session.verify_otp(self.code()).state is SessionState.CONNECTED


@pytest.fixture(params=["simulated", "demo", "harbour"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    built: World = request.getfixturevalue(f"{request.param}_world")
    yield built
    if request.param == "simulated":
        built.session.disconnect()


@pytest.fixture
def simulated_world() -> World:
    people = [SimulatedPerson(number, "Kari Example", "Master", "Tug") for number in ("07", "8")]
    portal = SimulatedPortal(shown=people)
    return World(
        portal,
        portal.account,
        lambda: portal.otp or "",
        portal.end_session,
        ("Master", "Tug"),
        ("Master", "Dredger"),
    )


@pytest.fixture
def demo_world(demo_portal: RunningPortal, demo_session: SeleniumPortalSession) -> World:
    site = demo_portal.portal
    return World(
        demo_session,
        PortalCredentials(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone),
        lambda: site.phone()[0] or "",
        site.end_visits,
        ("SR DPO Master", "DSV DP-II"),
        ("Insructor", "Wood/Log Carrier"),
    )


@pytest.fixture
def harbour_world(harbour_portal: Harbour, harbour_session: SeleniumPortalSession) -> World:
    return World(
        harbour_session,
        PortalCredentials(harbour_site.USER, harbour_site.PASSWORD, harbour_site.PHONE),
        lambda: harbour_portal.otp or "",
        lambda: setattr(harbour_portal, "lives", False),
        (harbour_site.RANK, harbour_site.SHIP),
        (harbour_site.RANK, harbour_site.EMPTY_SHIP),
    )


def test_a_phone_number_that_the_portal_does_not_know(world: World) -> None:
    seen = world.session.start(replace(world.account, phone="000"))
    assert (seen.state, seen.reason) == (SessionState.DISCONNECTED, Reason.LOGIN_PHONE_NOT_REGISTERED)


def test_a_wrong_code_and_then_the_right_one(world: World) -> None:
    seen = world.session.start(world.account)
    assert (seen.state, seen.reason) == (SessionState.AWAITING_OTP, None)
    assert seen.otp_expires_at is not None
    for _ in range(2):
        seen = world.session.verify_otp("11")
        assert (seen.state, seen.reason) == (SessionState.AWAITING_OTP, Reason.LOGIN_WRONG_OTP)
    assert world.session.verify_otp(world.code()).state is SessionState.CONNECTED


def test_a_wrong_password_is_told_after_the_code(world: World) -> None:
    assert world.session.start(replace(world.account, password="wrong")).state is SessionState.AWAITING_OTP
    seen = world.session.verify_otp(world.code())
    assert (seen.state, seen.reason) == (SessionState.DISCONNECTED, Reason.LOGIN_WRONG_PASSWORD)


def test_a_new_code_needs_nothing_typed_again(world: World) -> None:
    world.session.start(world.account)
    first = world.code()
    assert world.session.resend_otp().state is SessionState.AWAITING_OTP
    assert world.code() != first
    assert world.session.verify_otp(world.code()).state is SessionState.CONNECTED


def test_a_code_that_nobody_asked_for(world: World) -> None:
    world.connect()
    seen = world.session.verify_otp("123456")
    assert (seen.state, seen.reason) == (SessionState.CONNECTED, Reason.LOGIN_NO_OTP_ASKED)


def test_people_are_listed_and_fetched(world: World) -> None:
    world.connect()
    listed = list(world.session.listings(*world.search))
    assert listed
    assert all(listing.candidate_external_id.isdigit() for listing in listed)
    fetched = fetch_one(world.session, listed[0])
    assert fetched.pdf.startswith(b"%PDF")
    assert read_page(fetched.cells).name
    assert read_page(fetched.cells).name in fetched.text


def test_nobody_found(world: World) -> None:
    world.connect()
    assert list(world.session.listings(*world.nobody)) == []


def test_a_session_that_the_portal_ended(world: World) -> None:
    world.connect()
    listing = next(iter(world.session.listings(*world.search)))
    world.end_session()
    with pytest.raises(PortalSessionError) as caught:
        fetch_one(world.session, listing)
    assert caught.value.reason is Reason.RESUME_LOGIN_PAGE
    seen = world.session.snapshot()
    assert (seen.state, seen.reason) == (SessionState.ENDED, Reason.PORTAL_SESSION_ENDED)
    for act in (
        lambda: fetch_one(world.session, listing),
        lambda: list(world.session.listings(*world.search)),
    ):
        with pytest.raises(PortalSessionError) as again:
            act()
        assert again.value.reason is Reason.PORTAL_SESSION_ENDED


def test_health_notices_the_end_of_a_session(world: World) -> None:
    world.connect()
    assert world.session.check_health().state is SessionState.CONNECTED
    world.end_session()
    seen = world.session.check_health()
    assert (seen.state, seen.reason) == (SessionState.ENDED, Reason.PORTAL_SESSION_ENDED)


def test_defect_6_a_look_at_the_session_does_not_disturb_a_walk(world: World) -> None:
    world.connect()
    undisturbed = list(world.session.listings(*world.search))
    disturbed = []
    for listing in world.session.listings(*world.search):
        world.session.check_health()
        disturbed.append(listing)
    assert disturbed == undisturbed


def test_nothing_is_had_without_a_login(world: World, tmp_path: Path) -> None:
    if isinstance(world.session, SeleniumPortalSession):
        options = BrowserOptions(None, None, headless=True, profile_root=tmp_path)
        world.session = SeleniumPortalSession(PortalSettings, options, lambda: datetime.now(UTC))
    with pytest.raises(PortalSessionError) as caught:
        list(world.session.listings(*world.search))
    assert caught.value.reason is Reason.LOGIN_NOT_CONNECTED
    assert world.session.resend_otp().reason is Reason.LOGIN_NOT_CONNECTED
    assert world.session.check_health().state is SessionState.DISCONNECTED


def test_a_code_runs_out_by_the_clock(demo_portal: RunningPortal, tmp_path: Path) -> None:
    clock = ManualClock()
    settings = PortalSettings(login_url=demo_portal.login_url, dashboard_url=demo_portal.dashboard_url)
    options = BrowserOptions(None, None, headless=True, profile_root=tmp_path)
    session = SeleniumPortalSession(lambda: settings, options, clock)
    try:
        account = PortalCredentials(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone)
        seen = session.start(account)
        assert seen.otp_expires_at == clock.now + timedelta(seconds=settings.otp_seconds)
        clock.pass_(settings.otp_seconds)
        assert session.snapshot().reason is Reason.LOGIN_OTP_EXPIRED
        late = session.verify_otp(demo_portal.portal.phone()[0] or "")
        assert (late.state, late.reason) == (SessionState.AWAITING_OTP, Reason.LOGIN_OTP_EXPIRED)
    finally:
        session.disconnect()
    assert list(tmp_path.iterdir()) == []
