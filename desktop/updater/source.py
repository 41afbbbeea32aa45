"""Where releases come from: the repository that this build trusts, by TUF and by what its managers signed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.updater.parts import Progress, Stop
from update_manifest.client import TrustedRepository
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.fetch import Fetcher, download

if TYPE_CHECKING:
    from update_manifest.catalogue import Catalogue
    from update_manifest.releases import Delta, Release

ROOT_FILE, ADDRESSES_FILE = "root.json", "updates.json"


@dataclass(frozen=True)
class Trust:
    """What a build carries of its repository: the first root, and where the rest is."""

    root: bytes
    metadata_url: str
    targets_url: str


def is_trust(folder: Path) -> bool:
    """Tell whether a build carries trust, without which it does not update itself."""
    return (folder / ROOT_FILE).is_file() and (folder / ADDRESSES_FILE).is_file()


def read_trust(folder: Path) -> Trust:
    """Read what a build carries.

    Raises:
        UpdateError: `ROOT_BROKEN`: it cannot be read.
    """
    try:
        addresses = json.loads((folder / ADDRESSES_FILE).read_text(encoding="utf-8"))
        root = (folder / ROOT_FILE).read_bytes()
        return Trust(root, str(addresses["metadata_url"]), str(addresses["targets_url"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UpdateError(UpdateReason.ROOT_BROKEN, {"file": folder.name}) from error


class PublishedReleases:
    """Implements `parts.Source`."""

    def __init__(
        self,
        trust: Trust,
        known: Path,
        downloads: Path,
        *,
        channel: str,
        platform: str,
        clock: Callable[[], datetime],
    ) -> None:
        """Ask nothing yet.

        Args:
            trust: what the build carries.
            known: the folder for what is believed.
            downloads: the folder for archives, whole or in part.
            channel: which releases are wanted.
            platform: for which computers.
            clock: tells now, with its zone.
        """
        self._repository = TrustedRepository(
            known, trust.root, trust.metadata_url, trust.targets_url, Fetcher(), clock=clock
        )
        self._downloads = downloads
        self._channel = channel
        self._platform = platform

    def look(self) -> "Catalogue":
        """See `Source.look`."""
        self._repository.refresh()
        return self._repository.catalogue(self._channel, self._platform)

    def freshness(self) -> datetime | None:
        """See `Source.freshness`."""
        return self._repository.freshness()

    def fetch(self, catalogue: "Catalogue", what: "Release | Delta", progress: Progress, stop: Stop) -> Path:
        """See `Source.fetch`."""
        try:
            self._downloads.mkdir(parents=True, exist_ok=True)
            return download(
                catalogue.addresses(what.url),
                what.sha256,
                what.length,
                self._downloads,
                progress=progress,
                stop=stop,
            )
        except OSError as error:
            raise UpdateError(UpdateReason.NOT_STORED, {"error": type(error).__name__}) from error
