"""A tab with a line of its own keeps the promises of `Page`, whatever its page does."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal.browser import Browser, start_browser
from agent_core.portal.documents import is_whole_pdf
from agent_core.portal.tab import Tab
from protocol.reasons import Reason
from tests.integration.portal.conftest import browser_in
from tests.integration.portal.test_browser import page, processes_of
from tests.support.portal import Harbour, broken_off

SECONDS = 5.0


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    started = start_browser(browser_in(tmp_path_factory.mktemp("profiles")), SECONDS)
    yield started
    started.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    opened = browser.tab(SECONDS)
    yield opened
    opened.close()


def run_on(tab: Tab, url: str = "") -> None:
    """Run scripts until the tab refuses."""
    if url:
        tab.open(url)
    while True:
        tab.run("return 1")


def resume(site: Harbour, number: str) -> str:
    site.lives = True
    return f"{site.address}/company/download.php?c={number}"


def test_values_go_in_and_out(tab: Tab) -> None:
    tab.open(page("<p>text</p>"))
    given = ["a'\"\\n", {"x": None}]
    assert tab.run("return [...arguments, document.body.innerText]", *given) == [*given, "text"]
    assert tab.run("return") is None
    assert tab.run("return 'Kari' + String.fromCharCode(0, 0xd800)") == "Kari\ufffd\ufffd"


def test_a_script_that_fails_has_a_reason(tab: Tab) -> None:
    tab.open(page("x"))
    with pytest.raises(PortalError) as caught:
        tab.run("throw new Error('x')")
    assert caught.value.reason is Reason.PORTAL_CHANGED


def test_an_alert_in_the_middle_of_a_script_does_not_take_its_answer(tab: Tab) -> None:
    tab.open(page("x"))
    assert tab.run("alert('one'); confirm('two'); return prompt('three') === null ? 1 : 2") == 2
    assert tab.alerts() == ("one", "two", "three")
    assert tab.alerts() == ()


def test_what_is_printed_is_tagged_for_screen_readers_only_where_that_is_said(tab: Tab) -> None:
    tab.open(page("<h1>Sailor</h1><table><tr><th>Name</th><td>Kari</td></tr></table>"))
    assert b"/StructTreeRoot" in tab.print_pdf(tagged=True)
    assert b"/StructTreeRoot" not in tab.print_pdf()


@pytest.mark.parametrize("milliseconds", [0, 1, 3, 7, 20])
def test_alerts_at_any_moment_take_no_answer_away(tab: Tab, milliseconds: int) -> None:
    later = f"setTimeout(() => {{ alert(1); setTimeout(() => alert(2), {milliseconds}) }}, {milliseconds})"
    tab.open(page(f"<p>text</p><script>{later}</script>"))
    for number in range(20):
        assert tab.run("return [arguments[0], document.body.innerText]", number) == [number, "text"]
    assert is_whole_pdf(tab.print_pdf())
    assert tab.until("return window.never || null;", seconds=30, or_alert=True) is None
    assert tab.alerts()


def test_alerts_without_end_are_given_up_and_the_tab_goes_on(tab: Tab) -> None:
    with pytest.raises(PortalError) as caught:
        tab.open(page("<script>while (true) alert('x')</script>"))
    assert caught.value.reason is Reason.PORTAL_CHANGED
    tab.open(page("after"))
    assert tab.run("return document.body.innerText") == "after"


def test_a_script_without_end_is_given_up_and_the_tab_goes_on(tab: Tab) -> None:
    tab.open(page("x"))
    with pytest.raises(PortalError) as caught:
        tab.run("while (true);")
    assert caught.value.reason is Reason.PORTAL_SLOW
    tab.open(page("after"))
    assert tab.run("return document.body.innerText") == "after"


def test_a_page_that_goes_on_is_waited_for(tab: Tab, harbour_portal: Harbour) -> None:
    tab.open(page("<p>first</p><script>location = 'data:text/html,<p>second'</script>"))
    assert tab.run("return document.readyState !== 'loading'")


def test_a_page_that_draws_itself_when_it_is_seen_is_seen(browser: Browser, tab: Tab) -> None:
    with_another_in_front = browser.tab(SECONDS)
    draw = "requestAnimationFrame(() => { document.body.innerHTML = '<b>drawn</b>' })"
    tab.open(page(f"<script>{draw}</script>"))
    assert tab.until("return document.querySelector('b')?.innerText", seconds=30) == "drawn"
    with_another_in_front.close()


def test_a_tab_that_is_closed_from_outside_has_a_reason_and_goes_on(browser: Browser, tab: Tab) -> None:
    tab.open(page("x"))
    browser._tabs.close(tab._handle)
    with pytest.raises(PortalError) as caught:
        run_on(tab)
    assert not isinstance(caught.value, PortalSessionError)
    tab.open(page("after"))
    assert tab.run("return document.body.innerText") == "after"


def test_a_crash_has_a_reason_and_the_tab_goes_on(tab: Tab) -> None:
    with pytest.raises(PortalError) as caught:
        run_on(tab, "chrome://crash")
    assert not isinstance(caught.value, PortalSessionError)
    tab.open(page("after"))
    assert tab.run("return document.body.innerText") == "after"


def test_an_abandoned_tab_opens_nothing_more(browser: Browser) -> None:
    opened = browser.tab(SECONDS)
    opened.abandon()
    with pytest.raises(PortalError) as caught:
        opened.open(page("x"))
    assert caught.value.reason is Reason.JOB_INTERRUPTED
    opened.close()


def test_what_the_network_says_is_known(tab: Tab, harbour_portal: Harbour) -> None:
    harbour_portal.faults = {}
    tab.open(resume(harbour_portal, "MTAwMQ"))
    assert tab.answer().status == 200
    source = tab.source()
    assert source is not None
    assert "Sailor 1001" in source
    harbour_portal.faults = {"1001": broken_off}
    tab.open(resume(harbour_portal, "MTAwMQ"))
    tab.source()
    assert tab.answer().is_broken


def test_an_address_that_does_not_answer_has_a_reason(tab: Tab) -> None:
    with pytest.raises(PortalError) as caught:
        tab.open("http://127.0.0.1:1/")
    assert caught.value.detail.startswith("net::ERR_")


def test_a_place_within_the_page_is_no_journey(tab: Tab) -> None:
    tab.open(page("<p id=x>text</p>"))
    tab.open(page("<p id=x>text</p>#x"))
    assert tab.run("return location.hash") == "#x"


def test_the_drivers_window_does_not_see_the_tab(browser: Browser, tab: Tab) -> None:
    tab.open(page("x"))
    assert not browser.go_to_new_window(0)
    browser.close_other_windows()
    assert tab.run("return document.body.innerText") == "x"


def test_work_aside_leaves_the_page_as_it_is(browser: Browser) -> None:
    browser.open(page("here"))
    with browser.aside():
        browser.open(page("<button onclick='window.open(\"about:blank\")'>x</button>"))
        browser.click("return document.querySelector('button')")
        assert browser.go_to_new_window(20)
    assert browser.run("return document.body.innerText") == "here"
    assert not browser.go_to_new_window(0)


def test_a_browser_that_died_is_gone_for_the_tab_too(tmp_path: Path) -> None:
    started = start_browser(browser_in(tmp_path), SECONDS)
    try:
        opened = started.tab(SECONDS)
        for process in processes_of(tmp_path):
            process.kill()
        with suppress(PortalError):  # the page may die before the browser
            run_on(opened)
        with pytest.raises(PortalSessionError) as caught:
            opened.open(page("x"))
        assert caught.value.reason is Reason.BROWSER_GONE
    finally:
        started.close()
