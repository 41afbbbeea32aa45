"""Only the time when the computer was awake counts."""

from desktop.launcher.awake import AwakeTime


def test_looks_in_a_row_add_up_and_sleep_counts_a_second() -> None:
    awake = AwakeTime(100.0)
    assert awake.look(100.25) == 0.25
    assert awake.look(100.5) == 0.5
    assert awake.look(100.5 + 8 * 3600) == 1.5
    assert awake.look(100.75 + 8 * 3600) == 1.75


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    awake = AwakeTime(100.0)
    awake.look(100.5)
    assert awake.look(50.0) == 0.5
