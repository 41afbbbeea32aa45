"""Find, zoom and print by the script that the systems' own web views get, under the page's real policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from agent_core.local_api.headers import PAGE_POLICY
from desktop.menu import Action
from desktop.page_tools import do_script, tools_script
from tests.support.browser import chromium_arguments, chromium_path

URL = "http://127.0.0.1:9/app/"
BODY = """<!doctype html><title>NjordHR</title>
<main><h1>Bosun</h1><p>A bosun leads the deck crew.</p><p hidden>The hidden bosun</p>
<p>No BOSUN without a crew</p><input aria-label="Note"></main>"""
FIELD = "input[aria-label='Find on this page']"
MARKED = "[...CSS.highlights.get('njordhr-%s') ?? []].map((range) => range.toString())"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        yield browser.new_page()
        browser.close()


@pytest.fixture
def page(chromium: Page) -> Page:
    def answer(route: Route) -> None:
        headers = {"Content-Type": "text/html", "Content-Security-Policy": PAGE_POLICY}
        route.fulfill(status=200, body=BODY, headers=headers)

    chromium.route("**/*", answer)
    chromium.goto(URL)
    chromium.evaluate("sessionStorage.clear()")
    chromium.evaluate(tools_script("win32"))
    chromium.evaluate(tools_script("win32"))  # twice does no harm
    chromium.evaluate("window.print = () => { window.printed = (window.printed || 0) + 1 }; 1")
    return chromium


def test_a_text_is_found_and_stepped_through(page: Page) -> None:
    page.focus("input[aria-label='Note']")
    page.keyboard.press("Control+f")
    page.keyboard.type("bosun")
    assert page.evaluate(MARKED % "found") == ["Bosun", "bosun", "BOSUN"]
    status = page.locator("[role=search] [role=status]")
    assert status.inner_text() == "1 of 3"
    page.keyboard.press("Enter")
    assert page.evaluate(MARKED % "current") == ["bosun"]
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    assert status.inner_text() == "3 of 3"
    page.keyboard.type("x")
    page.fill(FIELD, "captain")
    assert status.inner_text() == "Not on this page"
    page.keyboard.press("Escape")
    assert page.locator("[role=search]").count() == 0
    assert page.evaluate("CSS.highlights.size") == 0
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Note"


def test_the_keys_of_a_browser_zoom_and_print(page: Page) -> None:
    page.keyboard.press("Control+=")
    page.keyboard.press("Control+=")
    assert page.evaluate("document.documentElement.style.zoom") == "1.25"
    page.keyboard.press("Control+-")
    assert page.evaluate("window.njordhrTools.zoom") == 1.1
    page.keyboard.press("Control+0")
    assert page.evaluate("window.njordhrTools.zoom") == 1
    page.keyboard.press("Control+p")
    assert page.evaluate("window.printed") == 1
    page.keyboard.press("p")
    assert page.evaluate("window.printed") == 1


def test_the_menu_does_the_same_also_where_the_page_has_no_tools_yet(page: Page) -> None:
    page.reload()
    page.evaluate("window.print = () => { window.printed = 1 }; 1")
    page.evaluate(do_script(Action.PRINT, "win32"))
    page.evaluate(do_script(Action.FIND, "win32"))
    page.keyboard.type("crew")
    assert page.evaluate(MARKED % "found") == ["crew", "crew"]
    assert page.evaluate("window.printed") == 1
    page.keyboard.press("Escape")


def test_a_page_that_is_loaded_anew_keeps_its_zoom(page: Page) -> None:
    page.keyboard.press("Control+=")
    page.evaluate("window.before = 1")
    page.keyboard.press("F5")
    page.wait_for_function("window.before === undefined")
    page.evaluate(tools_script("win32"))
    assert page.evaluate("document.documentElement.style.zoom") == "1.1"


def test_the_page_has_the_last_word_on_a_key(page: Page) -> None:
    page.evaluate("document.addEventListener('keydown', (event) => event.preventDefault())")
    page.keyboard.press("Control+p")
    assert page.evaluate("window.printed") is None


def test_on_a_mac_the_keys_go_with_command(page: Page) -> None:
    page.reload()
    page.evaluate(tools_script("darwin"))
    page.keyboard.press("Control+f")
    assert page.locator("[role=search]").count() == 0
    page.keyboard.press("Meta+f")
    assert page.locator("[role=search]").count() == 1
