"""Something that is to be published over what is: new root, new lists, or a step of the roll-out.

As a draft it is a folder that can be carried to who signs, on a stick, to a computer without a network:

    draft.json            what it is, and on which state of the repository it was made
    metadata/<role>.json  what is proposed, with the signatures so far
    trusted.json          the root file that counts now; absent before the first
    files/<name>          the lists and feeds that the roles speak of
    artifacts/            new bundles and deltas, under their hashes
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, TargetFile, Targets

from update_manifest.release.duties import DELEGATED, ROOT, TARGETS
from update_manifest.release.errors import NotDoneError
from update_manifest.release.placing import put
from update_manifest.release.repository import Repository, is_list, role_of, to_json

SCHEMA = 1


class Head(BaseModel):
    """The first page of a draft.

    Attributes:
        what: in words, for whoever is asked to sign.
        base: role -> version of the repository that it was made on; nothing before the first.
        unsigned_programs: that programs without a code signature of their system were asked for.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    schema_version: int = SCHEMA
    what: str
    base: dict[str, int]
    unsigned_programs: bool = False


@dataclass
class Change:
    """What is proposed; signatures are added to it.

    Attributes:
        trusted: the root that counts now.
        delegator: what `targets` says now, when the change has none of its own.
        files: by the names that the roles give them.
        artifacts: where new bundles and deltas are.
    """

    head: Head
    trusted: Metadata[Root] | None
    root: Metadata[Root] | None = None
    roles: dict[str, Metadata[Targets]] = field(default_factory=dict)
    delegator: Metadata[Targets] | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    artifacts: Path | None = None

    def believed(self) -> Metadata[Root]:
        """Return the root by which the rest is judged when this is published."""
        root = self.root or self.trusted
        if root is None:
            raise NotDoneError("this draft has no root file")
        return root

    def targets(self) -> Metadata[Targets]:
        """Return what `targets` will say."""
        targets = self.roles.get(TARGETS) or self.delegator
        if targets is None:
            raise NotDoneError("this draft does not say what targets signs")
        return targets

    def lists(self) -> dict[str, dict[str, Any]]:
        """Return the release lists that it brings."""
        return {path: json.loads(text) for path, text in self.files.items() if is_list(path)}

    def put(self, path: str, content: Mapping[str, Any]) -> None:
        """Set a file, and what the role that signs for it says of it; a change drops its signatures."""
        self.files[path] = to_json(content)
        metadata = self.roles[role_of(path)]
        target = TargetFile.from_data(path, self.files[path], ["sha256"])
        if metadata.signed.targets.get(path) != target:
            metadata.signed.targets[path] = target
            metadata.signatures.clear()

    def artifact(self, url: str) -> Path | None:
        """Return a new artifact by its address in a release, if this brings it."""
        path = self.artifacts / Path(url).name if self.artifacts else None
        return path if path is not None and path.is_file() else None


def base_of(repository: Repository) -> dict[str, int]:
    """Return the versions that a change stands on."""
    versions = {name: metadata.signed.version for name, metadata in repository.roles().items()}
    return {ROOT: repository.root.signed.version, **versions}


def save(change: Change, folder: Path) -> None:
    """Write a draft; the first page last, so that half a draft is none."""
    folder.mkdir(parents=True, exist_ok=True)
    for role, metadata in _metadata(change).items():
        put(folder / "metadata" / f"{role}.json", metadata.to_bytes())
    if change.trusted:
        put(folder / "trusted.json", change.trusted.to_bytes())
    for path, text in change.files.items():
        put(folder / "files" / path, text)
    put(folder / "draft.json", to_json(change.head.model_dump()))


def load(folder: Path) -> Change:
    """Read a draft.

    Raises:
        NotDoneError: it is none, or of another version of these commands.
    """
    try:
        head = Head.model_validate_json((folder / "draft.json").read_bytes())
        found: dict[str, Metadata[Any]] = {
            path.stem: Metadata.from_bytes(path.read_bytes())
            for path in sorted((folder / "metadata").glob("*.json"))
        }
        trusted = folder / "trusted.json"
        change = Change(head, Metadata.from_bytes(trusted.read_bytes()) if trusted.is_file() else None)
    except (OSError, ValidationError, RepositoryError) as error:
        raise NotDoneError(f"{folder} is no draft that can be read: {type(error).__name__}") from None
    if head.schema_version != SCHEMA or not set(found) <= {ROOT, TARGETS, *DELEGATED}:
        raise NotDoneError(f"{folder} is a draft of another version of these commands")
    change.root = found.pop(ROOT, None)
    change.roles = found
    change.files = {
        path.relative_to(folder / "files").as_posix(): path.read_bytes()
        for path in sorted((folder / "files").rglob("*.json"))
    }
    change.artifacts = folder / "artifacts"
    return change


def _metadata(change: Change) -> dict[str, Metadata[Any]]:
    return {**({ROOT: change.root} if change.root else {}), **change.roles}
