"""Ids differ, sort by the time of their making, and say what they are."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from agent_core.store.event_ids import new_event_id

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)


def test_they_differ_at_the_same_moment() -> None:
    assert len({new_event_id(NOW) for _ in range(1000)}) == 1000


def test_they_sort_by_time() -> None:
    made = [new_event_id(NOW + timedelta(milliseconds=number)) for number in range(50)]
    assert [str(each) for each in made] == sorted(str(each) for each in made)


@pytest.mark.parametrize("year", [1, 1969, 1970, 2026, 9999])
def test_they_are_version_7_whatever_the_clock_says(year: int) -> None:
    made = new_event_id(datetime(year, 1, 2, tzinfo=UTC))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
