"""A bucket of any S3-compatible store: path style, Signature Version 4, links that the store itself checks.

An upload link is bound to the key, the length, the type and (where the store knows checksum headers) the
SHA-256 of the bytes, so nobody who gets hold of one can put anything else.
"""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Any

import botocore.config
import botocore.exceptions
import botocore.session
from pydantic import SecretStr

from cloud_api.errors import CloudError, Unavailable
from cloud_api.resumes.disposition import inline_as
from cloud_api.resumes.keys import key_in_bucket, name_in_bucket
from cloud_api.resumes.object_store import (
    ObjectDigest,
    ObjectMissing,
    SignedLink,
    StoredObject,
    digest_of_pieces,
    read_exactly,
)
from protocol.reasons import Reason

PIECE = 64 * 1024
PDF = "application/pdf"
_GONE = frozenset({"404", "NoSuchKey", "NotFound"})


class S3Store:
    """Implements `ObjectStore` in one bucket, which must be private."""

    def __init__(
        self,
        endpoint: str,
        bucket: str,
        region: str,
        access_key: str,
        secret_key: SecretStr,
        *,
        checksums: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Make the client; nothing is asked of the store yet.

        Args:
            endpoint: how agents, browsers and this API reach the store.
            bucket: of this deployment alone.
            region: as the store's signatures name it.
            access_key: of a user who may read, write, delete and list in this bucket and nothing else.
            secret_key: of that user.
            checksums: whether the store checks ``x-amz-checksum-sha256``; Supabase's S3 does not know it.
            clock: tells now, aware.
        """
        self._bucket = bucket
        self._checksums = checksums
        self._clock = clock
        self._client: Any = botocore.session.Session(include_builtin_handlers=True).create_client(
            "s3",
            endpoint_url=endpoint,
            region_name=region,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key.get_secret_value(),
            config=botocore.config.Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=5,
                read_timeout=20,
                retries={"mode": "standard", "total_max_attempts": 3},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                max_pool_connections=32,
            ),
        )

    def close(self) -> None:
        """See `ObjectStore.close`."""
        self._client.close()

    @property
    def is_near(self) -> bool:
        """See `ObjectStore.is_near`."""
        return False

    def put(self, key: str, source: IO[bytes], expected: ObjectDigest) -> None:
        """See `ObjectStore.put`."""
        place = self._place(key)
        data = read_exactly(source, expected)
        with _store_errors():
            self._client.put_object(**place, Body=data, **self._bound(expected))

    def get(self, key: str) -> Iterator[bytes]:
        """See `ObjectStore.get`."""
        place = self._place(key)
        with _store_errors():
            body = self._client.get_object(**place)["Body"]
        return _pieces(body)

    def exists(self, key: str) -> bool:
        """See `ObjectStore.exists`."""
        place = self._place(key)
        try:
            with _store_errors():
                self._client.head_object(**place)
        except ObjectMissing:
            return False
        return True

    def digest(self, key: str) -> ObjectDigest:
        """See `ObjectStore.digest`."""
        return digest_of_pieces(self.get(key))

    def remove(self, key: str) -> None:
        """See `ObjectStore.remove`."""
        place = self._place(key)
        with _store_errors():
            self._client.delete_object(**place)

    def objects(self, prefix: str) -> Iterator[StoredObject]:
        """See `ObjectStore.objects`."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=prefix.removeprefix(key_in_bucket(""))
        )
        with _store_errors():
            for page in pages:
                for found in page.get("Contents", ()):
                    yield StoredObject(key_in_bucket(found["Key"]), found["Size"], found["LastModified"])

    def upload_link(self, key: str, expected: ObjectDigest, expires_at: datetime) -> SignedLink:
        """See `ObjectStore.upload_link`."""
        bound = self._bound(expected)
        url = self._sign("put_object", expires_at, **self._place(key), **bound)
        headers = {"Content-Type": PDF}
        if self._checksums:
            headers["x-amz-checksum-sha256"] = bound["ChecksumSHA256"]
        return SignedLink(url, "PUT", expires_at, headers)

    def open_link(self, key: str, filename: str, expires_at: datetime) -> SignedLink:
        """See `ObjectStore.open_link`."""
        url = self._sign(
            "get_object",
            expires_at,
            **self._place(key),
            ResponseContentType=PDF,
            ResponseContentDisposition=inline_as(filename),
            ResponseCacheControl="no-store",
        )
        return SignedLink(url, "GET", expires_at)

    def _sign(self, operation: str, expires_at: datetime, **parameters: object) -> str:
        seconds = max(1, int((expires_at - self._clock()).total_seconds()))
        url: str = self._client.generate_presigned_url(operation, Params=parameters, ExpiresIn=seconds)
        return url

    def _place(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": name_in_bucket(key)}

    def _bound(self, expected: ObjectDigest) -> dict[str, Any]:
        bound: dict[str, Any] = {"ContentType": PDF, "ContentLength": expected.length}
        if self._checksums:
            bound["ChecksumSHA256"] = base64.b64encode(bytes.fromhex(expected.sha256)).decode("ascii")
        return bound


def _pieces(body: Any) -> Iterator[bytes]:
    with body, _store_errors():
        yield from body.iter_chunks(PIECE)


@contextmanager
def _store_errors() -> Iterator[None]:
    try:
        yield
    except botocore.exceptions.ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        raise _refusal(code) from error
    except (botocore.exceptions.BotoCoreError, OSError) as error:
        raise Unavailable(Reason.STORE_UNAVAILABLE, type(error).__name__) from error


def _refusal(code: str) -> CloudError:
    return ObjectMissing() if code in _GONE else Unavailable(Reason.STORE_UNAVAILABLE, code)
