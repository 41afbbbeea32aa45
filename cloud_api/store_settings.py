"""Where the bytes of resumes lie, and what each kind of store needs to be told."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings

SHORTEST_LINK_KEY = 32
"""Bytes of a SHA-256 key."""


class ObjectStoreKind(StrEnum):
    """Where the bytes of resumes lie."""

    FOLDER = "folder"
    S3 = "s3"
    SUPABASE = "supabase"


_NEEDS: Mapping[ObjectStoreKind, tuple[str, ...]] = {
    ObjectStoreKind.FOLDER: ("object_store_folder", "object_link_key"),
    ObjectStoreKind.S3: ("s3_endpoint", "s3_bucket", "s3_access_key", "s3_secret_key"),
    ObjectStoreKind.SUPABASE: ("supabase_url", "supabase_storage_key", "supabase_bucket"),
}


class StoreSettings(BaseSettings):
    """The part of a deployment's settings that is about its file store.

    Attributes:
        object_store_folder: of the folder store, which serves one machine.
        object_link_key: signs the links of the folder store; at least 32 characters.
        object_link_key_before: the key before, while links that it signed may still be used.
        s3_endpoint: how this API, agents and browsers reach an S3-compatible store.
        s3_access_key: of a user of the store who may use the bucket and nothing else.
        s3_checksums: whether the store checks ``x-amz-checksum-sha256``; Supabase's S3 does not know it.
        supabase_storage_key: a secret key of the project that was made for the store alone.
        check_uploads: whether this process also compares what was uploaded; false where others do it.
    """

    object_store: ObjectStoreKind = ObjectStoreKind.FOLDER
    object_store_folder: Path | None = None
    object_link_key: SecretStr = SecretStr("")
    object_link_key_before: SecretStr = SecretStr("")
    s3_endpoint: str = ""
    s3_bucket: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$")
    s3_region: str = Field(default="us-east-1", pattern=r"^[a-z0-9-]{1,40}$")
    s3_access_key: str = ""
    s3_secret_key: SecretStr = SecretStr("")
    s3_checksums: bool = True
    supabase_url: str = ""
    supabase_storage_key: SecretStr = SecretStr("")
    supabase_bucket: str = Field(default="resumes", pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")
    check_uploads: bool = True

    @field_validator("s3_endpoint")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        """Accept a path too: some stores lie below one, as Supabase's S3 does."""
        parts = urlsplit(value)
        plain = not (parts.query or parts.fragment or "@" in parts.netloc)
        if value and not (parts.scheme in {"http", "https"} and parts.hostname and plain):
            raise ValueError("must be http(s)://host[:port][/path]")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _store_is_complete(self) -> "StoreSettings":
        """Refuse a deployment whose store would only fail at its first upload."""
        kind = self.object_store
        missing = [name for name in _NEEDS[kind] if not _is_told(getattr(self, name))]
        if missing:
            raise ValueError(f"object_store {kind.value} needs {' and '.join(missing)}")
        if kind is ObjectStoreKind.FOLDER and self._link_key_length() < SHORTEST_LINK_KEY:
            raise ValueError(f"object_link_key needs at least {SHORTEST_LINK_KEY} characters")
        return self

    def _link_key_length(self) -> int:
        return len(self.object_link_key.get_secret_value())


def _is_told(value: object) -> bool:
    return bool(value.get_secret_value()) if isinstance(value, SecretStr) else value not in (None, "")
