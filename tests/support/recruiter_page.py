"""What a recruiter does at the page with the mouse, from signing in to the first download."""

from playwright.sync_api import Page, expect

from demo import accounts
from demo.portal.state import DEMO_ACCOUNT
from tests.support.product import Agent
from tests.support.recruiter import RANK, SHIP_TYPE, Phone

A_WHILE = 60_000
"""Milliseconds that something real may take."""


def sign_in(page: Page) -> None:
    """Sign in as the recruiter."""
    page.get_by_label("E-mail address").fill(accounts.RECRUITER.email)
    page.get_by_label("Password", exact=True).fill(accounts.RECRUITER.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Cloud + Local Agent")).to_be_visible()


def join_office(page: Page) -> None:
    """Connect this computer to the recruiter's office, and leave the guide."""
    page.get_by_role("button", name="Connect this computer to").click()
    page.get_by_text(f"by {accounts.RECRUITER.email}").wait_for()
    page.get_by_role("button", name="Leave the guide").click()


def choose_folder(page: Page, desk: Agent) -> None:
    """Type the folder of this desk in the dialog."""
    page.get_by_role("button", name="Choose", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill(str(desk.resumes))
    dialog.get_by_role("button", name="Use this folder").click()
    expect(page.get_by_text("GB free")).to_be_visible()


def connect_to_portal(page: Page, desk: Agent) -> None:
    """Log in to the job portal with the code of the phone."""
    page.get_by_label("User name").fill(DEMO_ACCOUNT.username)
    page.get_by_label("Phone for the code").fill(DEMO_ACCOUNT.phone)
    page.get_by_label("Portal password").fill(DEMO_ACCOUNT.password)
    page.get_by_role("button", name="Connect and send the code").click()
    code = page.get_by_label("code", exact=False).last
    expect(code).to_be_focused(timeout=A_WHILE)
    page.keyboard.type(Phone(desk.portal.portal).get(None))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Connected", exact=True)).to_be_visible(timeout=A_WHILE)


def download(page: Page) -> None:
    """Download the twelve people of one pair."""
    for label, choice in (("Rank", RANK), ("Ship type", SHIP_TYPE)):
        page.get_by_label(label, exact=True).first.fill(choice)
        page.get_by_role("option").filter(has_text=choice).first.click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="12 Stored", exact=True)).to_be_visible(timeout=A_WHILE)
