"""Where the one-time code comes from."""

import pytest

from demo.portal.server import RunningPortal
from demo.portal.sessions import Typed
from demo.portal.state import DEMO_ACCOUNT, SiteOptions
from demo.unattended.codes import NoCodeError, Person, PhonePage


def test_the_phone_page_gives_the_code_that_was_sent_last() -> None:
    with RunningPortal(SiteOptions()) as running:
        running.portal.send_otp(
            "key", Typed(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password, DEMO_ACCOUNT.phone)
        )
        assert PhonePage(f"{running.url}/phone").get(120) == running.portal.phone()[0]


def test_a_person_is_told_how_long_the_code_is_good_for() -> None:
    said: list[str] = []
    assert Person(lambda: " 012345\n", said.append).get(87) == "012345"
    assert "87 more seconds" in said[0]


def test_just_enter_asks_for_a_new_code() -> None:
    assert Person(lambda: "\n", lambda _: None).get(None) == ""


def test_the_end_of_the_input_is_not_a_code() -> None:
    with pytest.raises(NoCodeError):
        Person(lambda: "", lambda _: None).get(None)
