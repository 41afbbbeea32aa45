"""Dates as resumes write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.facts.dates import read_date, written_dates


@pytest.mark.parametrize(
    "text",
    [
        "12-Nov-2026",
        "12-Nov-\n2026",
        "12-\nNov-2026",
        "12/11/2026",
        "12-11-2026",
        "12.11.2026",
        "2026-11-12",
        "2026-11-12T08:00:00Z",
        "2026-11-12 08:00",
        "12 November 2026",
        "12th Nov, 2026",
        "November 12, 2026",
        " 12\u2011Nov\u20112026 ",
        "12NOV2026",
    ],
)
def test_formats(text: str) -> None:
    assert read_date(text) == date(2026, 11, 12)


@pytest.mark.parametrize(
    "text",
    ["", "-", "Unlimited", "Till date", "31-Feb-2026", "12-Foo-2026", "13/13/2026", "12-Nov-26", "2026",
     "0/0/0000", "12-Nov-2026 to 13-Nov-2026", "call 12/11/2026"],
)  # fmt: skip
def test_what_cannot_be_read_is_none(text: str) -> None:
    assert read_date(text) is None


@given(st.dates())
def test_every_date_comes_back(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(day.strftime("%d-%b-") + f"{day.year:04}") == day
    assert read_date(f"{day.day:02}/{day.month:02}/{day.year:04}") == day


@given(st.text(max_size=40))
def test_any_text_is_survived(text: str) -> None:
    read_date(text)


def test_a_date_is_written_in_english_whatever_the_computer_speaks() -> None:
    assert written_dates(date(2026, 9, 2)) == [
        "02sep2026",
        "02092026",
        "20260902",
        "02september2026",
        "sep022026",
        "september022026",
    ]
    for month in range(1, 13):
        day = date(2026, month, 2)
        assert read_date(f"02 {written_dates(day)[3][2:-4]} 2026") == day
