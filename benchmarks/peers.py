"""What the product's downloads are measured against: a plain Selenium script, and a loop that only prints."""

import base64
import json
import queue
import shutil
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.wait import WebDriverWait

from agent_core.portal.devtools import Line
from agent_core.portal.page import PRINT_OPTIONS
from agent_core.portal.programs import BrowserOptions, browser_flags, find_programs, is_root
from agent_core.portal.tabs import Tabs
from demo.portal.state import DEMO_ACCOUNT

PAGE_SECONDS = 30.0
_ALL_SECONDS = 600.0
_COOKIE = "PHPSESSID"
_PRINT = {**PRINT_OPTIONS, "generateTaggedPDF": False}
"""As the product prints unless Settings say otherwise."""
_LINK = "//a[contains(., 'DOWNLOAD PDF') or contains(@href, 'download.php')]"
_NAME = "//*[self::th or self::td][contains(., 'Name')]"


@contextmanager
def plain_browser(profile: Path, root: str) -> Iterator[webdriver.Chrome]:
    """Start a browser by Selenium's own means, with the flags of the product's, logged in."""
    found = find_programs(BrowserOptions(None, None, True, profile), shutil.which)
    options = webdriver.ChromeOptions()
    for flag in browser_flags(profile, headless=True, is_root=is_root()):
        options.add_argument(flag)
    options.binary_location = str(found.browser)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=found.driver))
    try:
        driver.get(f"{root}/seajob_login.php")
        driver.add_cookie({"name": _COOKIE, "value": log_in(root)})
        yield driver
    finally:
        driver.quit()


def log_in(root: str) -> str:
    """Log in without a browser and return the session's cookie."""
    typed = {"username": DEMO_ACCOUNT.username, "password": DEMO_ACCOUNT.password}
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    cookie = "benchmark-session"
    opener.addheaders = [("Cookie", f"{_COOKIE}={cookie}")]
    _post(opener, f"{root}/send_otp.php", typed | {"phone": DEMO_ACCOUNT.phone})
    with opener.open(f"{root}/phone.json") as answer:
        otp = str(json.load(answer)["otp"])
    _post(opener, f"{root}/company_login.php", typed | {"phone": DEMO_ACCOUNT.phone, "otp": otp})
    return cookie


def click_through(driver: webdriver.Chrome, details: Sequence[str]) -> int:
    """Do what a plain script does for each person, one after the other; return the bytes printed."""
    size = 0
    for address in details:
        driver.get(address)
        wait = WebDriverWait(driver, PAGE_SECONDS)
        wait.until(expected.element_to_be_clickable((By.XPATH, _LINK))).click()
        _accept_alert(driver)
        first = driver.current_window_handle
        wait.until(expected.number_of_windows_to_be(2))
        driver.switch_to.window(next(each for each in driver.window_handles if each != first))
        wait.until(expected.visibility_of_element_located((By.XPATH, _NAME)))
        printed = driver.execute_cdp_cmd("Page.printToPDF", dict(_PRINT))
        size += len(base64.b64decode(printed["data"]))
        driver.close()
        driver.switch_to.window(first)
    return size


def print_only(address: str, resumes: Sequence[str], at_once: int) -> int:
    """Print these pages in so many tabs, each as soon as it is loaded; return the bytes.

    Args:
        address: the browser's door, ``host:port``.
        resumes: addresses of resume pages.
        at_once: tabs.
    """
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for resume in resumes:
        waiting.put(resume)
    sizes: list[int] = []
    threads = [
        threading.Thread(target=_print_from, args=(Tabs(address), waiting, sizes)) for _ in range(at_once)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(sizes) != len(resumes):
        raise RuntimeError("the loop that only prints did not print everything")
    return sum(sizes)


def _print_from(tabs: Tabs, waiting: "queue.SimpleQueue[str]", sizes: list[int]) -> None:
    loaded = threading.Event()

    def heed(event: str, _: object) -> None:
        if event == "Page.loadEventFired":
            loaded.set()

    with ExitStack() as ends:
        handle = tabs.open()
        ends.callback(tabs.close, handle)
        line = Line(tabs.address, handle, heed)
        ends.callback(line.close)
        deadline = time.monotonic() + _ALL_SECONDS
        line.call("Page.enable", deadline)
        while True:
            try:
                resume = waiting.get_nowait()
            except queue.Empty:
                return
            loaded.clear()
            line.call("Page.navigate", deadline, url=resume)
            line.listen(PAGE_SECONDS, loaded.is_set)
            printed = line.call("Page.printToPDF", deadline, **_PRINT)
            sizes.append(len(base64.b64decode(printed["data"])))


def _accept_alert(driver: webdriver.Chrome) -> None:
    try:
        driver.switch_to.alert.accept()
    except NoAlertPresentException:
        return


def _post(opener: urllib.request.OpenerDirector, url: str, form: dict[str, str]) -> None:
    with opener.open(url, urllib.parse.urlencode(form).encode()) as answer:
        answer.read()
