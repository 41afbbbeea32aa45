"""The portal's words."""

import pytest

from agent_core.portal import wording


@pytest.mark.parametrize(
    "text",
    [
        "Please solve the CAPTCHA",
        "Prove that you are not a robot",
        "Your daily download limit is reached",
        "Download limit\nexceeded.",
        "You have reached your daily limit of 100",
        "Too many requests, slow down",
        "Access denied",
        "Your account has been temporarily suspended",
        "Your IP is blocked",
        "We noticed unusual traffic",
    ],
)
def test_blocked(text: str) -> None:
    assert wording.says_blocked(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Welcome",
        "Maximum speed limit observed",
        "OTP sent to your phone",
        "Blocked ballast tanks",
        "This site is protected by reCAPTCHA and its terms apply",
    ],
)
def test_not_blocked(text: str) -> None:
    assert not wording.says_blocked(text)


def test_nobody_found() -> None:
    assert wording.says_nobody("Sorry, No candidate\nfound!")
    assert wording.says_nobody("no records found")
    assert not wording.says_nobody("2 records found")


def test_answers_to_a_login() -> None:
    assert wording.says("Sorry: Incorrect  OTP entered", wording.OTP_REFUSED)
    assert wording.says("User name or INCORRECT PASSWORD", wording.PASSWORD_REFUSED)
    assert wording.says("Mobile is Not Registered with us", wording.NOT_REGISTERED)
    assert not wording.says("Registered", wording.NOT_REGISTERED)
    assert wording.says_otp_expired("Your OTP has expired")
    assert not wording.says_otp_expired("The OTP expires in 120 seconds")
