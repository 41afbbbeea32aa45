"""Many resumes at once: all of them right, within the limits as the portal itself counts them."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from agent_core.errors import PortalSessionError
from agent_core.facts.read_page import read_page
from agent_core.portal.session import SeleniumPortalSession
from agent_core.ports import Fetched, Listing, PortalCredentials, SessionState, go_on
from agent_core.settings import PortalSettings
from protocol.reasons import Reason
from tests.integration.portal.conftest import browser_in, settings_for
from tests.support.portal import (
    PASSWORD,
    PHONE,
    RANK,
    SHIP,
    USER,
    Harbour,
    encoded,
    harbour,
    logged_out,
    plain,
    resume,
    says,
)

MANY = [str(number) for number in range(3001, 3013)]
CLICKED = ("7", "1002", "1003", "2000")
AT_ONCE = 4


class Limits:
    """The settings, which somebody may change between two downloads."""

    def __init__(self, site: Harbour) -> None:
        self._first = settings_for(site.login_url, site.dashboard_url).model_copy(
            update={"concurrency": AT_ONCE}
        )
        self.now = self._first

    def __call__(self) -> PortalSettings:
        return self.now

    def set(self, **limits: float) -> None:
        self.now = self._first.model_copy(update=limits)


@pytest.fixture(scope="module")
def site() -> Iterator[Harbour]:
    with harbour() as started:
        yield started


@pytest.fixture(scope="module")
def limits(site: Harbour) -> Limits:
    return Limits(site)


@pytest.fixture(scope="module")
def opened(limits: Limits, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeleniumPortalSession]:
    session = SeleniumPortalSession(
        limits, browser_in(tmp_path_factory.mktemp("profiles")), lambda: datetime.now(UTC)
    )
    yield session
    session.disconnect()


@pytest.fixture
def session(site: Harbour, limits: Limits, opened: SeleniumPortalSession) -> SeleniumPortalSession:
    """A session that is logged in, on a site without faults that has counted nothing."""
    limits.set()
    site.faults, site.busy, site.pause, site.alone = {}, 0, 1, False
    if opened.snapshot().state is not SessionState.CONNECTED:
        log_in(opened, site)
    site.asked.clear()
    site.came.clear()
    site.most_at_once = 0
    return opened


def log_in(session: SeleniumPortalSession, site: Harbour) -> None:
    session.start(PortalCredentials(USER, PASSWORD, PHONE))
    session.verify_otp(site.otp or "")


def people(site: Harbour, numbers: Sequence[str]) -> list[Listing]:
    address = f"{site.address}/company/view_cand_details.php?cand_id="
    return [Listing(number, address + encoded(number)) for number in numbers]


def by_number(fetched: Sequence[Fetched]) -> dict[str, Fetched]:
    found = {each.listing.candidate_external_id: each for each in fetched}
    assert len(found) == len(fetched), "each exactly once"
    return found


def assert_is(fetched: Fetched, number: str) -> None:
    assert fetched.error is None
    assert fetched.resume is not None
    assert fetched.resume.pdf.startswith(b"%PDF-")
    facts = read_page(fetched.resume.cells)
    assert facts.name == f"Sailor {number}"
    assert len(facts.sea_service) == 7


def reason_of(fetched: Fetched) -> Reason | None:
    return fetched.error.reason if fetched.error else None


def test_everybody_gets_their_own_resume_however_it_opens(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    numbers = [*MANY[:5], *CLICKED, "1000", "0042", *MANY[5:]]
    found = by_number(list(session.fetch_all(people(site, numbers))))
    assert sorted(found) == sorted(numbers)
    for number, fetched in found.items():
        assert_is(fetched, number)
    assert site.most_at_once <= AT_ONCE


def test_resumes_are_opened_at_the_same_time(site: Harbour, session: SeleniumPortalSession) -> None:
    """Three wait for one another at the portal: only who opens three at once gets past."""
    meeting = threading.Barrier(3)

    def meet(handler: Any) -> None:
        meeting.wait(60)
        plain("Name")(handler)

    first, *others = MANY[:4]
    site.faults = dict.fromkeys(others, meet)
    found = by_number(list(session.fetch_all(people(site, [first, *others]))))
    assert all(each.resume is not None for each in found.values())


def test_the_address_is_learnt_and_the_persons_page_not_asked_for_again(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    list(session.fetch_all(people(site, MANY[:6])))
    assert sum("view_cand_details" in path for path in site.asked) <= 1
    assert sum("download.php" in path for path in site.asked) == 6
    site.asked.clear()
    list(session.fetch_all(people(site, MANY[6:])))
    assert not any("view_cand_details" in path for path in site.asked), "the next download knows it too"
    assert sum("download.php" in path for path in site.asked) == len(MANY[6:])


def test_a_download_after_one_that_was_misled_learns_anew(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    def moved(handler: Any) -> None:
        handler.answer("<p>moved</p>" if "download" in handler.path else resume("1002", site.address))

    site.faults["1002"] = moved
    found = by_number(list(session.fetch_all(people(site, [*MANY[:3], "1002"]))))
    assert_is(found["1002"], "1002")
    site.asked.clear()
    list(session.fetch_all(people(site, MANY)))
    assert sum("view_cand_details" in path for path in site.asked) == 1


def test_the_rate_counts_for_all_tabs_together(
    site: Harbour, session: SeleniumPortalSession, limits: Limits
) -> None:
    """What comes after the start by the pace cannot be earlier than it was sent."""
    limits.set(requests_per_second=5.0, concurrency=8)
    started = time.monotonic()
    list(session.fetch_all(people(site, MANY[:8])))
    assert len(site.came) >= 8
    assert site.came[-1] - started >= (len(site.came) - 1) / 5.0 - 1 / 5.0


def test_the_limits_of_a_download_are_those_of_its_start(
    site: Harbour, session: SeleniumPortalSession, limits: Limits
) -> None:
    limits.set(concurrency=1)
    list(session.fetch_all(people(site, MANY[:4])))
    assert site.most_at_once == 1


def test_a_site_that_shows_who_was_looked_at_last_mixes_nobody_up(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    site.alone = True
    log_in(session, site)  # another login: nothing is known of the site
    found = by_number(list(session.fetch_all(people(site, MANY[:5]))))
    for number in MANY[:5]:
        assert_is(found[number], number)
    assert site.most_at_once == 1


WRONG: dict[str, tuple[Callable[[Any], None], Reason]] = {
    "alerts by a timer": (
        plain("Name", bottom="<script>setInterval(() => alert('x'), 10)</script>"),
        Reason.PORTAL_CHANGED,
    ),
    "alerts that never end": (
        plain("Name", bottom="<script>while (true) alert('x')</script>"),
        Reason.PORTAL_CHANGED,
    ),
    "a page that never rests": (
        plain("Name", bottom="<meta http-equiv=refresh content=0>"),
        Reason.PORTAL_SLOW,
    ),
    "no name": (says("We are sorry"), Reason.RESUME_INCOMPLETE),
    "a server's error": (says("oops", 500), Reason.PORTAL_SERVER_ERROR),
    "one login page": (logged_out, Reason.RESUME_LOGIN_PAGE),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_one_person_s_page_does_harms_nobody_beside(
    site: Harbour, session: SeleniumPortalSession, kind: str
) -> None:
    page, reason = WRONG[kind]
    wrong = (MANY[2], MANY[6])
    site.faults = dict.fromkeys(wrong, page)
    found = by_number(list(session.fetch_all(people(site, MANY))))
    for number in MANY:
        if number in wrong:
            assert reason_of(found[number]) is reason
        else:
            assert_is(found[number], number)
    assert session.snapshot().state is SessionState.CONNECTED


def test_an_alert_over_every_page_is_accepted(site: Harbour, session: SeleniumPortalSession) -> None:
    site.faults = dict.fromkeys(MANY, plain("Name", top="<script>alert('Welcome')</script>"))
    found = by_number(list(session.fetch_all(people(site, MANY))))
    assert all(each.resume is not None for each in found.values())


def test_a_pause_that_the_portal_asks_for_is_kept_and_everybody_comes(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    """Each of two answers without a page, once, and says when to ask again."""

    def busy(handler: Any) -> None:
        number = next(each for each in busy_ones if f"c={encoded(each)}&" in handler.path)
        del site.faults[number]
        handler.answer("", 503, Retry_After="1")

    busy_ones = (MANY[3], MANY[4])
    site.faults = dict.fromkeys(busy_ones, busy)
    found = by_number(list(session.fetch_all(people(site, MANY))))
    assert not site.faults
    for number in MANY:
        assert_is(found[number], number)


def test_a_limit_stops_the_asking(site: Harbour, session: SeleniumPortalSession, limits: Limits) -> None:
    limits.set(concurrency=1)
    site.faults = {MANY[1]: says("Daily download limit exceeded")}
    found = by_number(list(session.fetch_all(people(site, MANY[:6]))))
    assert_is(found[MANY[0]], MANY[0])
    assert {reason_of(found[number]) for number in MANY[1:6]} == {Reason.PORTAL_BLOCKED}
    assert sum("download.php" in path for path in site.asked) == 2


def test_the_end_of_the_session_is_told_to_all_in_flight(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    def end(handler: Any) -> None:
        site.lives = False
        logged_out(handler)

    site.faults = {MANY[4]: end}
    found = by_number(list(session.fetch_all(people(site, MANY))))
    lost = [each for each in found.values() if each.resume is None]
    assert found[MANY[4]] in lost
    assert all(isinstance(each.error, PortalSessionError) for each in lost)
    assert {reason_of(each) for each in lost} <= {Reason.RESUME_LOGIN_PAGE, Reason.PORTAL_SESSION_ENDED}
    for number, fetched in found.items():
        if fetched not in lost:
            assert_is(fetched, number)
    seen = session.snapshot()
    assert (seen.state, seen.reason) == (SessionState.ENDED, Reason.PORTAL_SESSION_ENDED)
    before = len(site.asked)
    again = list(session.fetch_all(people(site, MANY[:2])))
    assert {reason_of(each) for each in again} == {Reason.PORTAL_SESSION_ENDED}
    assert len(site.asked) == before


def test_leaving_does_not_wait_for_a_page_that_hangs(site: Harbour, session: SeleniumPortalSession) -> None:
    hangs, goes_on = threading.Event(), threading.Event()

    def hang(handler: Any) -> None:
        hangs.set()
        goes_on.wait(120)
        plain("Name")(handler)

    class QuitError(Exception):
        pass

    def stop() -> None:
        if hangs.is_set():
            raise QuitError

    site.faults = {MANY[1]: hang}
    try:
        with pytest.raises(QuitError):
            list(session.fetch_all(people(site, MANY[:2]), stop))
    finally:
        goes_on.set()
    assert_is(next(iter(session.fetch_all(people(site, MANY[2:3]), go_on))), MANY[2])


def test_a_walk_that_goes_on_meanwhile_is_not_disturbed(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    """People may be fetched while the lists are still being walked, also those who must be clicked."""
    found = by_number(
        [each for each in session.fetch_all(_once(session.listings(RANK, SHIP))) if each.error is None]
    )
    assert sorted(found) == sorted(["0042", "7", "1000", "1001", "1002", "1003", "1004", "2000"])


def _once(listings: Iterator[Listing]) -> Iterator[Listing]:
    seen: set[str] = set()
    for listing in listings:
        if listing.candidate_external_id not in seen:
            seen.add(listing.candidate_external_id)
            yield listing


def test_a_long_pause_ends_when_nothing_more_is_wanted(site: Harbour, session: SeleniumPortalSession) -> None:
    site.busy, site.pause = 100, 50
    wanted: list[Reason | None] = [None]

    def stop() -> Reason | None:
        if site.busy < 100:
            wanted[0] = Reason.JOB_PAUSED
        return wanted[0]

    (fetched,) = session.fetch_all(people(site, MANY[:1]), stop)  # the last test: the pause goes on
    assert reason_of(fetched) is Reason.JOB_PAUSED
