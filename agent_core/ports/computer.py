"""What the agent asks of the computer it runs on."""

from typing import Protocol


class AutoStart(Protocol):
    """Whether the system starts NjordHR when the person logs in."""

    @property
    def can(self) -> bool:
        """Whether there is a program here that could be started."""
        ...

    def is_set(self) -> bool:
        """Tell whether the system would really start it, whatever the settings want.

        Raises:
            ComputerError: the system does not say.
        """
        ...

    def set(self, on: bool) -> None:
        """Have it started from the next login on, or not any more.

        Raises:
            ComputerError: the system refused, or there is nothing to start.
        """
        ...
