"""What python-tuf's refusals mean, said in the product's reasons."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    SlowRetrievalError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Root, Snapshot, Timestamp

from update_manifest.durable_updater import DurableUpdater
from update_manifest.errors import UpdateError, UpdateReason

_SHORT_LIVED = frozenset({Timestamp.type, Snapshot.type})


@contextmanager
def as_refusals(updater: DurableUpdater, now: datetime) -> Iterator[None]:
    """Let nothing but an `UpdateError` out of what is done with a client.

    Args:
        updater: the client; what it asked for last tells what is refused.
        now: what time it is.

    Raises:
        UpdateError: for whatever python-tuf, the network or the disk refused.
    """
    try:
        yield
    except DownloadError as error:
        raise UpdateError(_of_download(error), _facts(updater, error)) from error
    except RepositoryError as error:
        raise UpdateError(_of_metadata(error, updater, now), _facts(updater, error)) from error
    except OSError as error:
        raise UpdateError(UpdateReason.NOT_STORED, {"why": type(error).__name__}) from error


def _facts(updater: DurableUpdater, error: Exception) -> dict[str, object]:
    facts: dict[str, object] = {"role": updater.asked or Root.type}
    if isinstance(error, DownloadHTTPError):
        facts["status"] = error.status_code
    return facts


def _of_download(error: DownloadError) -> UpdateReason:
    if isinstance(error, SlowRetrievalError):
        return UpdateReason.SLOW
    if isinstance(error, DownloadLengthMismatchError):
        return UpdateReason.ENDLESS
    return UpdateReason.UNREACHABLE


def _of_metadata(error: RepositoryError, updater: DurableUpdater, now: datetime) -> UpdateReason:
    if updater.asked == Root.type:
        return UpdateReason.ROOT_BROKEN
    if isinstance(error, ExpiredMetadataError):
        is_frozen = updater.asked in _SHORT_LIVED and not updater.root.is_expired(now)
        return UpdateReason.FROZEN if is_frozen else UpdateReason.EXPIRED
    if isinstance(error, LengthOrHashMismatchError):
        return UpdateReason.MIXED
    if isinstance(error, UnsignedMetadataError):
        return _of_signatures(updater)
    if isinstance(error, BadVersionNumberError):
        return _of_version(updater)
    return UpdateReason.METADATA_INVALID


def _of_version(updater: DurableUpdater) -> UpdateReason:
    """Tell an older list from one whose parts name other versions of each other."""
    if updater.asked == Timestamp.type:
        return UpdateReason.ROLLBACK
    version = _read(updater.answer).signed.version
    if updater.asked == Snapshot.type and version == updater.expected_snapshot():
        return UpdateReason.ROLLBACK  # of a part that the snapshot names
    return UpdateReason.MIXED


def _of_signatures(updater: DurableUpdater) -> UpdateReason:
    """Tell too few signatures and a withdrawn key from somebody who never could sign."""
    metadata = _read(updater.answer)
    role = updater.asked
    verified = updater.delegator_of(role).get_verification_result(
        role, metadata.signed_bytes, metadata.signatures
    )
    withdrawn = {
        keyid for root in updater.earlier_roots() if role in root.roles for keyid in root.roles[role].keyids
    } - {*verified.signed, *verified.unsigned}
    if withdrawn.intersection(metadata.signatures):
        return UpdateReason.KEY_REVOKED
    return UpdateReason.BELOW_THRESHOLD if verified.signed else UpdateReason.SIGNATURE_INVALID


def _read(text: bytes) -> Metadata[Any]:
    """Read what was understood already; only then is it told how it is signed or which version it is."""
    return Metadata.from_bytes(text)
