"""A page that means harm costs one person a named reason, and leaves the browser usable for the next."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from agent_core.errors import PortalError
from agent_core.facts.read_page import read_page
from agent_core.portal.session import SeleniumPortalSession
from agent_core.portal.straight import Site
from agent_core.ports import Listing, PortalCredentials, SessionState
from protocol.reasons import Reason
from tests.integration.portal.conftest import browser_in, settings_for
from tests.support.portal import PASSWORD, PHONE, USER, Harbour, encoded, fetch_one, harbour, plain


@pytest.fixture(scope="module")
def site() -> Iterator[Harbour]:
    with harbour() as started:
        yield started


@pytest.fixture(scope="module")
def session(site: Harbour, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeleniumPortalSession]:
    settings = settings_for(site.login_url, site.dashboard_url, seconds=6)
    opened = SeleniumPortalSession(
        lambda: settings, browser_in(tmp_path_factory.mktemp("profiles")), lambda: datetime.now(UTC)
    )
    yield opened
    opened.disconnect()


@pytest.fixture(autouse=True)
def connected(site: Harbour, session: SeleniumPortalSession) -> None:
    """Each test begins logged in, knowing nothing of the site, so that one that fails fails alone."""
    session.site = Site(session.site.hosts)
    if session.snapshot().state is not SessionState.CONNECTED:
        session.start(PortalCredentials(USER, PASSWORD, PHONE))
        session.verify_otp(site.otp or "")


def listing(site: Harbour, number: str) -> Listing:
    return Listing(number, f"{site.address}/company/view_cand_details.php?a=1&cand_id={encoded(number)}")


HOSTILE = {
    "alerts that never end": ("<script>while (true) alert('x')</script>", Reason.PORTAL_CHANGED),
    "alerts by a timer": ("<script>setInterval(() => alert('x'), 10)</script>", Reason.PORTAL_CHANGED),
    "questions by a timer": (
        "<script>setInterval(() => { prompt(''); confirm('') })</script>",
        Reason.PORTAL_CHANGED,
    ),
    "a script that never ends": ("<script>setTimeout(() => { while (true); })</script>", Reason.PORTAL_SLOW),
    "a page that never rests": ("<meta http-equiv=refresh content=0>", Reason.PORTAL_SLOW),
    "a page that leaves": ("<script>location = 'about:blank'</script>", Reason.RESUME_INCOMPLETE),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_one_hostile_resume_has_a_reason_and_the_next_person_is_fetched(
    site: Harbour, session: SeleniumPortalSession, kind: str
) -> None:
    page, reason = HOSTILE[kind]
    site.faults["1001"] = plain("Name", bottom=page)
    with pytest.raises(PortalError) as caught:
        fetch_one(session, listing(site, "1001"))
    assert caught.value.reason is reason
    assert fetch_one(session, listing(site, "1002")).pdf.startswith(b"%PDF-")
    assert session.snapshot().state is SessionState.CONNECTED


HARMLESS = {
    "windows without end": "<script>setInterval(() => window.open('about:blank'), 10)</script>",
    "a page that will not be left": "<script>onbeforeunload = event => event.preventDefault()</script>",
    "a file of the computer": "<script>location = 'file:///etc/passwd'</script>",
    "a download": "<a id=d download=x.exe href='data:x/y,x'></a><script>d.click()</script>",
    "a page that closes itself": "<script>close()</script>",
    "a page that prints": "<script>print()</script>",
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_a_resume_tries_changes_nothing(
    site: Harbour, session: SeleniumPortalSession, kind: str
) -> None:
    site.faults["1001"] = plain("Name", bottom=HARMLESS[kind])
    for number in ("1001", "1002"):
        assert fetch_one(session, listing(site, number)).pdf.startswith(b"%PDF-")


def test_a_resume_leads_to_web_pages_and_people_only(site: Harbour, session: SeleniumPortalSession) -> None:
    """A click on a link in a PDF opens no file, runs no script, and gives no share the person's password."""
    good = ("https://example.com/a", "mailto:kari@example.com", "tel:0042")
    bad = (
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://example.com/x",
        "data:text/html,x",
        "ms-word:x",
    )
    links = "".join(f"<p><a href='{link}'>link</a></p>" for link in (*good, *bad, "http://[", "/own.asp"))
    links += "<svg width=90 height=20><a href='file:///svg'><text y=15>link</text></a></svg>"
    site.faults["1001"] = plain("Name", bottom=links)
    pdf = fetch_one(session, listing(site, "1001")).pdf
    assert re.findall(rb"/URI \((.*?)\)", pdf) == [link.encode() for link in good]


def test_what_is_no_text_does_not_keep_a_resume_from_the_office(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    script = "<script>document.querySelectorAll('td')[1].textContent = 'Kari\\u0000 \\ud800Nord'</script>"
    site.faults["1001"] = plain("Name", bottom=script)
    fetched = fetch_one(session, listing(site, "1001"))
    fetched.text.encode()
    assert "\x00" not in fetched.text
    assert read_page(fetched.cells).name == "Kari\ufffd \ufffdNord"


def test_a_row_that_links_to_a_file_of_this_computer_opens_none(
    site: Harbour, session: SeleniumPortalSession, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(f"<img src='{site.address}/opened'>", encoding="utf-8")
    for link in (file.as_uri(), "file://share.example/page.html"):  # Windows would log in at a share
        with pytest.raises(PortalError) as caught:
            fetch_one(session, Listing("1001", f"{link}?view_cand_details.php&cand_id={encoded('1001')}"))
        assert caught.value.reason is Reason.PORTAL_CHANGED
    assert fetch_one(session, listing(site, "1002")).pdf.startswith(b"%PDF-")
    assert "/opened" not in site.asked


def test_a_resume_that_leads_to_another_site_is_not_taken(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    elsewhere = f"http://localhost:{urlsplit(site.address).port}/company/download.php?c={encoded('1002')}"
    site.faults["1001"] = lambda handler: handler.answer("", 302, Location=elsewhere)
    with pytest.raises(PortalError) as caught:
        fetch_one(session, listing(site, "1001"))
    assert caught.value.reason is Reason.PORTAL_CHANGED
    assert fetch_one(session, listing(site, "1002")).pdf.startswith(b"%PDF-")


def test_a_resume_that_leads_to_another_persons_is_not_taken(
    site: Harbour, session: SeleniumPortalSession
) -> None:
    other = f"/company/download.php?c={encoded('1002')}"
    site.faults["1001"] = lambda handler: handler.answer("", 302, Location=other)
    with pytest.raises(PortalError) as caught:
        fetch_one(session, listing(site, "1001"))
    assert caught.value.reason is Reason.PORTAL_CHANGED
    assert fetch_one(session, listing(site, "1002")).pdf.startswith(b"%PDF-")
