"""The computer's clock is aware and in UTC; the steady one goes on whatever that is set to."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_core.clock import SteadyClock, computer_clocks, seconds_passed, system_clock


def test_the_time_is_in_utc() -> None:
    assert system_clock().utcoffset() == timedelta(0)
    assert computer_clocks().steady().utcoffset() == timedelta(0)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_seconds_pass(platform: str) -> None:
    before = seconds_passed(platform)
    assert seconds_passed(platform) >= before


def test_a_clock_that_is_set_moves_the_steady_one_nowhere() -> None:
    wall, passed = [datetime(2026, 11, 24, 8, 0, tzinfo=UTC)], [100.0]
    steady = SteadyClock(lambda: wall[0], lambda: passed[0])
    wall[0] = datetime(2016, 1, 1, tzinfo=UTC)
    passed[0] += 90
    assert steady() == datetime(2026, 11, 24, 8, 1, 30, tzinfo=UTC)
