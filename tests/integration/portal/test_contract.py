"""The adapter on a site that keeps the contract in its own way (`tests/support/portal.py`)."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest

from agent_core.errors import PortalError, PortalSessionError
from agent_core.facts.normalise import content_digest
from agent_core.facts.read_page import read_page
from agent_core.portal.session import SeleniumPortalSession
from agent_core.portal.straight import Site
from agent_core.ports import Listing, PortalCredentials, SessionSnapshot, SessionState
from protocol.reasons import Reason
from tests.support.portal import (
    EMPTY_SHIP,
    PASSWORD,
    PHONE,
    RANK,
    SHIP,
    USER,
    Harbour,
    broken_off,
    cut_in_the_middle,
    encoded,
    fetch_one,
    logged_out,
    plain,
    says,
)

OFFICE = PortalCredentials(USER, PASSWORD, PHONE)
CONNECTED = SessionSnapshot(SessionState.CONNECTED)


@pytest.fixture
def session(harbour_portal: Harbour, harbour_session: SeleniumPortalSession) -> SeleniumPortalSession:
    """A session that is logged in, on a site without faults of which nothing is known."""
    harbour_portal.faults, harbour_portal.busy = {}, 0
    if harbour_session.check_health() != CONNECTED:
        assert harbour_session.start(OFFICE).state is SessionState.AWAITING_OTP
        assert harbour_session.verify_otp(harbour_portal.otp or "") == CONNECTED
    harbour_session.site = Site(harbour_session.site.hosts)
    return harbour_session


def person(site: Harbour, number: str) -> Listing:
    return Listing(number, f"{site.address}/company/view_cand_details.php?cand_id={encoded(number)}")


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        assert document.get_metadata_value("Title") == "Resume"
    return "\n".join(pages)


def test_every_list_page_and_number_is_walked(session: SeleniumPortalSession) -> None:
    listed = [listing.candidate_external_id for listing in session.listings(RANK, SHIP)]
    assert listed == ["0042", "7", "1000", "1001", "1002", "1003", "1004", "7", "2000"]


def test_nobody_found_is_no_error(session: SeleniumPortalSession) -> None:
    assert list(session.listings(RANK, EMPTY_SHIP)) == []


def test_a_label_that_the_portal_does_not_have(session: SeleniumPortalSession) -> None:
    with pytest.raises(PortalError) as caught:
        list(session.listings("Admiral", SHIP))
    assert caught.value.reason is Reason.PORTAL_LABEL_UNKNOWN


@pytest.mark.parametrize("number", ["0042", "7", "1000", "1002", "1003", "2000"])
def test_a_resume_is_read_and_printed_whole(
    session: SeleniumPortalSession, harbour_portal: Harbour, number: str
) -> None:
    fetched = fetch_one(session, person(harbour_portal, number))
    facts = read_page(fetched.cells)
    assert facts.name == f"Sailor {number}"
    assert len(facts.sea_service) == 7
    assert facts.sea_service[0].rank == "Chief Officer"
    assert str(facts.sea_service[0].signed_on) == "2024-01-01"
    printed = words(fetched.pdf)
    for text in (printed, fetched.text):
        assert f"Sailor {number}" in text
        assert f"MV Example {number}-7" in text
        assert "download by" not in " ".join(text.lower().split())
        assert "Office AS" not in text
        assert harbour_portal.address.removeprefix("http://") not in text
        assert "crew@127.0.0.1" in text
    assert b"/URI" not in fetched.pdf


def test_the_same_resume_has_the_same_content_each_time(
    session: SeleniumPortalSession, harbour_portal: Harbour
) -> None:
    first, second = (fetch_one(session, person(harbour_portal, "7")) for _ in range(2))
    assert first.text != second.text, "the page itself must change, or this proves nothing"
    assert content_digest(first.text) == content_digest(second.text)


@pytest.mark.parametrize("label", ["Name", "Full Name :", "NAME", "<b>Name</b> of the person"])
def test_a_page_without_a_script_is_complete_with_its_name(
    session: SeleniumPortalSession, harbour_portal: Harbour, label: str
) -> None:
    harbour_portal.faults = {"1001": plain(label)}
    assert "Sailor Plain" in words(fetch_one(session, person(harbour_portal, "1001")).pdf)


@pytest.mark.parametrize(
    "mark",
    [
        "<table><tr><td>download by<br>Office AS</td></tr></table>",
        "<div><div>download</div><div>by Office AS</div></div>",
        "<table><tr><td>download</td><td>by Office AS</td></tr></table>",
        "<p><script>const site = 'HOST';</script>download by Office AS</p>",
    ],
)
def test_the_portals_mark_is_taken_off_however_it_is_broken(
    session: SeleniumPortalSession, harbour_portal: Harbour, mark: str
) -> None:
    harbour_portal.faults = {"1001": plain("Name", top=mark)}
    printed = words(fetch_one(session, person(harbour_portal, "1001")).pdf)
    assert "Sailor Plain" in printed
    assert "Office AS" not in printed
    assert "download" not in printed


def test_what_a_script_says_does_not_hide_the_words_beside_it(
    session: SeleniumPortalSession, harbour_portal: Harbour
) -> None:
    top = f"<div><script>const site = '{harbour_portal.address}';</script>Can start at once</div>"
    harbour_portal.faults = {"1001": plain("Name", top=top)}
    assert "Can start at once" in words(fetch_one(session, person(harbour_portal, "1001")).pdf)


def test_a_captcha_beside_a_whole_resume_is_no_block(
    session: SeleniumPortalSession, harbour_portal: Harbour
) -> None:
    form = "<form class=captcha-box>Solve the captcha to write to us<input name=captcha></form>"
    harbour_portal.faults = {"1001": plain("Name", bottom=form)}
    assert fetch_one(session, person(harbour_portal, "1001")).pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (broken_off, Reason.RESUME_INCOMPLETE),
        (cut_in_the_middle, Reason.RESUME_INCOMPLETE),
        (logged_out, Reason.RESUME_LOGIN_PAGE),
        (says("Daily download limit exceeded"), Reason.PORTAL_BLOCKED),
        (says("oops", 500), Reason.PORTAL_SERVER_ERROR),
        (says("gone", 404), Reason.PORTAL_SERVER_ERROR),
        (says("<div class=g-recaptcha>prove it</div>"), Reason.PORTAL_BLOCKED),
    ],
)
def test_a_resume_that_is_none_has_a_named_reason_and_the_next_is_fetched(
    session: SeleniumPortalSession, harbour_portal: Harbour, fault: Callable[[Any], None], reason: Reason
) -> None:
    harbour_portal.faults = {"1001": fault}
    with pytest.raises(PortalError) as caught:
        fetch_one(session, person(harbour_portal, "1001"))
    assert caught.value.reason is reason
    assert not isinstance(caught.value, PortalSessionError)
    assert fetch_one(session, person(harbour_portal, "1002")).pdf.startswith(b"%PDF")


@pytest.mark.parametrize("fault", [broken_off, cut_in_the_middle, says("oops", 500)])
@pytest.mark.parametrize("number", ["7", "1002", "1003", "2000"])
def test_half_a_page_is_noticed_however_it_opens(
    session: SeleniumPortalSession, harbour_portal: Harbour, number: str, fault: Callable[[Any], None]
) -> None:
    harbour_portal.faults, before = {number: fault}, len(harbour_portal.asked)
    with pytest.raises(PortalError) as caught:
        fetch_one(session, person(harbour_portal, number))
    assert caught.value.reason in (Reason.RESUME_INCOMPLETE, Reason.PORTAL_SERVER_ERROR)
    assert sum("php?c=" in path for path in harbour_portal.asked[before:]) == 1, "no page twice"


def test_a_pause_that_the_portal_asks_for_is_kept(
    session: SeleniumPortalSession, harbour_portal: Harbour
) -> None:
    harbour_portal.busy = 1
    assert fetch_one(session, person(harbour_portal, "1004")).pdf.startswith(b"%PDF")
    assert harbour_portal.busy == 0


def test_a_number_that_cannot_be_read_leaves_the_others(
    session: SeleniumPortalSession, harbour_portal: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harbour_portal, "lists", {"All": ("1", "?broken", "2")})
    assert [listing.candidate_external_id for listing in session.listings(RANK, SHIP)] == ["1", "", "2"]


def test_the_end_of_the_session_is_told_from_one_odd_page(
    session: SeleniumPortalSession, harbour_portal: Harbour
) -> None:
    harbour_portal.lives = False
    with pytest.raises(PortalSessionError) as caught:
        fetch_one(session, person(harbour_portal, "1004"))
    assert caught.value.reason is Reason.RESUME_LOGIN_PAGE
    assert session.snapshot() == SessionSnapshot(SessionState.ENDED, reason=Reason.PORTAL_SESSION_ENDED)
    with pytest.raises(PortalSessionError) as again:
        fetch_one(session, person(harbour_portal, "1004"))
    assert again.value.reason is Reason.PORTAL_SESSION_ENDED
