"""The cloud's settings, read from the environment by the composition root (prefix ``NJORDHR_CLOUD_``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from cloud_api.secret_files import from_files
from cloud_api.store_settings import StoreSettings

PREFIX = "NJORDHR_CLOUD_"


class AuthProvider(StrEnum):
    """Who knows people's passwords."""

    LOCAL = "local"
    SUPABASE = "supabase"


_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_LIMIT = re.compile(r"([1-9][0-9]{0,8}) per (?:([1-9][0-9]{0,3}) )?(second|minute|hour|day)s?")


@dataclass(frozen=True)
class Limit:
    """The most tries within a window of so many seconds, which begins with the first."""

    most: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """Read a limit.

        Args:
            text: such as ``60 per minute`` or ``10 per 5 minutes``.

        Raises:
            ValueError: it does not read so.
        """
        found = _LIMIT.fullmatch(text.strip())
        if found is None:
            raise ValueError("must read like '60 per minute' or '10 per 5 minutes'")
        most, count, unit = found.groups()
        return cls(int(most), int(count or 1) * _UNITS[unit])


class CloudSettings(StoreSettings):
    """What one deployment of the cloud differs in.

    Attributes:
        database_url: of the login role ``njordhr_api``, not of an owner.
        public_url: how agents and browsers reach this API; the base of links that it hands out.
        allowed_origin: the one origin of a web page that may ask by CORS; empty for none.
        sign_in_limit: how often one address may try to sign in, to join or to pair: ``60 per minute``.
        account_limit: how often in a row the password of one account may be wrong: ``10 per 5 minutes``.
        pairing_limit: how many pairing codes one person may make: ``30 per 10 minutes``.
        supabase_secret_key: makes the accounts of people who were invited, and is used for nothing else;
            without it they sign themselves up.
        trusted_proxies: how many proxies before this server write ``X-Forwarded-For``.
        metrics_port: where Prometheus reads its figures, apart from the API and never public; 0 for nowhere.
        command_polls: how many computers may wait for commands at once; each holds a thread of the server.
        streams_of_one: how many streams one person may have open at once, in one process of the API.
        max_resume_bytes: no uploaded resume may be longer.
        updates_folder: where published releases lie, for computers that update themselves from this server;
            empty for nowhere.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    database_url: SecretStr
    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)
    public_url: str = ""
    auth_provider: AuthProvider = AuthProvider.LOCAL
    supabase_publishable_key: SecretStr = SecretStr("")
    supabase_secret_key: SecretStr = SecretStr("")
    allowed_origin: str = ""
    database_pool_size: int = Field(default=8, ge=1, le=100)
    sign_in_limit: str = "60 per minute"
    account_limit: str = "10 per 5 minutes"
    pairing_limit: str = "30 per 10 minutes"
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(default=0, ge=0, le=65535)
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    command_polls: int = Field(default=24, ge=0, le=100_000)
    streams_of_one: int = Field(default=20, ge=1, le=100_000)
    max_resume_bytes: int = Field(default=25 * 1024 * 1024, gt=0)
    updates_folder: str = ""

    @field_validator("public_url", "supabase_url", "allowed_origin")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        """Accept nothing but scheme, host and port: no path, no user, no star."""
        if not value:
            return value
        parts = urlsplit(value.rstrip("/"))
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or "*" in value:
            raise ValueError("must be http(s)://host[:port]")
        if parts.path or parts.query or parts.fragment:
            raise ValueError("must be http(s)://host[:port] without a path")
        return value.rstrip("/")

    @field_validator("sign_in_limit", "account_limit", "pairing_limit")
    @classmethod
    def _is_a_limit(cls, value: str) -> str:
        Limit.parse(value)
        return value

    @model_validator(mode="after")
    def _is_complete(self) -> "CloudSettings":
        """Refuse a deployment that would only fail at its first request."""
        if self.auth_provider is AuthProvider.SUPABASE and not (
            self.supabase_url and self.supabase_publishable_key.get_secret_value()
        ):
            raise ValueError("auth_provider supabase needs supabase_url and supabase_publishable_key")
        return self


def load_settings(environment: Mapping[str, str]) -> CloudSettings:
    """Read the settings from the environment, and from the files that ``…_FILE`` variables of it name.

    Raises:
        ValidationError: something is missing or wrong.
        ValueError: something is told twice.
        OSError: a file cannot be read.
    """
    return CloudSettings(**from_files(PREFIX, CloudSettings.model_fields, environment))  # type: ignore[arg-type]  # they are validated there
