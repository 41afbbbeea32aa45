"""The browser that works for the portal. The only module that knows Selenium.

Everything that Selenium can raise leaves here as a `PortalError` with a reason, so that nothing else has
to know how a browser fails.
"""

import base64
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    InvalidSessionIdException,
    NoAlertPresentException,
    NoSuchWindowException,
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from selenium.webdriver.chromium.options import ChromiumOptions
from selenium.webdriver.chromium.remote_connection import ChromiumRemoteConnection
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.selenium_manager import SeleniumManager
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webelement import WebElement
from urllib3.exceptions import HTTPError

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal import responses
from agent_core.portal.overdue import Overdue
from agent_core.portal.page import MOST_ALERTS, PRINT_OPTIONS, Answer
from agent_core.portal.plain_text import plain
from agent_core.portal.polling import poll
from agent_core.portal.processes import Driver, start_driver, stop_driver
from agent_core.portal.programs import (
    OLDEST_BROWSER,
    BrowserOptions,
    Programs,
    browser_environment,
    browser_flags,
    find_programs,
    is_root,
)
from agent_core.portal.tab import Tab
from agent_core.portal.tabs import Tabs, door_of
from protocol.reasons import Reason

__all__ = ["Browser", "BrowserOptions", "start_browser"]

T = TypeVar("T")

_FIRST_POLL_SECONDS = 0.01
_SLOWEST_POLL_SECONDS = 0.1
_CLOSE_SECONDS = 2.0
_OVERDUE_SECONDS = 2.0
"""So long the driver may take to end a page that is too slow, before its window is closed."""

_SPARE_SECONDS = 15.0
"""The driver's own answer may take so much longer than the page's."""

_ENVELOPE = "return [(function () {{ {}\n }}).apply(null, arguments)];"


def start_browser(options: BrowserOptions, page_timeout_seconds: float) -> "Browser":
    """Start the browser that the options name, or the one that is installed.

    Raises:
        PortalSessionError: there is none, or it did not start.
    """
    programs = find_programs(options, shutil.which)
    if options.browser_path is not None and shutil.which(options.browser_path) is None:
        raise PortalSessionError(Reason.BROWSER_MISSING, "browser_path")
    if programs.browser is None or programs.driver is None:
        programs = _asked(programs)
    try:
        return _started(programs, options, page_timeout_seconds)
    except _DriverDoesNotFitError:
        if options.driver_path is not None:
            raise
    return _started(_asked(Programs(programs.browser, None)), options, page_timeout_seconds)


class _DriverDoesNotFitError(PortalSessionError):
    """The driver is for another version of the browser."""


def _started(programs: Programs, options: BrowserOptions, page_timeout_seconds: float) -> "Browser":
    driver = start_driver(str(programs.driver), options.profile_root, browser_environment(os.environ))
    try:
        remote = _session(programs, options, driver, page_timeout_seconds)
    except (WebDriverException, HTTPError) as error:
        stop_driver(driver)
        if "only supports" in str(error):
            raise _DriverDoesNotFitError(
                Reason.BROWSER_DRIVER, "the driver's version does not fit"
            ) from error
        raise PortalSessionError(Reason.BROWSER_START, type(error).__name__) from error
    browser = Browser(remote, driver, page_timeout_seconds)
    version = str(remote.capabilities.get("browserVersion", "0"))
    if int(version.split(".", 1)[0]) < OLDEST_BROWSER:
        browser.close()
        raise PortalSessionError(Reason.BROWSER_TOO_OLD, f"version {version}")
    return browser


def _session(
    programs: Programs, options: BrowserOptions, driver: Driver, page_timeout_seconds: float
) -> webdriver.Remote:
    vendor, name = ("ms", "MicrosoftEdge") if programs.is_edge else ("goog", "chrome")
    wanted: ChromiumOptions = webdriver.EdgeOptions() if programs.is_edge else webdriver.ChromeOptions()
    flags = browser_flags(driver.profile, headless=options.headless, is_root=is_root())
    for flag in flags:
        wanted.add_argument(flag)
    wanted.binary_location = str(programs.browser)
    wanted.page_load_strategy = "eager"
    wanted.unhandled_prompt_behavior = "ignore"
    # The driver would let every page open windows at will; a click opens one all the same.
    wanted.add_experimental_option("excludeSwitches", ["disable-popup-blocking"])
    wanted.add_experimental_option("prefs", {"download_restrictions": 3})
    wanted.add_experimental_option("perfLoggingPrefs", {"enableNetwork": True, "enablePage": False})
    wanted.set_capability(f"{vendor}:loggingPrefs", {"performance": "ALL"})
    config = ClientConfig(driver.address, timeout=int(page_timeout_seconds + _SPARE_SECONDS))
    connection = ChromiumRemoteConnection(
        driver.address, vendor, name, ignore_proxy=True, client_config=config
    )
    remote = webdriver.Remote(command_executor=connection, options=wanted)
    remote.set_page_load_timeout(page_timeout_seconds)
    remote.set_script_timeout(page_timeout_seconds)
    return remote


def _asked(programs: Programs) -> Programs:
    """Ask Selenium Manager for what is missing; it never downloads a browser, and reports to nobody."""
    for name in [programs.browser] if programs.browser else ["chrome", "edge"]:
        kind = "edge" if "edge" in str(name).lower() else "chrome"
        arguments = ["--browser", kind, "--avoid-browser-download", "--avoid-stats"]
        if programs.browser:
            arguments += ["--browser-path", programs.browser]
        try:
            found = SeleniumManager().binary_paths(arguments)
        except WebDriverException:
            continue
        if found.get("browser_path") and found.get("driver_path"):
            return Programs(programs.browser or found["browser_path"], found["driver_path"])
    if programs.browser is None:
        raise PortalSessionError(Reason.BROWSER_MISSING)
    raise PortalSessionError(Reason.BROWSER_DRIVER, "there is none")


class Browser:
    """A `Window` in a browser of its own. One thread, but for ``close`` and ``tab``."""

    def __init__(self, remote: webdriver.Remote, driver: Driver, page_timeout_seconds: float = 30.0) -> None:
        """Take over a session that has just begun."""
        self._overdue_seconds = page_timeout_seconds + _OVERDUE_SECONDS
        self._remote = remote
        self._driver = driver
        self._first_window: str = remote.current_window_handle
        self._frame = self._first_window
        self._alerts: list[str] = []
        self._answer = Answer()
        self._tabs = Tabs(door_of(remote.capabilities))
        self._closed: set[str] = set()
        self._kept: set[str] = set()
        self._is_stuck = False

    def close(self) -> None:
        """End the browser, its driver and everything that they started."""
        stop_driver(self._driver)
        if isinstance(self._remote.command_executor, RemoteConnection):
            self._remote.command_executor.close()  # type: ignore[no-untyped-call]  # Selenium's has no types

    def tab(self, seconds: float) -> Tab:
        """Open a tab that works beside this window; any thread.

        Raises:
            PortalSessionError: the browser is gone.
        """
        return Tab(self._tabs, seconds)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Work in a window of its own for a while; the page that is open now stays as it is."""
        kept, self._first_window = self._first_window, self._tabs.open()
        self._kept.add(kept)
        self._turn_to(self._first_window)
        try:
            yield
        finally:
            self._close(self._windows())
            self._kept.discard(kept)
            self._first_window = kept
            self._turn_to(kept)

    def open(self, url: str) -> None:
        """See `Window`."""
        if self._is_stuck:
            self._begin_anew()
        self._drain()
        self._answer = Answer()
        with Overdue(self._tabs, self._frame, self._overdue_seconds) as late:
            failed = self._got(url)
        if late.successor is not None:
            self._take_over(late.successor)
            raise PortalError(Reason.PORTAL_SLOW)
        if failed is not None:
            raise failed

    def run(self, script: str, *arguments: Any) -> Any:
        """See `Window`."""
        return plain(self._do(lambda: self._finished(script, arguments))[0])

    def until(self, script: str, *arguments: Any, seconds: float, or_alert: bool = False) -> Any:
        """See `Window`."""
        return poll(
            lambda: self.run(script, *arguments),
            seconds,
            time.sleep,
            lambda: or_alert and bool(self._alerts),
        )

    def click(self, script: str, *arguments: Any) -> bool:
        """See `Window`."""
        element = self.run(script, *arguments)
        if not isinstance(element, WebElement):
            return False
        try:
            self._do(element.click, again=False)
        except (ElementClickInterceptedException, ElementNotInteractableException):
            # Something lies over it. As a person's press, or a window that it opens would be blocked.
            self.run("window.njordhrPressed = arguments[0]", element)
            press = {
                "expression": "njordhrPressed.click(); delete window.njordhrPressed",
                "userGesture": True,
            }
            self._devtools("Runtime.evaluate", press)
        return True

    def press_enter(self, script: str, *arguments: Any) -> None:
        """See `Window`."""
        element = self.run(script, *arguments)
        if isinstance(element, WebElement):
            self._do(lambda: element.send_keys(Keys.ENTER), again=False)

    def go_to_new_window(self, seconds: float) -> bool:
        """See `Window`."""
        deadline = time.monotonic() + seconds
        while True:
            self.run("return null;")  # an alert that holds the window back is met only by a script
            others = [window for window in self._windows() if window != self._first_window]
            if others:
                self._turn_to(others[-1])
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(_SLOWEST_POLL_SECONDS)

    def close_other_windows(self) -> None:
        """See `Window`."""
        others = [window for window in self._windows() if window != self._first_window]
        self._close(others)
        if others:
            self._turn_to(self._first_window)

    def alerts(self) -> tuple[str, ...]:
        """See `Window`."""
        texts, self._alerts = tuple(self._alerts), []
        return texts

    def answer(self) -> Answer:
        """See `Window`."""
        self._drain()
        return self._answer

    def source(self) -> str | None:
        """See `Window`."""
        if not self._answer.request_id:
            return None
        try:
            body = self._devtools("Network.getResponseBody", {"requestId": self._answer.request_id})
        except PortalSessionError:
            raise
        except PortalError:
            return None  # the browser keeps documents only for a while
        text = str(body.get("body", ""))
        return base64.b64decode(text).decode("utf-8", "replace") if body.get("base64Encoded") else text

    def print_pdf(self, *, tagged: bool = False) -> bytes:
        """See `Window`."""
        printed = self._devtools("Page.printToPDF", {**PRINT_OPTIONS, "generateTaggedPDF": tagged})
        return base64.b64decode(printed["data"])

    def forget(self) -> None:
        """See `Window`."""
        self._devtools("Network.clearBrowserCookies", {})

    def _finished(self, script: str, arguments: tuple[Any, ...]) -> list[Any]:
        """Run a script to its end: the driver returns nothing for one that an alert has broken off."""
        result = self._remote.execute_script(_ENVELOPE.format(script), *arguments)
        if not isinstance(result, list):
            raise UnexpectedAlertPresentException("the script was broken off")
        return result

    def _got(self, url: str) -> PortalError | None:
        try:
            self._do(lambda: self._remote.get(url))
        except PortalError as error:
            return error
        return None

    def _take_over(self, successor: str) -> None:
        """Go on in a window that was opened in the place of the one that was open."""
        if self._first_window == self._frame:
            self._first_window = successor
        self._closed.add(self._frame)
        self._is_stuck = False
        self._turn_to(successor)

    def _begin_anew(self) -> None:
        """Leave a page that does not let go for a new window; the login is the browser's and stays."""
        left = self._windows()
        self._first_window = self._tabs.open()
        self._close(left)
        self._turn_to(self._first_window)
        self._is_stuck = False

    def _close(self, windows: list[str]) -> None:
        for window in windows:
            self._tabs.close(window)
        deadline = time.monotonic() + _CLOSE_SECONDS
        while time.monotonic() < deadline and not set(windows).isdisjoint(self._windows()):
            time.sleep(_FIRST_POLL_SECONDS)
        self._closed.update(windows)  # the driver may list one that never rests for longer

    def _windows(self) -> list[str]:
        listed: list[str] = self._do(lambda: self._remote.window_handles)
        apart = self._closed | self._kept | self._tabs.lent
        return [window for window in listed if window not in apart]

    def _turn_to(self, window: str) -> None:
        self._do(lambda: self._remote.switch_to.window(window))
        if window != self._frame:
            self._frame, self._answer = window, Answer()

    def _devtools(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        asked = {"cmd": command, "params": parameters}
        answer = self._do(lambda: self._remote.execute("executeCdpCommand", asked))
        return dict(answer["value"])

    def _drain(self) -> None:
        """Read the network log; it would grow without end otherwise."""
        entries = self._do(lambda: self._remote.execute("getLog", {"type": "performance"}))["value"]
        self._answer = responses.fold(self._answer, (entry["message"] for entry in entries), self._frame)

    def _do(self, act: Callable[[], T], *, again: bool = True) -> T | Any:
        """Act, accepting alerts that stand in the way; ``again`` repeats what one interrupted."""
        for _ in range(MOST_ALERTS + 1):
            try:
                return act()
            except UnexpectedAlertPresentException:
                self._accept_alert()
                if not again:
                    return None
            except (ElementClickInterceptedException, ElementNotInteractableException):
                raise
            except TimeoutException as error:
                self._is_stuck = True
                raise PortalError(Reason.PORTAL_SLOW) from error
            except (InvalidSessionIdException, NoSuchWindowException, HTTPError, ConnectionError) as error:
                raise PortalSessionError(Reason.BROWSER_GONE, type(error).__name__) from error
            except WebDriverException as error:
                raise _translated(error) from error
        self._is_stuck = True
        raise PortalError(Reason.PORTAL_CHANGED, "alerts without end")

    def _accept_alert(self) -> None:
        try:
            alert = self._remote.switch_to.alert
            self._alerts.append(plain(alert.text))
            alert.accept()
        except NoAlertPresentException:
            return  # it closed by itself
        except (WebDriverException, HTTPError) as error:
            raise PortalSessionError(Reason.BROWSER_GONE, type(error).__name__) from error


def _translated(error: WebDriverException) -> PortalError:
    message = error.msg or ""
    reason = responses.network_reason(message)
    if reason is Reason.BROWSER_GONE:
        return PortalSessionError(reason, type(error).__name__)
    return PortalError(reason or Reason.PORTAL_CHANGED, responses.error_code(message) or type(error).__name__)
