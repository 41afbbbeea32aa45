"""The file store of one machine: a folder, with links that the API itself serves.

Files appear whole or not at all (temporary file in the same folder, hashed while it is written, synced,
then renamed). A key outside the allowed letters is refused before it touches the disk.
"""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

from cloud_api.errors import NotFound, Unavailable
from cloud_api.resumes.keys import is_object_key
from cloud_api.resumes.links import LinkSigner
from cloud_api.resumes.object_store import (
    ObjectDigest,
    ObjectMissing,
    ObjectRefused,
    SignedLink,
    StoredObject,
    digest_of_pieces,
)
from protocol.reasons import Reason

PIECE = 64 * 1024
DIGEST_HEADER = "X-Content-SHA256"


class FolderStore:
    """Implements `ObjectStore` below one folder.

    Attributes:
        signer: checks the links that this store gave out.
    """

    def __init__(self, folder: Path, signer: LinkSigner, public_url: str) -> None:
        self._folder = folder
        self.signer = signer
        self._public_url = public_url.rstrip("/")

    @property
    def is_near(self) -> bool:
        """See `ObjectStore.is_near`."""
        return True

    def put(self, key: str, source: IO[bytes], expected: ObjectDigest) -> None:
        """See `ObjectStore.put`."""
        path = self._path(key)
        with _store_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
            try:
                with os.fdopen(descriptor, "wb") as target:
                    _copy_exactly(source, target, expected)
                Path(name).replace(path)
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(name).unlink()
                raise
            _sync_folder(path.parent)

    def get(self, key: str) -> Iterator[bytes]:
        """See `ObjectStore.get`."""
        file = self._open(key)
        return _pieces(file)

    def exists(self, key: str) -> bool:
        """See `ObjectStore.exists`."""
        path = self._path(key)
        try:
            with _store_errors():
                return stat.S_ISREG(path.stat().st_mode)
        except ObjectMissing:
            return False

    def digest(self, key: str) -> ObjectDigest:
        """See `ObjectStore.digest`."""
        with _store_errors():
            return digest_of_pieces(self.get(key))

    def remove(self, key: str) -> None:
        """See `ObjectStore.remove`."""
        path = self._path(key)
        with _store_errors():
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                _sync_folder(path.parent)

    def objects(self, prefix: str) -> Iterator[StoredObject]:
        """See `ObjectStore.objects`."""
        with _store_errors():
            if self._folder.exists() and not self._folder.is_dir():
                raise NotADirectoryError
            # Only what can have such keys is walked: whether the store is there is asked every few seconds.
            for path in self._folder.joinpath(*prefix.split("/")[:-1]).rglob("*"):
                key = path.relative_to(self._folder).as_posix()
                if not key.startswith(prefix) or not is_object_key(key):
                    continue
                with suppress(FileNotFoundError):  # removed while we look
                    facts = path.stat()
                    if stat.S_ISREG(facts.st_mode):
                        yield StoredObject(key, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))

    def upload_link(self, key: str, expected: ObjectDigest, expires_at: datetime) -> SignedLink:
        """See `ObjectStore.upload_link`. The digest travels as a header, the length as ``Content-Length``."""
        expires = int(expires_at.timestamp())
        signature = self.signer.sign("PUT", key, expires, str(expected.length), expected.sha256)
        headers = {"Content-Type": "application/pdf", DIGEST_HEADER: expected.sha256}
        return SignedLink(self._url(key, expires, signature), "PUT", expires_at, headers)

    def open_link(self, key: str, filename: str, expires_at: datetime) -> SignedLink:
        """See `ObjectStore.open_link`."""
        expires = int(expires_at.timestamp())
        signature = self.signer.sign("GET", key, expires, filename)
        return SignedLink(self._url(key, expires, signature, filename=filename), "GET", expires_at)

    def close(self) -> None:
        """See `ObjectStore.close`."""

    def _url(self, key: str, expires: int, signature: str, **more: str) -> str:
        query = urlencode({"expires": expires, **more, "signature": signature})
        return f"{self._public_url}/api/objects/{quote(key)}?{query}"

    def _path(self, key: str) -> Path:
        if not is_object_key(key):
            raise NotFound(Reason.REQUEST_NOT_FOUND)
        return self._folder.joinpath(*key.split("/"))

    def _open(self, key: str) -> IO[bytes]:
        if not is_object_key(key):
            raise NotFound(Reason.REQUEST_NOT_FOUND)
        with _store_errors():
            # A path object costs as much as the reading: an export opens thousands.
            return open(f"{self._folder}/{key}", "rb", buffering=0)  # noqa: PTH123 - see above


def _copy_exactly(source: IO[bytes], target: IO[bytes], expected: ObjectDigest) -> None:
    digest, length = hashlib.sha256(), 0
    while piece := source.read(min(PIECE, expected.length - length + 1)):
        length += len(piece)
        if length > expected.length:
            raise ObjectRefused
        digest.update(piece)
        target.write(piece)
    if ObjectDigest(digest.hexdigest(), length) != expected:
        raise ObjectRefused
    target.flush()
    os.fsync(target.fileno())


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is durable with the file
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _store_errors() -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, IsADirectoryError) as error:
        raise ObjectMissing from error
    except OSError as error:
        raise Unavailable(Reason.STORE_UNAVAILABLE) from error
