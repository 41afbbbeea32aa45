"""The simulated portal in a real Chromium: what only scripts and layout can show."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.alert import Alert
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.ui import Select, WebDriverWait

from demo.portal.people import Layout, LinkStyle, Seafarer
from demo.portal.server import RunningPortal
from demo.portal.state import DEMO_ACCOUNT, SiteOptions

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,900",
)
SEND_OTP = "button[name=sendotp]"


@pytest.fixture(scope="module")
def portal() -> Iterator[RunningPortal]:
    with RunningPortal(SiteOptions(seed=7)) as running:
        yield running


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    log = Path(os.devnull)
    service = webdriver.ChromeService("/usr/bin/chromedriver", log_output=str(log))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def _find(browser: webdriver.Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def _fill_in(browser: webdriver.Chrome, portal: RunningPortal, password: str, phone: str) -> WebElement:
    browser.get(portal.login_url)
    _find(browser, 'input[type=radio][title="Company"]').click()
    _find(browser, "input#username").send_keys(DEMO_ACCOUNT.username)
    _find(browser, "input[name=password]").send_keys(password)
    field = _find(browser, 'input[placeholder="Enter Your Phone Number"]')
    field.send_keys(phone)
    return field


def _send_otp(browser: webdriver.Chrome) -> str:
    _find(browser, SEND_OTP).click()
    alert = Alert(browser)
    WebDriverWait(browser, 20).until(expected.alert_is_present())
    words = alert.text
    alert.accept()
    return words


def _log_in(browser: webdriver.Chrome, portal: RunningPortal) -> None:
    _fill_in(browser, portal, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone).send_keys(Keys.TAB)
    _send_otp(browser)
    otp, _ = portal.portal.phone()
    assert otp
    _find(browser, 'input[placeholder="Enter Your OTP"]').send_keys(otp + Keys.ENTER)
    WebDriverWait(browser, 20).until(expected.url_to_be(portal.dashboard_url))


def _someone(portal: RunningPortal, **wanted: object) -> Seafarer:
    people = portal.portal.everybody()
    return next(
        person for person in people if all(getattr(person, key) == value for key, value in wanted.items())
    )


def test_typing_alone_does_not_enable_the_button(browser: webdriver.Chrome, portal: RunningPortal) -> None:
    field = _fill_in(browser, portal, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone)
    assert not _find(browser, SEND_OTP).is_enabled()
    field.send_keys(Keys.TAB)
    assert _find(browser, SEND_OTP).is_enabled()


def test_an_unknown_phone_number_is_said_in_an_alert(
    browser: webdriver.Chrome, portal: RunningPortal
) -> None:
    _fill_in(browser, portal, DEMO_ACCOUNT.password, "0555999999").send_keys(Keys.TAB)
    assert "Not Registered" in _send_otp(browser)
    assert not browser.find_elements(By.CSS_SELECTOR, 'input[placeholder="Enter Your OTP"]')


def test_a_wrong_password_is_said_only_after_the_code(
    browser: webdriver.Chrome, portal: RunningPortal
) -> None:
    _fill_in(browser, portal, "not it", DEMO_ACCOUNT.phone).send_keys(Keys.TAB)
    assert "Not Registered" not in _send_otp(browser)
    otp, _ = portal.portal.phone()
    assert otp
    wrong = f"{(int(otp) + 1) % 1_000_000:06d}"
    _find(browser, 'input[placeholder="Enter Your OTP"]').send_keys(wrong + Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda driver: "Incorrect OTP" in driver.page_source)
    _find(browser, 'input[placeholder="Enter Your OTP"]').send_keys(otp + Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda driver: "incorrect password" in driver.page_source)


def test_a_list_is_filtered_and_paged(browser: webdriver.Chrome, portal: RunningPortal) -> None:
    _log_in(browser, portal)
    headings = browser.find_elements(By.CSS_SELECTOR, "div.main_right_heading")
    assert [heading for heading in headings if "Today Downloads" in heading.text]
    headings[0].find_element(By.CSS_SELECTOR, "div > a").click()
    Select(_find(browser, "select#rank")).select_by_visible_text("2nd Officer")
    Select(_find(browser, "select#ship")).select_by_visible_text("Bulk Carrier")
    _find(browser, "#submit").click()
    seen: list[str] = []
    while True:
        rows = browser.find_elements(By.CSS_SELECTOR, "#tfhover a[href*='view_cand_details.php?cand_id=']")
        seen += [str(row.get_attribute("href")) for row in rows]
        following = browser.find_elements(By.PARTIAL_LINK_TEXT, "Next")
        if not following:
            break
        following[0].click()
    assert len(seen) == len(set(seen)) > portal.portal.options.page_size


@pytest.mark.parametrize("link", list(LinkStyle))
def test_the_resume_opens_in_a_new_window(
    browser: webdriver.Chrome, portal: RunningPortal, link: LinkStyle
) -> None:
    _log_in(browser, portal)
    person = _someone(portal, link=link)
    browser.get(f"{portal.url}/company/view_cand_details.php?cand_id={person.candidate_id}")
    here = browser.current_window_handle
    _find(browser, 'a[href*="download.php"], a[onclick]').click()
    if link is LinkStyle.ALERT:
        Alert(browser).accept()
    WebDriverWait(browser, 20).until(expected.number_of_windows_to_be(2))
    browser.switch_to.window(next(handle for handle in browser.window_handles if handle != here))
    WebDriverWait(browser, 20).until(lambda driver: person.email in driver.page_source)
    browser.close()
    browser.switch_to.window(here)


@pytest.mark.parametrize("layout", list(Layout))
def test_a_resume_is_laid_out_wide_or_narrow(
    browser: webdriver.Chrome, portal: RunningPortal, layout: Layout
) -> None:
    _log_in(browser, portal)
    person = _someone(portal, layout=layout)
    browser.get(f"{portal.url}/company/download.php?cand_id={person.candidate_id}")
    row = _find(browser, "table.sea tr:nth-child(2)")
    date = row.find_element(By.CSS_SELECTOR, "td:nth-last-child(2)")
    lines = round(float(str(browser.execute_script(LINES, date))))
    assert (lines > 1) is (layout is Layout.NARROW)
    assert re.sub(r"\s", "", date.text) == person.voyages[0].signed_on.strftime("%d-%b-%Y")


LINES = """
const range = document.createRange();
range.selectNodeContents(arguments[0]);
return new Set(Array.from(range.getClientRects()).map((box) => box.top)).size;
"""
