import pytest

from cloud_api.db.search_text import search_text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (" +49 170-555 01 ", "4917055501"),
        ("(0)170/555.01", "017055501"),
        ("0042", "0042"),
        ("  anna   berg ", "anna berg"),
        ("B-2", "B-2"),
        ("4-2", "4-2"),
        ("O'Neil 42", "O'Neil 42"),
        ("   ", ""),
        ("٣٤٥", "٣٤٥"),
    ],
)
def test_numbers_lose_their_signs_and_words_their_extra_spaces(typed: str, expected: str) -> None:
    assert search_text(typed) == expected
