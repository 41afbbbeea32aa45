"""The order in which a change becomes what is published: what others point at comes before them.

A client follows `timestamp` to `snapshot` to the roles to the files. All of these but `timestamp` and the
root files have names of their own for each version, so that writing them changes nothing for anybody. The
last rename does: a crash before it leaves the old repository, after it the new one.

A new root file counts as soon as it is there. When enough of the keys signed that both the old and the new
root name, `timestamp` goes first and the root file after it, and each state in between is whole. When the old
keys are lost or stolen that cannot be: the root file goes first, and until the next rename, a moment later,
clients see what the old keys signed, and refuse it. They stay on what they have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from securesystemslib.signer import Signer
from tuf.api.metadata import Metadata, Root

from update_manifest.release import online
from update_manifest.release.change import Change
from update_manifest.release.duties import SNAPSHOT, TARGETS, TIMESTAMP
from update_manifest.release.repository import Repository, hashed, role_of
from update_manifest.release.signatures import satisfies


@dataclass(frozen=True)
class Write:
    """One file of the repository.

    Attributes:
        path: below the repository's folder.
        content: bytes, or the file that has them.
    """

    path: str
    content: bytes | Path

    def read(self) -> bytes:
        """Return its bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


def of(repository: Repository, change: Change, signers: Sequence[Signer], now: datetime) -> tuple[Write, ...]:
    """Return what publishing a change writes, in order.

    Args:
        repository: what is published now, or an empty folder.
        change: signed by enough.
        signers: the online key; while it is exchanged, the old one too.
        now: from when the times of expiry count.

    Raises:
        NotDoneError: the online key is another one.
    """
    roots = _roots(change)
    fit = online.fit(signers, [root.signed for root in roots])
    roles = {**(repository.roles() if repository.is_there() else {}), **change.roles}
    there = repository.is_there()
    snapshot = online.snapshot(roles, repository.snapshot.signed.version + 1 if there else 1, now, fit)
    timestamp = online.timestamp(snapshot, repository.timestamp.signed.version + 1 if there else 1, now, fit)
    last = [Write(f"metadata/{TIMESTAMP}.json", timestamp.to_bytes())]
    if change.root:
        new = Write(repository.root_path(change.root.signed.version), change.root.to_bytes())
        seamless = change.trusted is not None and _seamless(
            change.trusted.signed, roles, {SNAPSHOT: snapshot, TIMESTAMP: timestamp}
        )
        last = [*last, new] if seamless else [new, *last]
    version = snapshot.signed.version
    return (
        *_artifacts(repository, change),
        *_files(change, roles),
        *(
            Write(f"metadata/{m.signed.version}.{role}.json", m.to_bytes())
            for role, m in change.roles.items()
        ),
        Write(f"metadata/{version}.{SNAPSHOT}.json", snapshot.to_bytes()),
        *last,
    )


def again(repository: Repository, signers: Sequence[Signer], now: datetime) -> tuple[Write, ...]:
    """Return what says once more that nothing changed: a timestamp, and a snapshot when it ends soon."""
    fit = online.fit(signers, [repository.root.signed])
    snapshot, writes = repository.snapshot, []
    if snapshot.signed.expires - now < online.RENEW_SNAPSHOT:
        snapshot = online.snapshot(repository.roles(), snapshot.signed.version + 1, now, fit)
        writes.append(Write(f"metadata/{snapshot.signed.version}.{SNAPSHOT}.json", snapshot.to_bytes()))
    timestamp = online.timestamp(snapshot, repository.timestamp.signed.version + 1, now, fit)
    return (*writes, Write(f"metadata/{TIMESTAMP}.json", timestamp.to_bytes()))


def _roots(change: Change) -> list[Metadata[Root]]:
    return [root for root in (change.trusted, change.root) if root is not None]


def _seamless(before: Root, roles: Mapping[str, Metadata[Any]], made: Mapping[str, Metadata[Any]]) -> bool:
    """Tell whether a client that has not seen the new root yet believes all of this too."""
    judged = {TARGETS: roles[TARGETS], **made}
    return all(satisfies(before, role, metadata) for role, metadata in judged.items())


def _artifacts(repository: Repository, change: Change) -> list[Write]:
    if change.artifacts is None or not change.artifacts.is_dir():
        return []
    names = sorted(path.name for path in change.artifacts.iterdir() if path.is_file())
    new = [name for name in names if not (repository.folder / "artifacts" / name).is_file()]
    return [Write(f"artifacts/{name}", change.artifacts / name) for name in new]


def _files(change: Change, roles: Mapping[str, Metadata[Any]]) -> list[Write]:
    return [
        Write(f"targets/{hashed(path, roles[role_of(path)].signed.targets[path].hashes['sha256'])}", text)
        for path, text in sorted(change.files.items())
        if role_of(path) in change.roles
    ]
