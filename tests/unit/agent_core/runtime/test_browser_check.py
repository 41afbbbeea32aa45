"""What is known of the browser is asked once, and again where that can change something."""

from agent_core.ports import BrowserReport
from agent_core.runtime.browser_check import BrowserCheck
from protocol.reasons import Reason
from tests.support.agent_rig import eventually

FIT = BrowserReport("Chrome", "131.0", "131.0")
UNFIT = BrowserReport("Chrome", "98.0", "98.0", Reason.BROWSER_TOO_OLD)


class Looks:
    def __init__(self, report: BrowserReport) -> None:
        self.report = report
        self.times = 0

    def __call__(self) -> BrowserReport:
        self.times += 1
        return self.report


def test_a_good_report_is_kept() -> None:
    looks = Looks(FIT)
    check = BrowserCheck(looks)
    check.begin()
    eventually(lambda: looks.times == 1)
    assert check.report() is FIT
    assert check.check_before_connecting() is FIT
    assert looks.times == 1
    assert check.look_again() is FIT
    assert looks.times == 2


def test_a_bad_report_is_looked_at_again_before_connecting() -> None:
    looks = Looks(UNFIT)
    check = BrowserCheck(looks)
    assert check.check_before_connecting() is UNFIT
    looks.report = FIT
    assert check.report() is UNFIT
    assert check.check_before_connecting() is FIT
    assert (check.report(), looks.times) == (FIT, 2)
