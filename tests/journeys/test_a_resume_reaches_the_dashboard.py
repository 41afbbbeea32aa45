"""The recruiter's job in a real browser: sign in, connect, download, verify, follow up."""

from playwright.sync_api import Page, expect

from demo import accounts
from tests.support.product import Agent
from tests.support.recruiter_page import (
    A_WHILE,
    choose_folder,
    connect_to_portal,
    download,
    join_office,
    sign_in,
)


def test_a_resume_reaches_the_dashboard(desk: Agent, page: Page) -> None:
    sign_in(page)
    join_office(page)
    choose_folder(page, desk)
    connect_to_portal(page, desk)
    download(page)
    assert len(list(desk.resumes.rglob("*.pdf"))) == 12
    name = _verify_the_first(page)
    _follow_up(page, name)


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
