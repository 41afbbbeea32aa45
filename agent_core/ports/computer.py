"""What the agent asks of the computer it runs on."""

from dataclasses import dataclass
from typing import Protocol

from protocol.reasons import Reason


@dataclass(frozen=True)
class BrowserReport:
    """The browser that works for NjordHR on this computer, as far as it is known without starting it.

    Attributes:
        name: ``Chrome``, ``Edge`` or ``Chromium``; empty when there is none.
        version: such as ``131.0.6778.85``; empty when it does not say.
        driver_version: nothing while the driver that fits has yet to be brought.
        reason: why it cannot work; nothing when it can.
    """

    name: str
    version: str
    driver_version: str | None = None
    reason: Reason | None = None


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
