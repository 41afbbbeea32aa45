"""What the simulated portal remembers."""

from datetime import UTC, datetime, timedelta

from demo.portal.people import ListName
from demo.portal.sessions import Answer, Step, Typed
from demo.portal.state import DEMO_ACCOUNT, Portal, SiteOptions

RIGHT = Typed(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone)


class _Clock:
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_code_belongs_to_the_browser_that_asked_for_it() -> None:
    portal = Portal(SiteOptions())
    assert portal.send_otp("one", RIGHT) is Answer.OTP_SENT
    otp, _ = portal.phone()
    assert otp
    assert portal.hand_in("other", otp, Typed()) is Answer.INCORRECT_OTP
    assert portal.hand_in("one", otp, Typed()) is Answer.WELCOME
    assert portal.visit("one").step is Step.LOGGED_IN
    assert portal.phone() == (None, 0)


def test_a_code_leaves_the_phone_when_its_time_is_over() -> None:
    clock = _Clock()
    portal = Portal(SiteOptions(otp_seconds=30), clock)
    portal.send_otp("one", RIGHT)
    assert portal.phone()[1] == 30
    clock.now += timedelta(seconds=30)
    assert portal.phone() == (None, 0)


def test_ending_the_sessions_keeps_a_login_that_is_under_way() -> None:
    portal = Portal(SiteOptions())
    portal.send_otp("one", RIGHT)
    otp, _ = portal.phone()
    portal.hand_in("one", otp or "", Typed())
    portal.send_otp("two", RIGHT)
    portal.end_visits()
    assert portal.visit("one").step is Step.VISITOR
    assert portal.visit("two").step is Step.OTP_SENT
    portal.end_visit("two")
    assert portal.visit("two").step is Step.VISITOR


def test_lists_and_todays_downloads() -> None:
    portal = Portal(SiteOptions())
    assert portal.person(None) is None
    someone = next(person for person in portal.everybody() if ListName.TODAY not in person.lists)
    before = len(portal.members(ListName.TODAY))
    portal.downloaded(someone.candidate_id)
    portal.downloaded(someone.candidate_id)
    assert len(portal.members(ListName.TODAY)) == before + 1
    assert portal.person(someone.candidate_id) is someone
