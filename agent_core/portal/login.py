"""The login as a state machine: values in, values out.

::

    disconnected -- started --> connecting -- code sent --> awaiting_otp -- handed in --> verifying
    connecting   -- refused --> disconnected
    verifying    -- accepted --> connected, -- code refused --> awaiting_otp, -- refused --> disconnected
    awaiting_otp -- started (a new code) --> connecting
    anything     -- over --> ended -- started --> connecting; -- disconnected --> disconnected

A code is good for some seconds from when it was sent. A code handed in later is not sent to the portal.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from agent_core.ports import SessionSnapshot, SessionState
from protocol.reasons import Reason


@dataclass(frozen=True)
class Started:
    """Somebody asked for a login, or for a new code."""


@dataclass(frozen=True)
class CodeSent:
    """The portal sent a code at this time, good for so many seconds."""

    at: datetime
    good_for_seconds: int


@dataclass(frozen=True)
class HandedIn:
    """Somebody handed in a code at this time."""

    at: datetime


@dataclass(frozen=True)
class Accepted:
    """The dashboard opened."""


@dataclass(frozen=True)
class CodeRefused:
    """The portal did not take the code; ``asks_again`` when its page still has the field for one."""

    reason: Reason
    asks_again: bool = True


@dataclass(frozen=True)
class Refused:
    """The login failed for good: it must be started anew."""

    reason: Reason


@dataclass(frozen=True)
class Over:
    """The session ended by itself, or the browser is gone."""

    reason: Reason


@dataclass(frozen=True)
class Troubled:
    """A look at the session could not be taken; it may live."""

    reason: Reason


@dataclass(frozen=True)
class Looked:
    """A look at the session found it alive."""


@dataclass(frozen=True)
class Disconnected:
    """Somebody ended the session."""


Event = (
    Started | CodeSent | HandedIn | Accepted | CodeRefused | Refused | Over | Troubled | Looked | Disconnected
)


def step(now: SessionSnapshot, event: Event) -> SessionSnapshot:
    """Return the session after an event. An event that cannot happen here leaves the state and names why."""
    match event:
        case Disconnected():
            after = SessionSnapshot()
        case Started():
            after = SessionSnapshot(SessionState.CONNECTING)
        case HandedIn():
            after = _handed_in(now, event)
        case Looked():
            after = replace(now, reason=None)
        case Troubled():
            after = replace(now, reason=event.reason)
        case Refused():
            after = SessionSnapshot(SessionState.DISCONNECTED, reason=event.reason)
        case Over():
            after = _over(now, event)
        case CodeSent() | Accepted() | CodeRefused():
            after = _answered(now, event)
        case _:
            assert_never(event)
    return after


def view(stored: SessionSnapshot, at: datetime) -> SessionSnapshot:
    """Return the session as it is at a time: a code that has run out says so."""
    waits = stored.state is SessionState.AWAITING_OTP and stored.otp_expires_at is not None
    if waits and _is_expired(stored, at):
        return replace(stored, reason=Reason.LOGIN_OTP_EXPIRED)
    return stored


def _handed_in(now: SessionSnapshot, event: HandedIn) -> SessionSnapshot:
    if now.state is not SessionState.AWAITING_OTP:
        return replace(now, reason=Reason.LOGIN_NO_OTP_ASKED)
    if _is_expired(now, event.at):
        return replace(now, reason=Reason.LOGIN_OTP_EXPIRED)
    return SessionSnapshot(SessionState.VERIFYING, now.otp_expires_at)


def _answered(now: SessionSnapshot, event: CodeSent | Accepted | CodeRefused) -> SessionSnapshot:
    if isinstance(event, CodeSent):
        if now.state is not SessionState.CONNECTING:
            return replace(now, reason=Reason.LOGIN_UNEXPECTED)
        return SessionSnapshot(
            SessionState.AWAITING_OTP, event.at + timedelta(seconds=event.good_for_seconds)
        )
    if now.state is not SessionState.VERIFYING:
        return replace(now, reason=Reason.LOGIN_UNEXPECTED)
    if isinstance(event, Accepted):
        return SessionSnapshot(SessionState.CONNECTED)
    expires = now.otp_expires_at if event.asks_again else None
    return SessionSnapshot(SessionState.AWAITING_OTP, expires, event.reason)


def _over(now: SessionSnapshot, event: Over) -> SessionSnapshot:
    if now.state is SessionState.DISCONNECTED:
        return now
    return SessionSnapshot(SessionState.ENDED, reason=event.reason)


def _is_expired(stored: SessionSnapshot, at: datetime) -> bool:
    """Tell whether the code is of no use any more; one without a time needs to be sent anew."""
    return stored.otp_expires_at is None or at >= stored.otp_expires_at
