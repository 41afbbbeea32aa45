"""A recruiter who doubts a fact sees where the resume says it, with the mouse and with the keyboard."""

from playwright.sync_api import Page, expect

from tests.support.product import Agent
from tests.support.recruiter_page import (
    A_WHILE,
    choose_folder,
    connect_to_portal,
    download,
    join_office,
    sign_in,
)


def test_a_fact_leads_to_its_place(desk: Agent, page: Page) -> None:
    sign_in(page)
    join_office(page)
    choose_folder(page, desk)
    connect_to_portal(page, desk)
    download(page)
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
