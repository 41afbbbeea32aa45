"""Tables that spreadsheets show as they are: defect 2."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import spreadsheet
from protocol.spreadsheet import cell, head, line, text_of

RUNS = re.compile(r"^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def as_a_spreadsheet_takes_it(shown: str) -> str:
    """Turn a cell into what a spreadsheet would show for it: numbers lose what is not of their value."""
    plain = shown.strip().replace(" ", "").replace(",", "").strip("()")
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?", plain) and not shown.startswith("'"):
        return f"{float(plain):.15g}"
    return shown


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 170 0042",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        " =cmd|' /C calc'!A0",
        "\r=1",
        "\n@x",
        "\ufeff=1",
        "\u200b=1",
        "\uff1d1+1",
        "'=1",
        "''",
    ],
)
def test_defect_2_no_formula_goes_into_a_spreadsheet(text: str) -> None:
    shown = cell(text)
    assert shown[0] == "'"
    assert not RUNS.match(shown)
    assert text_of(shown) == text


@pytest.mark.parametrize(
    "text",
    [
        "0042",
        "00",
        "0091 22 5550 0142",
        "(022) 5550 142",
        "123456789012",
        "12345678901234567890",
        pytest.param("9" * 5_000, id="five thousand digits"),
        "1E5",
        "2026-11-12",
        "11/12/26",
        "12:30",
        "1.50",
        "5%",
        "$5",
        "€ 12",
        "12 Nov 2026",
        "March 3",
        "3-Mar",
        "true",
        "\u0660\u0661",
    ],
)
def test_defect_2_leading_zeros_and_long_numbers_stay_text(text: str) -> None:
    shown = cell(text)
    assert shown == "'" + text
    assert as_a_spreadsheet_takes_it(shown) == shown
    assert text_of(shown) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "7",
        "12345678901",
        "Master",
        "2nd Officer",
        "2026-11-12T08:00:00.000000Z",
        "a=1",
        "O'Neil",
        "Call back in May",
        "Marcus",
        "2nd",
    ],
)
def test_what_a_spreadsheet_leaves_alone_is_left_alone(text: str) -> None:
    assert cell(text) == text
    assert as_a_spreadsheet_takes_it(text) == text


@pytest.mark.parametrize(
    "text",
    ["1 " * 5_000 + "x", "1" * 10_000 + "jan" * 3, " " * 10_000 + "="],
    ids=["numbers", "month", "blanks"],
)
def test_long_notes_take_no_time(text: str) -> None:
    assert text_of(cell(text)) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Oslo;=1+1", "Oslo;'=1+1"),
        ("Oslo; @x;\t+1\n-1", "Oslo;' @x;\t'+1\n'-1"),
        ("a;'=1", "a;''=1"),
        ("=a;=b", "'=a;'=b"),
        ("a;b = 1; c\nd", "a;b = 1; c\nd"),
    ],
)
def test_no_formula_begins_where_a_semicolon_parts_the_cells(text: str, shown: str) -> None:
    assert cell(text) == shown
    assert text_of(shown) == text


@given(st.text(alphabet="a'=-; \t\r\n\u00a0\uff1d", max_size=12))
def test_no_text_can_have_a_formula_begin_within_it(text: str) -> None:
    shown = cell(text)
    assert not any(RUNS.match(part.lstrip()) for part in re.split(r"[;\t\r\n]", shown))
    assert text_of(shown) == text


@given(st.text(max_size=30))
def test_defect_2_taking_the_mark_away_gives_any_text_back(text: str) -> None:
    shown = cell(text)
    assert text_of(shown) == text
    assert not RUNS.match(shown)
    assert as_a_spreadsheet_takes_it(shown) == shown or re.search(r"[^\x00-\x7f]", shown)


@given(st.from_regex(r"[0-9]{1,20}", fullmatch=True))
def test_defect_2_no_number_of_a_person_is_changed_by_a_round_trip(number: str) -> None:
    assert text_of(as_a_spreadsheet_takes_it(cell(number))) == number


@given(st.lists(st.text(max_size=30), min_size=2, max_size=16))
def test_rows_are_read_back_as_they_were(texts: list[str]) -> None:
    row = line(texts)
    assert row.endswith(b"\r\n")
    assert [[text_of(shown) for shown in found] for found in read_back(row)] == [texts]


def test_the_first_row_tells_excel_that_it_is_utf_8() -> None:
    assert head(["A", "Größe"]) == b"\xef\xbb\xbfA,Gr\xc3\xb6\xc3\x9fe\r\n"


def test_quotes_commas_line_breaks_and_emoji_are_quoted() -> None:
    row = line(['say "hi"', "a,b", "one\ntwo", "\U0001f6a2"])
    assert row == '"say ""hi""","a,b","one\ntwo",\U0001f6a2\r\n'.encode()


_TRICKY = st.lists(
    st.sampled_from(
        [
            "jan",
            "Sept",
            "true",
            "FALSE",
            "e",
            "E5",
            "2",
            "0",
            "-",
            " ",
            ";",
            "=",
            "\t",
            "x",
            "Cook",
            "'",
            ".",
            "/",
            "\u017f",
        ]
    ),
    max_size=6,
).map("".join)


@given(st.one_of(_TRICKY, st.text(max_size=30)))
def test_what_needs_one_look_only_is_what_all_looks_leave_as_it_is(text: str) -> None:
    if spreadsheet._PLAIN.fullmatch(text):
        assert not spreadsheet._needs_mark(text)
        assert not spreadsheet._WITHIN.search(text)
