"""Times sort as text and come back the same; an unknown reason does not stop the program."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.store.values import (
    AT_ONCE,
    to_optional_text,
    to_optional_time,
    to_reason,
    to_text,
    to_time,
)
from protocol.reasons import Reason

TIMES = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


@given(TIMES, TIMES)
def test_times_sort_as_text_and_come_back(one: datetime, other: datetime) -> None:
    assert to_time(to_text(one)) == one
    assert (to_text(one) < to_text(other)) == (one < other)
    assert to_text(one) > AT_ONCE


def test_another_zone_is_written_in_utc() -> None:
    there = datetime(2026, 11, 12, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    assert to_text(there) == "2026-11-12T08:00:00.000000Z"


def test_what_is_absent_stays_absent() -> None:
    assert to_optional_text(None) is None
    assert to_optional_time(None) is None
    assert to_reason(None) is None


def test_reasons_come_back_and_unknown_ones_stand_as_a_fault() -> None:
    assert to_reason("portal.too-slow") is Reason.PORTAL_SLOW
    assert to_reason("of.the-future") is Reason.SERVER_FAULT


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-11-12", "2026-11-12T08:00:00.000000+01:00", "2026-13-12T08:00:00.000000Z"]
)
def test_other_text_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a time|must be in"):
        to_time(text)
