"""When to look for updates, and when to restart by night. Pure; times are aware."""

from datetime import datetime, time, timedelta

FIRST_LOOK = timedelta(seconds=10)
"""After the start: the window and the agent come first."""

EVERY = timedelta(hours=4)
AFTER_FAILURE = timedelta(minutes=20)
NIGHT = time(2, 0)
NIGHT_LASTS = timedelta(hours=3)


def next_look(now: datetime, failures: int, jitter: float) -> datetime:
    """Return when to look again.

    Args:
        now: the time of the last look.
        failures: how many looks or downloads in a row failed.
        jitter: 0 to 1; spreads computers that were switched on together.
    """
    wait = EVERY if failures == 0 else min(EVERY, AFTER_FAILURE * int(2 ** min(failures - 1, 10)))
    return now + wait * (0.75 + jitter / 2)


def is_due(now: datetime, at: datetime) -> bool:
    """Tell whether it is time; also when the clock was set back by more than the longest wait."""
    return now >= at or at - now > EVERY * 2


def tonight(now: datetime, jitter: float) -> datetime:
    """Return a moment of the coming night.

    Args:
        now: by this computer's clock and zone.
        jitter: 0 to 1; an office's computers do not all restart together.
    """
    begin = datetime.combine(now.date(), NIGHT, now.tzinfo)
    at = begin + NIGHT_LASTS * jitter * 0.9
    return at if at > now else at + timedelta(days=1)


def may_restart(now: datetime, at: datetime, *, is_downloading: bool) -> bool:
    """Tell whether to restart by night now: at its time, and not in the morning after a computer slept."""
    return at <= now < at + NIGHT_LASTS and not is_downloading
