"""Reading what is about to be published with the program's own client, before anybody else can.

Three clients look: one that was installed with the first root file, one with the newest that is published,
and one that has just read what is published now, which is the one that notices a step back.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface

from update_manifest.client import TrustedRepository
from update_manifest.errors import UpdateError
from update_manifest.release.change import Change
from update_manifest.release.repository import Repository, is_list
from update_manifest.release.writes import Write

BASE = "https://repository.invalid/"
METADATA_URL, TARGETS_URL = f"{BASE}metadata/", f"{BASE}targets/"
NOT_FOUND = 404
_READER = "a client that read what is published now"


class FolderFetcher(FetcherInterface):
    """Gives the files of a folder as if they were served, and others in place of some of them."""

    def __init__(self, folder: Path, instead: Mapping[str, Write]) -> None:
        """Serve `folder`, with these in front of it."""
        self._folder = folder
        self._instead = instead

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = url.removeprefix(BASE)
        found = self._instead.get(path)
        if found is not None:
            return iter((found.read(),))
        if not (self._folder / path).is_file():
            raise DownloadHTTPError("not there", NOT_FOUND)
        return iter(((self._folder / path).read_bytes(),))


def refusals(
    repository: Repository, change: Change | None, writes: Sequence[Write], now: datetime
) -> tuple[str, ...]:
    """Return why a client would refuse the repository after these writes; nothing when it would not."""
    instead = {one.path: one for one in writes}
    roots = _first_roots(repository, change)
    found = []
    with tempfile.TemporaryDirectory(prefix="njordhr-as-client-") as scratch:
        for number, (who, root) in enumerate(roots.items()):
            folder = Path(scratch, str(number))
            if who == _READER:  # what it finds now is not the question; that it remembers it is
                _read(folder, root, repository, {}, now)
            refused = _read(folder, root, repository, instead, now)
            found += [f"{who} would refuse it: {refused}"] if refused else []
    return tuple(dict.fromkeys(found))


def _first_roots(repository: Repository, change: Change | None) -> dict[str, bytes]:
    if not repository.is_there():
        if change is None or change.root is None:
            return {}
        return {"a client that is installed now": change.root.to_bytes()}
    return {
        "a client of the first installation": repository.first_root,
        "a client that is installed now": repository.root.to_bytes(),
        _READER: repository.root.to_bytes(),
    }


def _read(
    folder: Path, root: bytes, repository: Repository, instead: Mapping[str, Write], now: datetime
) -> str | None:
    """Refresh one client, and let it read each list that is there; return why it refuses, if it does."""
    fetcher = FolderFetcher(repository.folder, instead)
    try:
        client = TrustedRepository(folder, root, METADATA_URL, TARGETS_URL, fetcher, clock=lambda: now)
        client.refresh()
        for path in _lists(repository, instead):
            channel, platform = path.removesuffix(".json").split("/")
            client.catalogue(channel, platform)
    except UpdateError as error:
        facts = ", ".join(f"{name} {value}" for name, value in error.facts.items())
        return f"{error.reason}" + (f" ({facts})" if facts else "")
    return None


def _lists(repository: Repository, instead: Mapping[str, Write]) -> tuple[str, ...]:
    """Return the names of the lists, those of `instead` without the hash in front."""
    served = (path.removeprefix("targets/") for path in instead if path.startswith("targets/"))
    brought = {re.sub(r"(^|/)[0-9a-f]{64}\.", r"\1", path) for path in served}
    there = repository.lists() if repository.is_there() else ()
    return tuple(sorted(path for path in {*there, *brought} if is_list(path)))
