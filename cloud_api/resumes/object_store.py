"""The port to the office's file store: private objects, opened and filled through short-lived signed links.

An adapter passes `tests/support/object_store_suite.py`. The folder adapter serves one machine; a bucket of
Supabase Storage or of any S3-compatible store serves an office, and agents and browsers speak to it directly.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Protocol

from cloud_api.errors import Conflict, InvalidRequest
from protocol.reasons import Reason


@dataclass(frozen=True)
class ObjectDigest:
    """What the store really holds: the SHA-256 in lower-case hexadecimal, and the length in bytes."""

    sha256: str
    length: int


@dataclass(frozen=True)
class StoredObject:
    """An object as the store lists it. What its bytes really are, only `ObjectStore.digest` says."""

    key: str
    length: int
    stored_at: datetime


@dataclass(frozen=True)
class SignedLink:
    """One request that may be made without any other credential until ``expires_at``.

    The address is a secret while it lives, so it stays out of ``repr``.
    """

    url: str = field(repr=False)
    method: str
    expires_at: datetime
    headers: dict[str, str] = field(default_factory=dict)


class ObjectMissing(Conflict):
    """The store holds nothing under this key."""

    def __init__(self) -> None:
        super().__init__(Reason.UPLOAD_MISSING)


class ObjectThere(Conflict):
    """The store holds an object under this key and replaces none."""

    def __init__(self) -> None:
        super().__init__(Reason.UPLOAD_BEING_CHECKED)


class ObjectRefused(InvalidRequest):
    """What was put is not what was announced; nothing was kept."""

    def __init__(self) -> None:
        super().__init__(Reason.UPLOAD_CHECKSUM)


class ObjectStore(Protocol):
    """Whole objects by key. Any thread. A store that cannot be reached raises `store.unavailable`."""

    @property
    def is_near(self) -> bool:
        """Whether it is on this machine, so that reading several objects at once gains nothing."""
        ...

    def put(self, key: str, source: IO[bytes], expected: ObjectDigest) -> None:
        """Store the bytes of ``source`` whole or not at all, replacing an older object.

        Raises:
            ObjectRefused: they are not the expected ones; the older object stays.
        """
        ...

    def get(self, key: str) -> Iterator[bytes]:
        """Open an object and return its bytes, in pieces.

        Raises:
            ObjectMissing: there is none. It is raised here, before the first piece.
        """
        ...

    def exists(self, key: str) -> bool:
        """Tell whether there is an object under this key."""
        ...

    def digest(self, key: str) -> ObjectDigest:
        """Read the object and return what it really is.

        Raises:
            ObjectMissing: there is none.
        """
        ...

    def remove(self, key: str) -> None:
        """Delete the object; nothing happens when there is none."""
        ...

    def objects(self, prefix: str) -> Iterator[StoredObject]:
        """Yield every object whose key begins with this, in any order; newcomers may be missed."""
        ...

    def upload_link(self, key: str, expected: ObjectDigest, expires_at: datetime) -> SignedLink:
        """Return a link that takes these bytes under this key, and nothing under another one.

        A store that can refuses other bytes there and then; what the others took shows in `digest`. The
        link says itself until when it really is good, which a store may decide.

        Raises:
            ObjectThere: the store replaces nothing by a link, and holds an object under this key.
        """
        ...

    def open_link(self, key: str, filename: str, expires_at: datetime) -> SignedLink:
        """Return a link to read this object, shown to people under ``filename``.

        Raises:
            ObjectMissing: there is none, where making the link shows it.
        """
        ...

    def close(self) -> None:
        """Give connections back."""
        ...


def read_exactly(source: IO[bytes], expected: ObjectDigest) -> bytes:
    """Return the bytes of a source when they are the announced ones.

    Raises:
        ObjectRefused: they are not.
    """
    data = source.read(expected.length + 1)
    if ObjectDigest(hashlib.sha256(data).hexdigest(), len(data)) != expected:
        raise ObjectRefused
    return data


def digest_of_pieces(pieces: Iterator[bytes]) -> ObjectDigest:
    """Hash bytes that come in pieces."""
    digest, length = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        length += len(piece)
    return ObjectDigest(digest.hexdigest(), length)
