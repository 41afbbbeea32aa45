"""The time, as a value that is handed in."""

from datetime import UTC, datetime


def system_clock() -> datetime:
    """Return now, aware, in UTC."""
    return datetime.now(UTC)
