"""For how long the computer was awake. Pure."""

LONGEST_LOOK_SECONDS = 1.0


class AwakeTime:
    """Counts the time between looks, and of a longer gap only a second: the computer slept, or was held.

    No clock of a system need know of its sleep for that.
    """

    def __init__(self, now: float) -> None:
        """Begin to count.

        Args:
            now: of a clock that never goes back, in seconds.
        """
        self._last = now
        self._seconds = 0.0

    def look(self, now: float) -> float:
        """Return how many seconds it was awake; to be called several times a second."""
        self._seconds += min(max(now - self._last, 0.0), LONGEST_LOOK_SECONDS)
        self._last = now
        return self._seconds
