"""What the driver says when an alert breaks into a script, played back; the real one is tested elsewhere."""

from typing import Any

import pytest
from selenium.common.exceptions import NoAlertPresentException, UnexpectedAlertPresentException

from agent_core.errors import PortalError
from agent_core.portal.browser import Browser
from agent_core.portal.page import MOST_ALERTS


class Alert:
    text = "Welcome"

    def __init__(self, driver: "Driver") -> None:
        self._driver = driver

    def accept(self) -> None:
        self._driver.open_alerts -= 1


class Driver:
    """Stands for `selenium.webdriver.Remote`: what a script returns is played back."""

    current_window_handle = "A"

    def __init__(self, answers: list[Any], open_alerts: int = 0) -> None:
        self.capabilities: dict[str, Any] = {}
        self._answers = answers
        self.open_alerts = open_alerts
        self.switch_to = self

    @property
    def alert(self) -> Alert:
        if not self.open_alerts:
            raise NoAlertPresentException
        return Alert(self)

    def execute_script(self, *_: Any) -> Any:
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def browser(*answers: Any, open_alerts: int = 0) -> Browser:
    return Browser(Driver(list(answers), open_alerts), None)  # type: ignore[arg-type]  # stand-ins


def test_a_script_that_an_alert_broke_off_is_run_again() -> None:
    """The driver then returns nothing at all, where a script that ran to its end returns a list."""
    page = browser(None, ["the answer"], open_alerts=1)
    assert page.run("return 'the answer'") == "the answer"
    assert page.alerts() == ("Welcome",)


def test_it_is_run_again_also_when_the_alert_closed_by_itself() -> None:
    assert browser(None, None, [7]).run("return 7") == 7


def test_an_alert_before_the_script_is_accepted() -> None:
    page = browser(UnexpectedAlertPresentException(), [None], open_alerts=1)
    assert page.run("return null") is None
    assert page.alerts() == ("Welcome",)


def test_a_script_that_returns_nothing_is_not_broken_off() -> None:
    assert browser([None], ["never asked"]).run("return null") is None


def test_a_script_that_is_always_broken_off_is_given_up() -> None:
    with pytest.raises(PortalError, match="alerts without end"):
        browser(*[None] * (MOST_ALERTS + 1)).run("return 1")
