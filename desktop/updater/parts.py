"""What the updater needs of the world: where releases come from, and the installation that they go to."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from agent_core.ports import EndedUpdate

if TYPE_CHECKING:
    from update_manifest.catalogue import Catalogue
    from update_manifest.errors import UpdateReason
    from update_manifest.releases import Delta, Release
    from update_manifest.selection import Installed

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


class Source(Protocol):
    """Published releases. The updater's thread only."""

    def look(self) -> "Catalogue":
        """Ask what is new, and return what is believed of it.

        Raises:
            UpdateError: there was no answer, or it was refused.
        """
        ...

    def freshness(self) -> datetime | None:
        """Return when it was last confirmed that nothing newer is kept back; nothing when never."""
        ...

    def fetch(self, catalogue: "Catalogue", what: "Release | Delta", progress: Progress, stop: Stop) -> Path:
        """Fetch an archive or a delta, checked; what broke off goes on from there.

        Raises:
            UpdateError: `INTERRUPTED` when ``stop`` said so; or it did not arrive, or is not what was signed.
        """
        ...


class Installation(Protocol):
    """The installation that this program is of. The updater's thread only."""

    def installed(self) -> "Installed":
        """Return what runs, as releases are chosen by."""
        ...

    def bad(self) -> frozenset[str]:
        """Return the versions that failed here."""
        ...

    def staged(self) -> str | None:
        """Return the version that is whole on the disk and waits."""
        ...

    def pending(self) -> str | None:
        """Return the version that starts next."""
        ...

    def stage(self, release: "Release", artifact: Path, delta: "Delta | None") -> None:
        """Put a version on the disk beside the one that runs.

        Raises:
            UpdateError: it is not what was signed, or there is no room.
        """
        ...

    def make_pending(self, version: str) -> None:
        """Have a version start next.

        Raises:
            UpdateError: it cannot.
        """
        ...

    def cancel(self, version: str, reason: "UpdateReason") -> None:
        """Have a version that waits not start.

        Raises:
            UpdateError: the disk would not have it.
        """
        ...

    def is_writable(self) -> bool:
        """Tell whether versions can be put there."""
        ...

    def ended(self) -> EndedUpdate | None:
        """Return how the last update ended."""
        ...

    def clean_up(self, wanted: frozenset[str]) -> None:
        """Remove what is needed no more; files of these SHA-256 that arrived in part stay."""
        ...
