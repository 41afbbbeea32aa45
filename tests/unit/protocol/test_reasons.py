import re

from pydantic import TypeAdapter

from protocol.reasons import Reason, Retry


def test_every_reason_is_phase_dot_what_happened() -> None:
    for reason in Reason:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", reason.value), reason


def test_every_reason_has_words_and_a_retry_class() -> None:
    for reason in Reason:
        assert isinstance(reason.retry, Retry)
        for words in (reason.sentence, reason.next_step):
            assert words[0].isupper(), reason
            assert words.endswith("."), reason
        assert reason.value not in reason.sentence, "no codes in the first line"


def test_no_two_reasons_share_a_code_or_a_sentence() -> None:
    assert len({reason.value for reason in Reason}) == len(Reason)
    assert len(Reason.__members__) == len(Reason), "an alias hides a doubled code"
    assert len({reason.sentence for reason in Reason}) == len(Reason)


def test_a_code_leads_back_to_its_reason() -> None:
    assert TypeAdapter(Reason).validate_python("login.wrong-otp") is Reason.LOGIN_WRONG_OTP
