"""Logging in to the portal, decided without clock, randomness or network."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest


class Step(StrEnum):
    """How far a visitor's login is."""

    VISITOR = "visitor"
    OTP_SENT = "otp-sent"
    LOGGED_IN = "logged-in"


class Answer(StrEnum):
    """What the portal says to a step of a login."""

    OTP_SENT = "OTP sent successfully to your registered phone number."
    NOT_REGISTERED = "This Phone Number is Not Registered with us."
    FIELDS_MISSING = "Please fill in all the fields."
    INCORRECT_OTP = "Incorrect OTP. Please try again or send a new one."
    INCORRECT_PASSWORD = "You have entered an incorrect password or username."  # noqa: S105 - a sentence of the page
    WELCOME = "Welcome"


@dataclass(frozen=True)
class Account:
    """The company's account on the portal."""

    username: str
    password: str = field(repr=False)
    phone: str
    company: str


@dataclass(frozen=True)
class Typed:
    """What a visitor typed into the login fields."""

    username: str = ""
    password: str = field(default="", repr=False)
    phone: str = ""


@dataclass(frozen=True)
class Visit:
    """One browser's session."""

    step: Step = Step.VISITOR
    username: str = ""
    password: str = field(default="", repr=False)
    otp: str = field(default="", repr=False)
    otp_expires_at: datetime | None = None


NOTHING_TYPED = Typed()


def send_otp(account: Account, typed: Typed, otp: str, expires_at: datetime) -> tuple[Visit, Answer]:
    """Send a one-time code, if the phone number is the account's. The password is not looked at yet."""
    if not (typed.username and typed.password and typed.phone):
        return Visit(), Answer.FIELDS_MISSING
    if not _same(typed.phone.strip(), account.phone):
        return Visit(), Answer.NOT_REGISTERED
    return Visit(Step.OTP_SENT, typed.username.strip(), typed.password, otp, expires_at), Answer.OTP_SENT


def hand_in(
    visit: Visit, account: Account, otp: str, now: datetime, typed: Typed = NOTHING_TYPED
) -> tuple[Visit, Answer]:
    """Hand in the code. Fields typed again count; absent ones stay as they were when the code was sent."""
    visit = replace(
        visit, username=typed.username.strip() or visit.username, password=typed.password or visit.password
    )
    alive = visit.step is Step.OTP_SENT and visit.otp_expires_at is not None and now < visit.otp_expires_at
    if not alive or not _same(otp.strip(), visit.otp):
        return visit, Answer.INCORRECT_OTP
    if not (_same(visit.username, account.username) and _same(visit.password, account.password)):
        return Visit(), Answer.INCORRECT_PASSWORD
    return Visit(Step.LOGGED_IN, visit.username), Answer.WELCOME


def seconds_left(expires_at: datetime | None, now: datetime) -> int:
    """Return the whole seconds that a code is still good for; 0 without one."""
    if expires_at is None:
        return 0
    return max(0, -((now - expires_at) // timedelta(seconds=1)))


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())
