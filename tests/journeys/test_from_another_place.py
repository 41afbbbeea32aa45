"""From a browser elsewhere a recruiter has their computer download, watches it, and types only the code."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from agent_core.local_api.schemas import PairingView, SessionView, SettingsView
from agent_core.ports import SessionState
from cloud_api.devices.schemas import PairingCode
from demo import accounts
from demo.portal.state import DEMO_ACCOUNT
from demo.unattended import steps
from demo.unattended.api import LocalApi
from tests.support.agent_rig import eventually as wait_for
from tests.support.browser import chromium_arguments, chromium_path
from tests.support.hosted_page import hosted_page
from tests.support.product import Agent, Product
from tests.support.recruiter import RANK, SHIP_TYPE, Phone
from tests.support.recruiter_page import A_WHILE

LONG_RANK, LONG_SHIP_TYPE, PEOPLE = "2nd Officer", "Bulk Carrier", 48


@pytest.fixture
def away(product: Product, tmp_path: Path) -> Iterator[Page]:
    """A browser at the hosted page, which knows no agent; how it looked last is kept."""
    with hosted_page(product.cloud.url) as origin, sync_playwright() as playwright:
        product.cloud.stop()
        product.cloud.allowed_origin = origin
        product.cloud.start()
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.set_default_timeout(A_WHILE)
        expect.set_options(timeout=A_WHILE)
        page.goto(f"{origin}/app/")
        yield page
        page.screenshot(path=tmp_path / "last-seen.png")
        browser.close()


def stored(agent: Agent) -> int:
    return len(list(agent.resumes.rglob("*.pdf")))


def set_up(agent: Agent, name: str, *, slowly: bool = False) -> None:
    """Have the computer belong to the recruiter, know their portal login, and be logged out again."""
    with LocalApi(agent.launch_url) as api:
        steps.sign_in(api, accounts.RECRUITER.email, accounts.RECRUITER.password)
        code = api.ask(PairingCode, "POST", "/api/device/pairing-codes").pairing_code
        api.ask(PairingView, "POST", "/pairing", {"pairing_code": code, "device_name": name})
        steps.choose_folder(api, agent.resumes)
        if slowly:
            api.ask(
                SettingsView, "PATCH", "/settings", {"portal_concurrency": 1, "portal_requests_per_second": 5}
            )
        account = DEMO_ACCOUNT
        login = {"username": account.username, "password": account.password, "phone": account.phone}
        api.ask(SessionView, "POST", "/session/start", login)
        wait_for(lambda: api.ask(SessionView, "GET", "/session").state is SessionState.AWAITING_OTP)
        code = Phone(agent.portal.portal).get(None)
        api.ask(SessionView, "POST", "/session/verify-otp", {"otp": code})
        wait_for(lambda: api.ask(SessionView, "GET", "/session").state is SessionState.CONNECTED)
        api.ask(SessionView, "POST", "/session/disconnect")


def sign_in(page: Page) -> None:
    page.get_by_label("E-mail address").fill(accounts.RECRUITER.email)
    page.get_by_label("Password", exact=True).fill(accounts.RECRUITER.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Download").click()


def choose(page: Page, rank: str, ship_type: str) -> None:
    for label, choice in (("Rank", rank), ("Ship type", ship_type)):
        page.get_by_label(label, exact=True).first.fill(choice)
        page.get_by_role("option").filter(has_text=choice).first.click()


def type_the_code(page: Page, agent: Agent) -> str:
    field = page.get_by_label("One-time code", exact=False)
    expect(field).to_be_focused()
    code = Phone(agent.portal.portal).get(None)
    field.fill(code)
    page.keyboard.press("Enter")
    return code


def tile(page: Page, word: str, count: int) -> Locator:
    return page.get_by_role("button", name=f"{count} {word}", exact=True)


@pytest.mark.timeout(600)
def test_a_download_is_started_and_watched_from_elsewhere(product: Product, away: Page) -> None:
    laptop = product.computer("laptop")
    set_up(laptop, "Laptop")
    sign_in(away)
    expect(away.get_by_text("On", exact=True)).to_be_visible()
    choose(away, RANK, SHIP_TYPE)
    away.get_by_role("button", name="Start download").click()
    code = type_the_code(away, laptop)
    expect(away.get_by_text("Logged in on Laptop")).to_be_visible()
    expect(tile(away, "Stored", 12)).to_be_visible()
    expect(away.get_by_text("12 of 12", exact=True).first).to_be_visible()
    assert stored(laptop) == 12
    with psycopg.connect(product.cloud.database.admin_url) as connection:
        assert connection.execute("select count(*) from app.sealed_codes").fetchone() == (0,)
    for log in (product.folder / "cloud.log", laptop.home / "agent.log", *(laptop.data / "logs").iterdir()):
        assert code not in log.read_text(encoding="utf-8"), log


@pytest.mark.timeout(900)
def test_a_computer_that_is_killed_goes_on_and_another_one_waits_until_it_is_on(
    product: Product, away: Page
) -> None:
    laptop = product.computer("laptop")
    set_up(laptop, "Laptop", slowly=True)
    sign_in(away)
    choose(away, LONG_RANK, LONG_SHIP_TYPE)
    away.get_by_role("button", name="Start download").click()
    type_the_code(away, laptop)
    wait_for(lambda: stored(laptop) >= 3, 300)
    laptop.kill()
    assert stored(laptop) < PEOPLE
    laptop.start()
    expect(away.get_by_text("Log in to the portal again to go on", exact=False).first).to_be_visible()
    away.get_by_role("button", name="Connect and send the code").click()
    type_the_code(away, laptop)
    expect(away.get_by_text("Done", exact=False).first).to_be_visible()
    expect(tile(away, "Failed", 0)).to_be_visible()
    assert stored(laptop) == PEOPLE

    desktop = product.computer("desktop")
    set_up(desktop, "Desktop")
    desktop.stop()
    with psycopg.connect(product.cloud.database.admin_url) as connection:
        connection.execute(
            "update app.devices set last_seen_at = now() - interval '5 minutes' where device_name = 'Desktop'"
        )
    away.get_by_role("combobox", name="Computer that downloads").click()
    away.get_by_role("option", name="Desktop (off)").click()
    choose(away, RANK, SHIP_TYPE)
    away.get_by_role("button", name="Start when Desktop is on").click()
    expect(away.get_by_text("Waits for Desktop")).to_be_visible()
    away.get_by_role("button", name="Cancel the download of").first.click()
    away.get_by_role("button", name="Cancel the download", exact=True).click()
    expect(away.get_by_text("The download was cancelled before the computer heard of it.")).to_be_visible()
    away.get_by_role("button", name="Start when Desktop is on").click()
    expect(away.get_by_text("Waits for Desktop")).to_be_visible()
    desktop.start()
    away.get_by_role("button", name="Connect and send the code").click()
    type_the_code(away, desktop)
    expect(tile(away, "Stored", 12)).to_be_visible()
    assert stored(desktop) == 12
