"""The recruiter's job in a real browser: sign in, connect, download, verify, follow up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from demo import accounts
from demo.portal.state import DEMO_ACCOUNT
from tests.support.browser import chromium_arguments, chromium_path
from tests.support.product import Agent, Product
from tests.support.recruiter import Phone

RANK, SHIP_TYPE = "SR DPO Master", "DSV DP-II"
A_WHILE = 60_000
"""Milliseconds that something real may take."""


@pytest.fixture
def desk(product: Product) -> Agent:
    return product.computer("desk")


@pytest.fixture
def page(desk: Agent, tmp_path: Path) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.goto(desk.launch_url)
        yield page
        page.screenshot(path=tmp_path / "last-seen.png")
        browser.close()


def test_a_resume_reaches_the_dashboard(desk: Agent, page: Page) -> None:
    _sign_in(page)
    page.get_by_role("button", name="Connect this computer to").click()
    page.get_by_text(f"by {accounts.RECRUITER.email}").wait_for()
    page.get_by_role("button", name="Leave the guide").click()
    _choose_folder(page, desk)
    _connect_to_portal(page, desk)
    _download(page)
    assert len(list(desk.resumes.rglob("*.pdf"))) == 12
    name = _verify_the_first(page)
    _follow_up(page, name)


def _sign_in(page: Page) -> None:
    page.get_by_label("E-mail address").fill(accounts.RECRUITER.email)
    page.get_by_label("Password", exact=True).fill(accounts.RECRUITER.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Cloud + Local Agent")).to_be_visible()


def _choose_folder(page: Page, desk: Agent) -> None:
    page.get_by_role("button", name="Choose", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill(str(desk.resumes))
    dialog.get_by_role("button", name="Use this folder").click()
    expect(page.get_by_text("GB free")).to_be_visible()


def _connect_to_portal(page: Page, desk: Agent) -> None:
    page.get_by_label("User name").fill(DEMO_ACCOUNT.username)
    page.get_by_label("Phone for the code").fill(DEMO_ACCOUNT.phone)
    page.get_by_label("Portal password").fill(DEMO_ACCOUNT.password)
    page.get_by_role("button", name="Connect and send the code").click()
    code = page.get_by_label("code", exact=False).last
    expect(code).to_be_focused(timeout=A_WHILE)
    page.keyboard.type(Phone(desk.portal.portal).get(None))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible(timeout=A_WHILE)


def _download(page: Page) -> None:
    for label, choice in (("Rank", RANK), ("Ship type", SHIP_TYPE)):
        page.get_by_label(label, exact=True).first.fill(choice)
        page.get_by_role("option").filter(has_text=choice).first.click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="12 Stored", exact=True)).to_be_visible(timeout=A_WHILE)


def _verify_the_first(page: Page) -> str:
    page.get_by_role("link", name="Review").click()
    first = page.get_by_role("region", name="Resumes to review").get_by_role("listitem").first
    expect(first).to_be_visible(timeout=A_WHILE)
    name = first.inner_text().splitlines()[0]
    page.keyboard.press("v")
    expect(page.get_by_text("Undo")).to_be_visible()
    return name


def _follow_up(page: Page, name: str) -> None:
    page.get_by_role("link", name="Dashboard").click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("New")
    row.get_by_role("button", name=name).click()
    page.get_by_label("Note").first.fill("Joins in January")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="2 Contacted").click()
    expect(row).to_contain_text("Contacted")
    page.get_by_role("tab", name="History").click()
    history = page.get_by_role("tabpanel", name="History")
    for what in ("Joins in January", "Contacted", accounts.RECRUITER.full_name):
        expect(history.get_by_text(what).first).to_be_visible()
