"""The login as a state machine, and the countdown of the code."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.portal import login
from agent_core.ports import SessionSnapshot, SessionState
from protocol.reasons import Reason

T0 = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def after(*events: login.Event) -> SessionSnapshot:
    state = SessionSnapshot()
    for event in events:
        state = login.step(state, event)
    return state


SENT = (login.Started(), login.CodeSent(T0, 120))
INSIDE = (*SENT, login.HandedIn(T0), login.Accepted())


def test_the_way_in() -> None:
    assert after(login.Started()).state is SessionState.CONNECTING
    assert after(*SENT) == SessionSnapshot(SessionState.AWAITING_OTP, T0 + timedelta(seconds=120))
    assert after(*SENT, login.HandedIn(T0)).state is SessionState.VERIFYING
    assert after(*INSIDE) == SessionSnapshot(SessionState.CONNECTED)


def test_a_wrong_code_can_be_tried_again_until_it_runs_out() -> None:
    state = after(*SENT, login.HandedIn(T0), login.CodeRefused(Reason.LOGIN_WRONG_OTP))
    assert state == SessionSnapshot(
        SessionState.AWAITING_OTP, T0 + timedelta(seconds=120), Reason.LOGIN_WRONG_OTP
    )
    assert login.step(state, login.HandedIn(T0)).state is SessionState.VERIFYING


def test_a_code_that_ran_out_is_not_sent_to_the_portal() -> None:
    late = T0 + timedelta(seconds=120)
    state = after(*SENT, login.HandedIn(late))
    assert (state.state, state.reason) == (SessionState.AWAITING_OTP, Reason.LOGIN_OTP_EXPIRED)


def test_the_view_counts_down() -> None:
    state = after(*SENT)
    assert login.view(state, T0 + timedelta(seconds=119)) == state
    assert login.view(state, T0 + timedelta(seconds=120)).reason is Reason.LOGIN_OTP_EXPIRED
    assert login.view(after(*INSIDE), T0 + timedelta(days=1)).reason is None


def test_a_page_that_no_longer_asks_needs_a_new_code() -> None:
    refused = login.CodeRefused(Reason.LOGIN_WRONG_OTP, asks_again=False)
    state = after(*SENT, login.HandedIn(T0), refused)
    assert login.view(state, T0).reason is Reason.LOGIN_WRONG_OTP
    assert login.step(state, login.HandedIn(T0)).reason is Reason.LOGIN_OTP_EXPIRED


@pytest.mark.parametrize("reason", [Reason.LOGIN_PHONE_NOT_REGISTERED, Reason.LOGIN_WRONG_PASSWORD])
def test_refusals_end_the_login(reason: Reason) -> None:
    assert after(*SENT, login.Refused(reason)) == SessionSnapshot(SessionState.DISCONNECTED, reason=reason)


def test_a_code_that_nobody_asked_for() -> None:
    assert after(login.HandedIn(T0)).reason is Reason.LOGIN_NO_OTP_ASKED
    assert after(*INSIDE, login.HandedIn(T0)) == SessionSnapshot(
        SessionState.CONNECTED, reason=Reason.LOGIN_NO_OTP_ASKED
    )


def test_a_session_that_ends_says_why_and_can_be_started_again() -> None:
    ended = after(*INSIDE, login.Over(Reason.PORTAL_SESSION_ENDED))
    assert ended == SessionSnapshot(SessionState.ENDED, reason=Reason.PORTAL_SESSION_ENDED)
    assert login.step(ended, login.Started()) == SessionSnapshot(SessionState.CONNECTING)


def test_trouble_with_a_look_leaves_the_session() -> None:
    troubled = after(*INSIDE, login.Troubled(Reason.PORTAL_UNREACHABLE))
    assert troubled == SessionSnapshot(SessionState.CONNECTED, reason=Reason.PORTAL_UNREACHABLE)
    assert login.step(troubled, login.Looked()) == SessionSnapshot(SessionState.CONNECTED)


EVENTS = st.sampled_from(
    [
        login.Started(),
        login.CodeSent(T0, 120),
        login.HandedIn(T0),
        login.HandedIn(T0 + timedelta(seconds=121)),
        login.Accepted(),
        login.CodeRefused(Reason.LOGIN_WRONG_OTP),
        login.CodeRefused(Reason.LOGIN_WRONG_OTP, asks_again=False),
        login.Refused(Reason.LOGIN_WRONG_PASSWORD),
        login.Over(Reason.BROWSER_GONE),
        login.Troubled(Reason.PORTAL_SLOW),
        login.Looked(),
        login.Disconnected(),
    ]
)


@given(st.lists(EVENTS, max_size=30))
def test_nobody_is_connected_without_a_code_that_the_portal_took(events: list[login.Event]) -> None:
    state = SessionSnapshot()
    for event in events:
        before, state = state, login.step(state, event)
        if state.state is SessionState.CONNECTED and before.state is not SessionState.CONNECTED:
            assert before.state is SessionState.VERIFYING
            assert isinstance(event, login.Accepted)
        if state.state is SessionState.VERIFYING:
            assert before.state in (SessionState.AWAITING_OTP, SessionState.VERIFYING)
        if state.otp_expires_at is not None:
            assert state.state in (SessionState.AWAITING_OTP, SessionState.VERIFYING)
    assert login.step(state, login.Disconnected()) == SessionSnapshot()
    assert login.step(state, login.Started()) == SessionSnapshot(SessionState.CONNECTING)
