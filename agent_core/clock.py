"""The time, as a value that is handed in: the computer's clock, and one that nobody can set."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return now, aware, in UTC."""
    return datetime.now(UTC)


def seconds_passed(platform: str = sys.platform) -> float:
    """Return seconds since some moment, with those of sleep, whatever the computer's clock is set to."""
    if platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # Python's own does not count sleep there
    return time.monotonic()


class SteadyClock:
    """A clock that begins with another one's time and then only goes on. Implements `ports.Clock`.

    For what is good for a while: with the computer's clock set back, a code of ten minutes would be good for
    years, and with it set forward, a session would end.
    """

    def __init__(self, begin: _Clock = system_clock, passed: Callable[[], float] = seconds_passed) -> None:
        """Begin now."""
        self._begun_at = begin()
        self._passed = passed
        self._offset = passed()

    def __call__(self) -> datetime:
        """Return the time."""
        return self._begun_at + timedelta(seconds=self._passed() - self._offset)


@dataclass(frozen=True)
class Clocks:
    """The two clocks of a program.

    Attributes:
        wall: what people and records are told.
        steady: what is good for a while is measured with.
    """

    wall: _Clock
    steady: _Clock


def computer_clocks() -> Clocks:
    """Return this computer's."""
    return Clocks(system_clock, SteadyClock())
