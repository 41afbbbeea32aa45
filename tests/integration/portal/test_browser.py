"""The browser itself: what starts, what cannot, and what its death is called."""

import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal.browser import Browser, BrowserOptions, start_browser
from agent_core.portal.documents import is_whole_pdf
from protocol.reasons import Reason
from tests.integration.portal.conftest import browser_in


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    started = start_browser(browser_in(tmp_path), 5)
    yield started
    started.close()


def page(body: str) -> str:
    return f"data:text/html,{body}"


def processes_of(profile_root: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(profile_root) in part for part in process.info["cmdline"] or ())
        and process.status() != psutil.STATUS_ZOMBIE
    ]


def test_closing_leaves_no_process_and_no_profile(tmp_path: Path) -> None:
    started = start_browser(browser_in(tmp_path), 5)
    assert processes_of(tmp_path)
    started.close()
    assert processes_of(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_no_browser_has_a_name(tmp_path: Path) -> None:
    options = BrowserOptions(str(tmp_path / "none"), str(tmp_path / "none"), True, tmp_path / "profiles")
    with pytest.raises(PortalSessionError) as caught:
        start_browser(options, 5)
    assert caught.value.reason is Reason.BROWSER_MISSING


def test_a_program_that_is_no_browser_has_a_name(tmp_path: Path) -> None:
    options = BrowserOptions("/bin/true", None, True, tmp_path / "profiles")
    with pytest.raises(PortalSessionError) as caught:
        start_browser(options, 5)
    assert caught.value.reason is Reason.BROWSER_START
    assert list((tmp_path / "profiles").iterdir()) == []


def test_a_driver_that_is_none_has_a_name(tmp_path: Path) -> None:
    options = BrowserOptions(None, "/bin/true", True, tmp_path)
    with pytest.raises(PortalSessionError) as caught:
        start_browser(options, 5)
    assert caught.value.reason is Reason.BROWSER_START
    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_died_has_a_name(browser: Browser, tmp_path: Path) -> None:
    for process in processes_of(tmp_path):
        process.kill()
    with pytest.raises(PortalSessionError) as caught:
        browser.run("return 1")
    assert caught.value.reason is Reason.BROWSER_GONE


def test_an_unreachable_address_has_a_name(browser: Browser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(PortalError) as caught:
        browser.open(f"http://127.0.0.1:{port}/")
    assert caught.value.reason is Reason.PORTAL_UNREACHABLE
    assert caught.value.detail == "net::ERR_CONNECTION_REFUSED"


def test_alerts_are_read_and_accepted_at_any_time(browser: Browser) -> None:
    browser.open(page("<script>alert('one'); alert('two')</script><p>after</p>"))
    assert browser.run("return document.body.innerText") == "after"
    assert browser.alerts() == ("one", "two")
    assert browser.alerts() == ()


def test_a_page_that_never_stops_alerting_is_given_up(browser: Browser) -> None:
    browser.open(page("<script>setInterval(() => alert('again'), 0)</script>"))
    with pytest.raises(PortalError, match="alerts without end"):
        browser.until("return null;", seconds=60)


def test_a_click_on_what_is_covered_is_made_all_the_same(browser: Browser) -> None:
    cover = "<div style='position:fixed;inset:0;z-index:9'></div>"
    browser.open(page(f"<button onclick='document.title=1'>x</button>{cover}"))
    assert browser.click("return document.querySelector('button')")
    assert browser.run("return document.title") == "1"
    assert not browser.click("return document.querySelector('h1')")


def test_prints_a_whole_pdf(browser: Browser) -> None:
    browser.open(page("<p>text</p>"))
    assert is_whole_pdf(browser.print_pdf())


def test_windows_come_and_go(browser: Browser) -> None:
    browser.open(page("<button onclick='window.open(\"about:blank\")'>x</button>"))
    assert not browser.go_to_new_window(0.1)
    browser.click("return document.querySelector('button')")
    assert browser.go_to_new_window(5)
    browser.close_other_windows()
    assert not browser.go_to_new_window(0.1)
    assert browser.run("return document.body.innerText") == "x"
