"""What is published: a folder of `metadata/`, `targets/` and `artifacts/` that any web server can serve."""

import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Signed, Snapshot, Targets, Timestamp

from update_manifest.release.duties import DELEGATED, EXPOSURE, HALT, ROOT, SNAPSHOT, TARGETS, TIMESTAMP
from update_manifest.release.errors import NotDoneError

_LIST = re.compile(r"^(?P<channel>[^/]+)/(?P<platform>[^/]+)\.json$")


def list_path(channel: str, platform: str) -> str:
    """Return the name of a release list."""
    return f"{channel}/{platform}.json"


def exposure_path(channel: str, platform: str) -> str:
    """Return the name of the file that says who is offered what."""
    return f"{EXPOSURE}/{channel}/{platform}.json"


def halt_path(channel: str) -> str:
    """Return the name of the file of what is stopped."""
    return f"{HALT}/{channel}.json"


def is_list(path: str) -> bool:
    """Tell whether a name is that of a release list."""
    return bool(_LIST.match(path)) and path.split("/", maxsplit=1)[0] not in DELEGATED


def role_of(path: str) -> str:
    """Return the role that signs for a file."""
    first = path.split("/", maxsplit=1)[0]
    return first if first in DELEGATED else TARGETS


def hashed(path: str, sha256: str) -> str:
    """Return a file's name as it is served, so that an old and a new one stand side by side."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{sha256}.{name}"


def to_json(content: Any) -> bytes:
    """Return the text of a file of the repository."""
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


class Repository:
    """The published folder, read once; nothing of it is believed by a client because it is here."""

    def __init__(self, folder: Path) -> None:
        """Read lazily below this folder."""
        self.folder = folder

    def is_there(self) -> bool:
        """Tell whether anything was published."""
        return (self.folder / "metadata" / "timestamp.json").is_file()

    def require(self) -> None:
        """Refuse a folder in which nothing was published.

        Raises:
            NotDoneError: with what makes one.
        """
        if not self.is_there():
            raise NotDoneError(f"{self.folder} is no repository yet; begin with: root init")

    @cached_property
    def root(self) -> Metadata[Root]:
        """The newest root file."""
        return _read(self.folder / self.root_path(self._newest_root()), Root)

    @cached_property
    def first_root(self) -> bytes:
        """The first root file, which the oldest installation carries."""
        return (self.folder / self.root_path(1)).read_bytes()

    @cached_property
    def timestamp(self) -> Metadata[Timestamp]:
        """The file that everything hangs on."""
        return _read(self.folder / "metadata" / f"{TIMESTAMP}.json", Timestamp)

    @cached_property
    def snapshot(self) -> Metadata[Snapshot]:
        """Which version of each role is meant."""
        version = self.timestamp.signed.snapshot_meta.version
        return _read(self.folder / "metadata" / f"{version}.{SNAPSHOT}.json", Snapshot)

    def role(self, name: str) -> Metadata[Targets]:
        """Return what `targets`, `exposure` or `halt` signed."""
        version = self.snapshot.signed.meta[f"{name}.json"].version
        return _read(self.folder / "metadata" / f"{version}.{name}.json", Targets)

    def roles(self) -> dict[str, Metadata[Targets]]:
        """Return what each of the three signed."""
        return {name: self.role(name) for name in (TARGETS, *DELEGATED)}

    def file(self, path: str) -> bytes | None:
        """Return a file that a role signed for, or None where there is none."""
        target = self.role(role_of(path)).signed.targets.get(path)
        if target is None:
            return None
        return (self.folder / "targets" / hashed(path, target.hashes["sha256"])).read_bytes()

    def files(self) -> dict[str, bytes]:
        """Return every file that is signed for, by its name."""
        return {
            path: self.file(path) or b""
            for metadata in self.roles().values()
            for path in sorted(metadata.signed.targets)
        }

    def lists(self) -> dict[str, dict[str, Any]]:
        """Return the release lists by their names, as they were signed."""
        return {path: json.loads(text) for path, text in self.files().items() if is_list(path)}

    def root_path(self, version: int) -> str:
        """Return where a root file is."""
        return f"metadata/{version}.{ROOT}.json"

    def _newest_root(self) -> int:
        return max(self._root_versions(), default=0)

    def _root_versions(self) -> Iterator[int]:
        version = 1
        while (self.folder / self.root_path(version)).is_file():
            yield version
            version += 1


def _read(path: Path, kind: type[Signed]) -> Metadata[Any]:
    try:
        metadata: Metadata[Any] = Metadata.from_bytes(path.read_bytes())
    except (OSError, RepositoryError) as error:
        raise NotDoneError(f"{path} cannot be read: {error}") from None
    if not isinstance(metadata.signed, kind):
        raise NotDoneError(f"{path} is not what its name says")
    return metadata
