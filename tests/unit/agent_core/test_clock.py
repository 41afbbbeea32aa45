"""The clock is aware and in UTC."""

from datetime import timedelta

from agent_core.clock import system_clock


def test_the_time_is_in_utc() -> None:
    assert system_clock().utcoffset() == timedelta(0)
