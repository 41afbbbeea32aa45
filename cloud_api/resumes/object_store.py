"""The port to the office's file store: private objects, opened and filled through short-lived signed links.

An adapter passes `tests/support/object_store_suite.py`. The folder adapter serves one machine; a
bucket of an S3-compatible store is another adapter of the same port.
"""

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


class ObjectRefused(InvalidRequest):
    """What was put is not what was announced; nothing was kept."""

    def __init__(self) -> None:
        super().__init__(Reason.UPLOAD_CHECKSUM)


class ObjectStore(Protocol):
    """Whole objects by key. Any thread. A store that cannot be reached raises `store.unavailable`."""

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

    def upload_link(self, key: str, expected: ObjectDigest, expires_at: datetime) -> SignedLink:
        """Return a link that takes exactly these bytes under this key."""
        ...

    def open_link(self, key: str, filename: str, expires_at: datetime) -> SignedLink:
        """Return a link to read this object, shown to people under ``filename``."""
        ...
