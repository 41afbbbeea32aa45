"""As which computer the relay speaks: fixed when it looks at its switches, until it looks again.

Between looking and asking, a person may have this computer join another office. What was claimed for the one
office is then sent with that one's token, or not at all, and never with the other's.
"""

from collections.abc import Callable
from dataclasses import replace

from agent_core.outbox.relay import Switches


class Identity:
    """The switches and the token that belong together; the relay's thread only."""

    def __init__(self, look: Callable[[], Switches], token: Callable[[], str | None]) -> None:
        """Know where both are found.

        Args:
            look: what the settings allow now.
            token: the device token of now, absent while this computer changes its office.
        """
        self._look = look
        self._current_token = token
        self._token: str | None = None

    def look(self) -> Switches:
        """Return the switches of now, and speak as the computer of now from here on."""
        self._token = self._current_token()
        switches = self._look()
        return switches if self._token is not None else replace(switches, send=False)

    def token(self) -> str | None:
        """Return the token of the last look."""
        return self._token
