"""A private bucket of Supabase Storage, through the project's own client library.

Its upload links are good for two hours and one key, and replace nothing; they say nothing of the bytes, so
what arrived is only known when it was read back and hashed. The key that signs is held here and nowhere else.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO

import httpx
import jwt
from pydantic import SecretStr, ValidationError
from storage3 import SyncStorageClient
from storage3.types import SearchV2Object, SearchV2Options
from storage3.utils import StorageException

from cloud_api.errors import CloudError, Unavailable
from cloud_api.resumes.keys import key_in_bucket, name_in_bucket
from cloud_api.resumes.object_store import (
    ObjectDigest,
    ObjectMissing,
    ObjectThere,
    SignedLink,
    StoredObject,
    digest_of_pieces,
    read_exactly,
)
from protocol.reasons import Reason

PAGE = 500
PDF = "application/pdf"
_TIMEOUT = httpx.Timeout(20, connect=5)


class SupabaseStore:
    """Implements `ObjectStore` in one bucket of a project. The bucket must be private."""

    def __init__(
        self,
        supabase_url: str,
        key: SecretStr,
        bucket: str,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Make the client; nothing is asked of the store yet.

        Args:
            supabase_url: ``https://<project>.supabase.co``.
            key: a secret key of the project that was made for this alone.
            bucket: by the specification ``resumes``.
            clock: tells now, aware.
        """
        self._clock = clock
        secret = key.get_secret_value()
        self._http = httpx.Client(timeout=_TIMEOUT)
        self._bucket = SyncStorageClient(
            f"{supabase_url}/storage/v1/",
            {"apikey": secret, "Authorization": f"Bearer {secret}"},
            http_client=self._http,
        ).from_(bucket)

    def close(self) -> None:
        """See `ObjectStore.close`."""
        self._http.close()

    @property
    def is_near(self) -> bool:
        """See `ObjectStore.is_near`."""
        return False

    def put(self, key: str, source: IO[bytes], expected: ObjectDigest) -> None:
        """See `ObjectStore.put`."""
        name = name_in_bucket(key)
        data = read_exactly(source, expected)
        with _store_errors():
            self._bucket.upload(name, data, {"content-type": PDF, "upsert": "true"})

    def get(self, key: str) -> Iterator[bytes]:
        """See `ObjectStore.get`. The library reads an object whole: one resume is in memory."""
        name = name_in_bucket(key)
        with _store_errors():
            return iter((self._bucket.download(name),))

    def exists(self, key: str) -> bool:
        """See `ObjectStore.exists`."""
        name = name_in_bucket(key)
        with _store_errors():
            return self._bucket.exists(name)

    def digest(self, key: str) -> ObjectDigest:
        """See `ObjectStore.digest`."""
        return digest_of_pieces(self.get(key))

    def remove(self, key: str) -> None:
        """See `ObjectStore.remove`."""
        name = name_in_bucket(key)
        with _store_errors():
            self._bucket.remove([name])

    def objects(self, prefix: str) -> Iterator[StoredObject]:
        """See `ObjectStore.objects`."""
        options: SearchV2Options = {"prefix": prefix.removeprefix(key_in_bucket("")), "limit": PAGE}
        with _store_errors():
            while True:
                page = self._bucket.list_v2(options)
                yield from map(_stored, page.objects)
                if not page.hasNext or page.nextCursor is None:
                    return
                options["cursor"] = page.nextCursor

    def upload_link(self, key: str, expected: ObjectDigest, expires_at: datetime) -> SignedLink:  # noqa: ARG002 - the port's signature; the store decides on both
        """See `ObjectStore.upload_link`."""
        name = name_in_bucket(key)
        with _store_errors():
            made = self._bucket.create_signed_upload_url(name)
            ends = datetime.fromtimestamp(_expiry(made["token"]), UTC)
        return SignedLink(made["signed_url"], "PUT", ends, {"Content-Type": PDF})

    def open_link(self, key: str, filename: str, expires_at: datetime) -> SignedLink:
        """See `ObjectStore.open_link`."""
        name = name_in_bucket(key)
        seconds = max(1, int((expires_at - self._clock()).total_seconds()))
        with _store_errors():
            made = self._bucket.create_signed_url(name, seconds, {"download": filename})
            url = made["signedURL"]
        if url is None:
            raise ObjectMissing
        return SignedLink(url, "GET", expires_at)


def _stored(found: SearchV2Object) -> StoredObject:
    length = (found.metadata or {}).get("size", 0)
    return StoredObject(key_in_bucket(found.key or found.name), int(length), found.updated_at)


def _expiry(token: str) -> float:
    """Read until when the store itself takes a link; whether the token is good is the store's to say."""
    return float(jwt.decode(token, options={"verify_signature": False})["exp"])


@contextmanager
def _store_errors() -> Iterator[None]:
    try:
        yield
    except StorageException as error:
        raise _refusal(str(getattr(error, "status", "")), str(getattr(error, "code", ""))) from error
    except (httpx.HTTPError, jwt.InvalidTokenError, ValidationError, LookupError, ValueError) as error:
        raise Unavailable(Reason.STORE_UNAVAILABLE, type(error).__name__) from error


def _refusal(status: str, code: str) -> CloudError:
    if status == "404" and code in {"not_found", "NoSuchKey"}:
        return ObjectMissing()
    if status == "409" or code in {"Duplicate", "KeyAlreadyExists"}:
        return ObjectThere()
    return Unavailable(Reason.STORE_UNAVAILABLE, f"{status} {code}"[:60])
