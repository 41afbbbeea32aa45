"""What the online key signs: what belongs together (snapshot), and that this is the newest (timestamp)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from securesystemslib.signer import Signer
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, Timestamp

from update_manifest.release.duties import SNAPSHOT, TIMESTAMP, expiry
from update_manifest.release.errors import NotDoneError

RENEW_SNAPSHOT = timedelta(days=4)
"""A snapshot that ends sooner is made anew with the next timestamp."""


def snapshot(
    roles: Mapping[str, Metadata[Any]], version: int, now: datetime, signers: Sequence[Signer]
) -> Metadata[Snapshot]:
    """Return a signed snapshot of these roles."""
    meta = {f"{name}.json": _described(metadata) for name, metadata in roles.items()}
    made = Metadata(Snapshot(version=version, expires=expiry(SNAPSHOT, now), meta=meta))
    return _signed(made, signers)


def timestamp(
    of: Metadata[Snapshot], version: int, now: datetime, signers: Sequence[Signer]
) -> Metadata[Timestamp]:
    """Return a signed timestamp of a snapshot."""
    made = Metadata(Timestamp(version=version, expires=expiry(TIMESTAMP, now), snapshot_meta=_described(of)))
    return _signed(made, signers)


def fit(signers: Sequence[Signer], roots: Sequence[Root]) -> tuple[Signer, ...]:
    """Return the signers whose keys one of these roots takes for the online key.

    Raises:
        NotDoneError: none is for the last root, which is the one that will count.
    """
    ids = [set(root.roles[TIMESTAMP].keyids) & set(root.roles[SNAPSHOT].keyids) for root in roots]
    if not any(signer.public_key.keyid in ids[-1] for signer in signers):
        raise NotDoneError("the online key that was given is not the one of the root file")
    return tuple(signer for signer in signers if any(signer.public_key.keyid in one for one in ids))


def _described(metadata: Metadata[Any]) -> MetaFile:
    return MetaFile.from_data(metadata.signed.version, metadata.to_bytes(), ["sha256"])


def _signed(metadata: Metadata[Any], signers: Sequence[Signer]) -> Metadata[Any]:
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata
