"""A recruiter who doubts a fact sees where the resume says it, with the mouse and with the keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.journeys.test_a_resume_reaches_the_dashboard import (
    A_WHILE,
    _choose_folder,
    _connect_to_portal,
    _download,
    _sign_in,
)
from tests.support.browser import chromium_arguments, chromium_path
from tests.support.product import Agent, Product


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


def test_a_fact_leads_to_its_place(desk: Agent, page: Page) -> None:
    _sign_in(page)
    page.get_by_role("button", name="Connect this computer to").click()
    page.get_by_role("button", name="Leave the guide").click()
    _choose_folder(page, desk)
    _connect_to_portal(page, desk)
    _download(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Review").first.click()
    facts = page.get_by_label("Facts read from the resume").get_by_title("Show in the resume")
    expect(facts.last).to_be_visible(timeout=A_WHILE)
    facts.last.click()
    expect(page.get_by_text("Shown on page")).to_be_attached(timeout=A_WHILE)
    expect(page.locator('[data-path^="sea_service."]').last).to_be_in_viewport(timeout=A_WHILE)
    page.keyboard.press("+")
    facts.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-path="present_rank"]')).to_be_in_viewport(timeout=A_WHILE)
    expect(facts.first).to_be_focused()
