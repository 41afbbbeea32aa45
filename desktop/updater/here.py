"""The installation that this program is of, as the updater works with it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from agent_core.ports import EndedUpdate
from desktop.install import switch
from desktop.install.cleanup import clean_up
from desktop.install.outcome import Outcome
from desktop.install.places import Places
from desktop.install.staging import stage
from desktop.install.state import InstallState, PersonFiles, StateFile, StateUnreadableError
from desktop.install.writable import is_writable
from desktop.updater.settings import UpdaterSettings
from protocol.reasons import Reason
from protocol.updates import UpdateResult
from update_manifest.build_info import BuildInfo
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.selection import Installed
from update_manifest.trees import files_of, tree_sha256

if TYPE_CHECKING:
    from update_manifest.releases import Delta, Release


class InstallationHere:
    """Implements `parts.Installation`."""

    def __init__(
        self,
        places: Places,
        build: BuildInfo,
        settings: UpdaterSettings,
        person: PersonFiles,
        *,
        schema: Callable[[], int],
    ) -> None:
        """Look at these.

        Args:
            places: of the installation.
            build: which one runs.
            settings: of this installation's updates.
            person: the person's files that an update must not harm.
            schema: tells the schema of the agent's records.
        """
        self._places = places
        self._build = build
        self._settings = settings
        self._person = person
        self._schema = schema
        self._tree = ""

    def installed(self) -> Installed:
        """See `Installation.installed`."""
        return Installed(
            version=self._build.version,
            build=self._build.build,
            platform=self._build.platform,
            channel=self._settings.channel or self._build.channel,
            app_id=self._build.app_id,
            tree_sha256=self._own_tree(),
            schema=self._schema(),
            install_id=self._settings.install_id,
        )

    def bad(self) -> frozenset[str]:
        """See `Installation.bad`."""
        return frozenset(self._state().bad)

    def staged(self) -> str | None:
        """See `Installation.staged`."""
        return self._state().staged

    def pending(self) -> str | None:
        """See `Installation.pending`."""
        return self._state().pending

    def stage(self, release: "Release", artifact: Path, delta: "Delta | None") -> None:
        """See `Installation.stage`."""
        stage(self._places, release, artifact, delta=delta, from_version=self._build.version)

    def make_pending(self, version: str) -> None:
        """See `Installation.make_pending`."""
        switch.make_pending(self._places, version, self._person)

    def cancel(self, version: str, reason: UpdateReason) -> None:
        """See `Installation.cancel`."""
        switch.cancel(self._places, version, reason)

    def is_writable(self) -> bool:
        """See `Installation.is_writable`."""
        return is_writable(self._places)

    def ended(self) -> EndedUpdate | None:
        """See `Installation.ended`."""
        outcome = switch.last_outcome(self._places)
        return None if outcome is None else ended_of(outcome)

    def clean_up(self, wanted: frozenset[str]) -> None:
        """See `Installation.clean_up`."""
        clean_up(self._places, keep_downloads=wanted)

    def _state(self) -> InstallState:
        try:
            return StateFile(self._places.state).read()
        except StateUnreadableError as error:
            raise UpdateError(UpdateReason.NOT_READY, {"state": str(error)}) from error

    def _own_tree(self) -> str:
        """Hash what runs, once: what a delta starts from. Unreadable files only mean the whole archive."""
        if not self._tree:
            try:
                self._tree = tree_sha256(files_of(self._places.version(self._build.version)))
            except (OSError, UpdateError):
                self._tree = "0" * 64
        return self._tree


def ended_of(outcome: Outcome) -> EndedUpdate:
    """Return how an update ended, with the words for why."""
    known = {reason.value: reason for reason in Reason}
    return EndedUpdate(
        id=outcome.id,
        result=UpdateResult(outcome.result.value),
        from_version=outcome.from_version,
        to_version=outcome.to_version,
        at=outcome.at,
        reason=known.get(outcome.reason or ""),
    )
