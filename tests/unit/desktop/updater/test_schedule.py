from datetime import datetime, timedelta, timezone

import pytest

from desktop.updater.schedule import (
    AFTER_FAILURE,
    EVERY,
    NIGHT,
    NIGHT_LASTS,
    is_due,
    may_restart,
    next_look,
    tonight,
)

OSLO = timezone(timedelta(hours=1))
NOON = datetime(2026, 11, 12, 12, 0, tzinfo=OSLO)


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_computers_do_not_look_all_at_once_and_none_waits_for_long(jitter: float) -> None:
    waits = [next_look(NOON, failures, jitter) - NOON for failures in range(12)]
    assert EVERY * 0.75 <= waits[0] <= EVERY * 1.25
    assert AFTER_FAILURE * 0.75 <= waits[1] <= AFTER_FAILURE * 1.25
    assert waits[1:] == sorted(waits[1:])
    assert max(waits) <= EVERY * 1.25


def test_a_clock_that_was_set_back_by_years_is_no_reason_to_wait_for_years() -> None:
    at = next_look(NOON, 0, 0.5)
    assert not is_due(NOON, at)
    assert is_due(at, at)
    assert is_due(NOON - timedelta(days=700), at)


@pytest.mark.parametrize("hour", [0, 1, 2, 4, 12, 23])
@pytest.mark.parametrize("jitter", [0.0, 0.99])
def test_the_coming_night_is_after_now_and_before_its_end(hour: int, jitter: float) -> None:
    now = NOON.replace(hour=hour)
    at = tonight(now, jitter)
    assert now < at <= now + timedelta(days=1)
    begin = datetime.combine(at.date(), NIGHT, OSLO)
    assert begin <= at < begin + NIGHT_LASTS


def test_it_restarts_in_the_night_alone_and_under_no_download() -> None:
    at = tonight(NOON, 0.5)
    assert may_restart(at, at, is_downloading=False)
    assert not may_restart(at, at, is_downloading=True)
    assert not may_restart(at - timedelta(seconds=1), at, is_downloading=False)
    assert not may_restart(at + NIGHT_LASTS, at, is_downloading=False)
