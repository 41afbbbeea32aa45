"""How values are kept in SQLite: times as text of one width, so that they sort; reasons by their code."""

from datetime import UTC, datetime

from agent_core.outbox.retry import LONGEST_DELAY
from protocol.reasons import Reason

AT_ONCE = ""
"""Sorts before every time."""

FAR_FUTURE = LONGEST_DELAY
"""Nothing waits longer: a later time was written before the computer's clock was set back."""

_REASONS = {reason.value: reason for reason in Reason}

_LENGTH = len("2026-11-12T08:00:00.000000Z")


def to_text(time: datetime) -> str:
    """Return the time in UTC as text that sorts like the time."""
    # Much faster than `strftime`, and each event has some.
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def to_time(text: str) -> datetime:
    """Return the time that ``to_text`` wrote.

    Raises:
        ValueError: the text is something else.
    """
    if len(text) != _LENGTH or text[-1] != "Z":
        raise ValueError("not a time as it is written here")
    return datetime.fromisoformat(text)


def to_optional_text(time: datetime | None) -> str | None:
    """Return the text of a time that may be absent."""
    return None if time is None else to_text(time)


def to_optional_time(text: str | None) -> datetime | None:
    """Return the time of a text that may be absent."""
    return None if text is None else to_time(text)


def to_reason(code: str | None) -> Reason | None:
    """Return the reason of a code; one that a newer version wrote stands as a fault of ours."""
    return None if code is None else _REASONS.get(code, Reason.SERVER_FAULT)
