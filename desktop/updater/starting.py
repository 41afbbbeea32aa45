"""What the page is told of updates before the updater itself is loaded."""

from agent_core.errors import RequestError
from agent_core.ports import RestartWhen, UpdateState, UpdateStatus
from protocol.reasons import Reason
from update_manifest.build_info import BuildInfo


class StartingUpdates:
    """Implements `agent_core.ports.Updates` for the first seconds."""

    def __init__(self, build: BuildInfo, *, on_probation: bool) -> None:
        """Know which build runs, and whether it has yet to prove itself."""
        state = UpdateState.PROBATION if on_probation else UpdateState.IDLE
        self._status = UpdateStatus(state, build.version, build.build, build.channel)
        self.is_asked = False

    def status(self) -> UpdateStatus:
        """Return what is known now."""
        return self._status

    def check(self) -> None:
        """Have it looked as soon as that is possible."""
        self.is_asked = True

    def download(self, *, go_on: bool) -> None:
        """There is nothing yet to fetch or to pause."""

    def restart(self, when: RestartWhen, *, even_if_downloading: bool = False) -> None:  # noqa: ARG002 - the port's
        """Refuse: nothing is ready yet.

        Raises:
            RequestError: always.
        """
        raise RequestError(Reason.UPDATE_NOT_READY)
