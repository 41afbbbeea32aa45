"""The portal's numbers, as digits or as base64."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.portal.candidate_id import decode_candidate_id, raw_candidate_id, read_candidate_id

DIGITS = st.from_regex(r"[0-9]{1,20}", fullmatch=True)


@given(DIGITS, st.booleans())
def test_digits_and_base64_give_the_same_number_with_its_zeros(number: str, padded: bool) -> None:
    encoded = base64.b64encode(number.encode()).decode()
    assert decode_candidate_id(number) == number
    assert decode_candidate_id(encoded if padded else encoded.rstrip("=")) == number


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("http://x.example/company/view_cand_details.php?cand_id=0042", "0042"),
        ("view_cand_details.php?a=1&cand_id=MDA0Mg%3D%3D#top", "0042"),
        ("view_cand_details.php?a=1;cand_id=MDA0Mg", "0042"),
        ("view_cand_details.php?CAND_ID=7", "7"),
        ("view_cand_details.php?cand_id=", None),
        ("view_cand_details.php", None),
        ("view_cand_details.php?cand_id=abc", None),
        ("view_cand_details.php?cand_id=12.5", None),
        ("view_cand_details.php?cand_id=" + "1" * 21, None),
        ("http://[broken", None),
    ],
)
def test_links(url: str, number: str | None) -> None:
    assert read_candidate_id(url) == number


def test_a_base64_of_other_things_is_no_number() -> None:
    assert decode_candidate_id(base64.b64encode(b"Kari").decode()) is None
    assert decode_candidate_id(base64.b64encode("٣".encode()).decode()) is None
    assert decode_candidate_id("\u0661") is None


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    number = decode_candidate_id(text)
    assert number is None or number.isascii()
    raw_candidate_id(text)
