"""The whole job with a keyboard alone, from the first start to the export; axe looks at every screen."""

import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from demo import accounts
from demo.portal.faults import Fault, FaultKind
from demo.portal.faults import Page as FaultyPage
from demo.portal.state import DEMO_ACCOUNT
from tests.support.browser import chromium_arguments, chromium_path
from tests.support.product import Agent
from tests.support.recruiter import RANK, SHIP_TYPE, Phone
from tests.support.screen import A_WHILE, Keyboard

NOTE = "Joins in January, wants a contract"


@pytest.fixture
def page(desk: Agent) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        # Without movement, so that a look at the screen meets it as it stays.
        context = browser.new_context(viewport={"width": 1280, "height": 760}, reduced_motion="reduce")
        context.set_default_timeout(A_WHILE)
        page = context.new_page()
        page.goto(desk.launch_url)
        yield page
        browser.close()


@pytest.mark.timeout(900)
def test_the_whole_job_without_a_mouse(desk: Agent, page: Page) -> None:
    expect.set_options(timeout=A_WHILE)
    hands = Keyboard(page)
    _sign_in(hands)
    _be_led_through_the_first_start(hands, desk)
    _download(hands)
    assert len(list(desk.resumes.rglob("*.pdf"))) == 12
    name = _review(hands)
    _follow_up(hands, name)
    _keep_and_open_a_view(hands, name)
    _export(hands)
    _look_at_settings(hands)
    assert len(hands.seen) >= 12, hands.seen


def _sign_in(hands: Keyboard) -> None:
    page = hands.page
    expect(page.get_by_label("E-mail address")).to_be_visible()
    hands.sees("sign in")
    hands.fill(page.get_by_label("E-mail address"), accounts.RECRUITER.email)
    hands.fill(page.get_by_label("Password", exact=True), accounts.RECRUITER.password)
    hands.press("Enter")
    expect(page.get_by_text("Cloud + Local Agent")).to_be_visible()


def _be_led_through_the_first_start(hands: Keyboard, desk: Agent) -> None:
    page = hands.page
    expect(page.get_by_role("heading", name="Connect to your office", exact=True)).to_be_visible()
    hands.sees("guide, the office")
    hands.use(page.get_by_role("button", name="Connect this computer to"))
    expect(page.get_by_text(f"by {accounts.RECRUITER.email}")).to_be_visible()
    hands.use(page.get_by_role("button", name="Continue", exact=True))
    _choose_folder(hands, desk)
    hands.use(page.get_by_role("button", name="Continue", exact=True))
    _log_in(hands, desk)
    hands.use(page.get_by_role("button", name="Continue", exact=True))
    expect(page.get_by_role("heading", name="What goes to the office")).to_be_visible()
    hands.sees("guide, what goes to the office")
    hands.use(page.get_by_role("button", name="Continue", exact=True))


def _choose_folder(hands: Keyboard, desk: Agent) -> None:
    page = hands.page
    hands.use(page.get_by_role("button", name="Choose another folder…"))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Whole path")).to_be_focused()
    hands.sees("choosing a folder")
    hands.fill(dialog.get_by_label("Whole path"), str(desk.resumes / "not there"))
    hands.press("Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    hands.fill(dialog.get_by_label("Whole path"), str(desk.resumes))
    hands.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("GB free").first).to_be_visible()


def _log_in(hands: Keyboard, desk: Agent) -> None:
    page = hands.page
    hands.fill(page.get_by_label("User name").filter(visible=True), DEMO_ACCOUNT.username)
    hands.fill(page.get_by_label("Phone for the code").filter(visible=True), DEMO_ACCOUNT.phone)
    hands.fill(page.get_by_label("Portal password").filter(visible=True), DEMO_ACCOUNT.password)
    hands.sees("guide, the portal")
    hands.press("Enter")
    expect(page.get_by_label("One-time code").filter(visible=True)).to_be_focused()
    hands.write(Phone(desk.portal.portal).get(None))
    hands.press("Enter")
    expect(page.get_by_text("Connected", exact=True).filter(visible=True)).to_be_visible()


def _choose(hands: Keyboard) -> None:
    page = hands.page
    for label, choice in (("Rank", RANK), ("Ship type", SHIP_TYPE)):
        field = page.get_by_role("combobox", name=label).filter(visible=True)
        hands.fill(field, choice)
        expect(page.get_by_role("option").filter(has_text=choice).first).to_be_visible()
        hands.press("Enter")
        expect(page.get_by_role("option")).to_have_count(0)
    hands.sees("guide, the first download")


def _download(hands: Keyboard) -> None:
    page = hands.page
    _choose(hands)
    hands.press("Control+Enter")
    expect(page.get_by_role("heading", name=f"{RANK} · {SHIP_TYPE}")).to_be_visible()
    expect(page.get_by_role("button", name="12 Stored", exact=True)).to_be_visible()
    hands.press("Escape")  # never cancels anything
    hands.press("j")
    expect(page.locator("[data-row]:focus")).to_have_count(1)
    hands.sees("download")
    hands.use(page.get_by_role("button", name="12 Stored", exact=True))
    expect(page.get_by_role("button", name="12 Stored", exact=True)).to_have_attribute("aria-pressed", "true")


def _review(hands: Keyboard) -> str:
    page = hands.page
    hands.use(page.get_by_role("link", name="Review"))
    rows = page.get_by_role("region", name="Resumes to review").get_by_role("listitem")
    expect(rows.nth(2)).to_be_visible()
    hands.press("j")
    expect(page.locator("[data-row]:focus")).to_have_count(1)
    expect(page.get_by_role("region", name="Resume", exact=True).locator("canvas").first).to_be_visible()
    hands.sees("review")
    first = page.locator("[data-row]:focus").get_attribute("data-row")
    hands.press("v")
    expect(page.locator(f'[data-row="{first}"]')).to_have_count(0)
    hands.press("Control+z")
    expect(page.locator(f'[data-row="{first}"]')).to_be_focused()  # back to whom it was about
    name = page.locator(f'[data-row="{first}"]').inner_text().splitlines()[0]
    hands.press("v")
    expect(page.get_by_text(f"Verified {name}")).to_be_visible()
    hands.press("x")
    expect(page.get_by_text("Passed ")).to_be_visible()
    return name


def _follow_up(hands: Keyboard, name: str) -> None:
    page = hands.page
    hands.use(page.get_by_role("link", name="Dashboard"))
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("New")
    hands.press("j", "Enter")
    panel = page.get_by_role("complementary", name=f"Candidate {name}")
    expect(panel).to_be_visible()
    hands.press("2")
    expect(row).to_contain_text("Contacted")
    hands.press("c")
    expect(panel.get_by_label(f"Note for {name}")).to_be_focused()
    hands.write(NOTE[:10])
    _let_others_work(hands)
    hands.write(NOTE[10:])
    expect(panel.get_by_label(f"Note for {name}")).to_have_value(NOTE)
    hands.use(panel.get_by_role("button", name="Today", exact=True))
    hands.sees("dashboard with a panel")
    hands.use(panel.get_by_role("button", name="Post note"))
    expect(panel.get_by_label(f"Note for {name}")).to_have_value("")
    expect(row).to_contain_text("today")
    hands.reach(panel.get_by_role("tab", name="Resume"))
    hands.press("ArrowRight", "ArrowRight")
    history = page.get_by_role("tabpanel", name="History")
    for what in (NOTE, "Contacted", accounts.RECRUITER.full_name):
        expect(history.get_by_text(what).first).to_be_visible()
    hands.sees("the history of a person")
    hands.press("Escape")
    expect(panel).to_be_hidden()


def _let_others_work(hands: Keyboard) -> None:
    """Wait until the person was read again from the office; the list is told what others change."""
    with hands.page.expect_response(lambda answer: "/api/candidates/" in answer.url):
        pass
    assert hands.has_focus()


def _keep_and_open_a_view(hands: Keyboard, name: str) -> None:
    page = hands.page
    hands.use(page.get_by_role("button", name="My call-backs"))
    expect(page.get_by_role("heading", name="My call-backs")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=name)).to_be_visible()
    hands.press("/")
    hands.write(name.split(maxsplit=1)[0])
    hands.use(page.get_by_role("button", name="Save view"))
    hands.fill(page.get_by_role("dialog").get_by_label("Name"), "To call today")
    hands.sees("saving a view")
    hands.press("Enter")
    expect(page.get_by_role("heading", name="To call today")).to_be_visible()
    hands.use(page.get_by_role("button", name="On the dashboard"))
    hands.use(page.get_by_role("button", name="To call today", exact=True))
    expect(page.get_by_role("heading", name="To call today")).to_be_visible()


def _export(hands: Keyboard) -> None:
    page = hands.page
    hands.press("j", "Space")
    expect(page.get_by_text("1 selected")).to_be_visible()
    hands.sees("dashboard with a selection")
    with page.expect_download() as waiting:
        hands.press("e")
    dialog = page.get_by_role("dialog", name="Export")
    expect(dialog.get_by_text("1 person, 1 resume")).to_be_visible()
    hands.sees("an export")
    with zipfile.ZipFile(waiting.value.path()) as archive:
        names = archive.namelist()
    assert "selected_candidates.csv" in names
    assert [name for name in names if name.endswith(".pdf")]
    hands.use(dialog.get_by_role("button", name="Close", exact=True).last)
    expect(dialog).to_be_hidden()


def _look_at_settings(hands: Keyboard) -> None:
    page = hands.page
    hands.use(page.get_by_role("button", name="menu"))
    page.get_by_role("menuitem", name="Settings").wait_for()
    hands.press("ArrowDown", "Enter")
    expect(page.get_by_role("heading", name="This computer")).to_be_visible()
    expect(page.get_by_text("Last answer")).to_be_visible()
    # All of it at once: a button that is cut by the edge of what scrolls looks too small to axe.
    page.set_viewport_size({"width": 1280, "height": 1900})
    hands.sees("settings")
    hands.reach(
        page.get_by_role("switch", name="Send to the office what was downloaded").filter(visible=True)
    )
    hands.press("Space")
    expect(page.get_by_text("Sending is switched off").first).to_be_visible()
    hands.press("Space")
    expect(page.get_by_text("Sending is switched off")).to_have_count(0)
    hands.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    hands.sees("the list of keys")
    hands.press("Escape")


@pytest.mark.timeout(900)
def test_the_portal_signs_out_in_the_middle_and_pages_come_half(desk: Agent, page: Page) -> None:
    expect.set_options(timeout=A_WHILE)
    hands = Keyboard(page)
    _sign_in(hands)
    _be_led_through_the_first_start(hands, desk)
    desk.portal.portal.faults.replace(
        [Fault(kind=FaultKind.END_SESSION, page=FaultyPage.RESUME, after=5, times=1)]
    )
    _choose(hands)
    hands.press("Control+Enter")
    _log_in_again(hands, desk)
    expect(page.get_by_role("button", name="12 Stored", exact=True)).to_be_visible()
    _fetch_those_who_failed(hands, desk)


def _log_in_again(hands: Keyboard, desk: Agent) -> None:
    page = hands.page
    expect(page.get_by_text("Log in to the portal again to go on at").first).to_be_visible()
    hands.sees("download that waits for a login")
    hands.use(page.get_by_role("button", name="Send a code"))
    expect(page.get_by_label("One-time code")).to_be_focused()
    hands.sees("the code in the middle of a download")
    hands.write(Phone(desk.portal.portal).get(None))
    hands.press("Enter")


def _fetch_those_who_failed(hands: Keyboard, desk: Agent) -> None:
    """Everybody again, with half pages: all fail, and the files of before stay. Then one of them again."""
    page = hands.page
    desk.portal.portal.faults.replace([Fault(kind=FaultKind.HALF, page=FaultyPage.RESUME)])
    hands.use(page.get_by_role("button", name=f"{RANK} · {SHIP_TYPE} 12 stored"))
    hands.reach(page.get_by_role("checkbox", name="Download again also those who are in the folder"))
    hands.press("Space", "Control+Enter")
    expect(page.get_by_role("button", name="12 Failed", exact=True)).to_be_visible()
    retry_all = page.get_by_role("button", name="Fetch again 12 people who failed")
    expect(retry_all).to_be_visible()
    hands.sees("download with failures")
    assert len(list(desk.resumes.rglob("*.pdf"))) == 12
    desk.portal.portal.faults.replace([])
    hands.press("j")
    expect(page.locator("[data-row]:focus")).to_have_count(1)
    hands.press("r")
    # Fetched again, and it says the same as the file that is there.
    expect(page.get_by_role("button", name="1 Skipped", exact=True)).to_be_visible()
    expect(page.get_by_text("those who failed before")).to_be_visible()
