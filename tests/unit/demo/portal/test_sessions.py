"""Logging in to the simulated portal."""

from datetime import UTC, datetime, timedelta

from demo.portal.sessions import Account, Answer, Step, Typed, Visit, hand_in, seconds_left, send_otp

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=120)
ACCOUNT = Account("anna", "secret", "0555010123", "Fjord Crewing")
RIGHT = Typed("anna", "secret", "0555010123")
WAITING = Visit(Step.OTP_SENT, "anna", "secret", "012345", LATER)


def test_a_code_is_sent_to_the_phone_of_the_account() -> None:
    visit, answer = send_otp(ACCOUNT, RIGHT, "012345", LATER)
    assert (visit, answer) == (WAITING, Answer.OTP_SENT)


def test_another_phone_is_not_registered() -> None:
    visit, answer = send_otp(ACCOUNT, Typed("anna", "secret", "555010123"), "012345", LATER)
    assert (visit.step, answer) == (Step.VISITOR, Answer.NOT_REGISTERED)
    assert "Not Registered" in answer


def test_an_empty_field_is_asked_for() -> None:
    assert send_otp(ACCOUNT, Typed("anna", "", "0555010123"), "012345", LATER)[1] is Answer.FIELDS_MISSING


def test_a_wrong_password_is_not_said_before_the_code_is_in() -> None:
    visit, answer = send_otp(ACCOUNT, Typed("anna", "wrong", "0555010123"), "012345", LATER)
    assert answer is Answer.OTP_SENT
    visit, answer = hand_in(visit, ACCOUNT, "012345", NOW)
    assert (visit.step, answer) == (Step.VISITOR, Answer.INCORRECT_PASSWORD)


def test_the_right_code_logs_in_and_forgets_the_password() -> None:
    visit, answer = hand_in(WAITING, ACCOUNT, " 012345 ", NOW)
    assert (visit, answer) == (Visit(Step.LOGGED_IN, "anna"), Answer.WELCOME)


def test_a_wrong_code_can_be_tried_again() -> None:
    visit, answer = hand_in(WAITING, ACCOUNT, "999999", NOW)
    assert (visit, answer) == (WAITING, Answer.INCORRECT_OTP)
    assert hand_in(visit, ACCOUNT, "012345", NOW)[1] is Answer.WELCOME


def test_a_code_ends_with_its_time() -> None:
    assert hand_in(WAITING, ACCOUNT, "012345", LATER)[1] is Answer.INCORRECT_OTP


def test_a_visitor_without_a_code_cannot_get_in_with_an_empty_one() -> None:
    assert hand_in(Visit(), ACCOUNT, "", NOW)[1] is Answer.INCORRECT_OTP


def test_a_password_typed_again_counts() -> None:
    visit = Visit(Step.OTP_SENT, "anna", "wrong", "012345", LATER)
    assert hand_in(visit, ACCOUNT, "012345", NOW, Typed(password="secret"))[1] is Answer.WELCOME


def test_seconds_left_are_whole_and_never_negative() -> None:
    assert seconds_left(None, NOW) == 0
    assert seconds_left(NOW + timedelta(seconds=1.2), NOW) == 2
    assert seconds_left(NOW - timedelta(seconds=5), NOW) == 0


def test_secrets_stay_out_of_repr() -> None:
    assert "secret" not in repr((ACCOUNT, RIGHT, WAITING))
    assert "012345" not in repr(WAITING)
