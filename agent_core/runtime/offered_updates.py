"""The updater around the agent, lent to it where there is one: a program from source has none."""

from agent_core.errors import RequestError
from agent_core.ports import RestartWhen, Updates, UpdateStatus
from protocol.reasons import Reason


class OfferedUpdates:
    """Any thread."""

    def __init__(self) -> None:
        """Begin without one."""
        self._updates: Updates | None = None

    def offer(self, updates: Updates | None) -> None:
        """Use this one from now on; none when it is gone."""
        self._updates = updates

    def status(self) -> UpdateStatus | None:
        """Return what is known of updates; nothing where the program does not update itself."""
        return None if self._updates is None else self._updates.status()

    def check(self) -> None:
        """Look for a new version now.

        Raises:
            RequestError: this copy does not update itself.
        """
        self._there().check()

    def download(self, *, go_on: bool) -> None:
        """Fetch what is offered or go on with it; or pause.

        Raises:
            RequestError: this copy does not update itself.
        """
        self._there().download(go_on=go_on)

    def restart(self, when: RestartWhen, *, even_if_downloading: bool = False) -> None:
        """Start as the version that is ready.

        Raises:
            RequestError: as `Updates.restart`, or this copy does not update itself.
        """
        self._there().restart(when, even_if_downloading=even_if_downloading)

    def _there(self) -> Updates:
        if self._updates is None:
            raise RequestError(Reason.AGENT_NO_UPDATES)
        return self._updates
