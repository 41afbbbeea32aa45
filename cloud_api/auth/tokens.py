"""Access tokens: JSON Web Tokens signed with ES256, in the shape of Supabase Auth.

A token proves only who. Each way of failing has its reason; the algorithm is pinned, so that a token cannot
choose how it is checked.
"""

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from cloud_api.errors import NotSignedIn, Unavailable
from protocol.reasons import Reason

ALGORITHM = "ES256"
AUDIENCE = "authenticated"
LOCAL_ISSUER = "urn:njordhr:local"
ACCESS_TOKEN_SECONDS = 15 * 60
_LEEWAY_SECONDS = 10
_REQUIRED = ["exp", "iat", "iss", "aud", "sub"]
_REFETCH_SECONDS = 30.0
_OLD_SECONDS = 600.0
"""Keys are fetched anew so often, so that one which the issuer withdrew is not believed for ever."""

_PAUSE_SECONDS = 5.0
"""After an issuer that did not answer: nobody waits for it again so soon."""

Clock = Callable[[], datetime]


class KeySource(Protocol):
    """Where the public keys of an issuer are found."""

    def key(self, key_id: str) -> ec.EllipticCurvePublicKey | None:
        """Return the key of this id, or None when the issuer has none.

        Raises:
            Unavailable: the issuer does not answer.
        """
        ...


class LocalSigner:
    """A signing key made at start and kept in memory: a restart ends all access tokens, not the sign-ins."""

    def __init__(self, clock: Clock) -> None:
        """Make the key."""
        self._clock = clock
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._key_id = secrets.token_hex(8)

    def key(self, key_id: str) -> ec.EllipticCurvePublicKey | None:
        """Return the public key, as a `KeySource`."""
        return self._key.public_key() if key_id == self._key_id else None

    def sign(self, user_id: UUID, email: str) -> str:
        """Return an access token of `ACCESS_TOKEN_SECONDS`."""
        now = self._clock()
        claims = {
            "iss": LOCAL_ISSUER,
            "aud": AUDIENCE,
            "sub": str(user_id),
            "email": email,
            "role": "authenticated",
            "iat": now,
            "exp": now + timedelta(seconds=ACCESS_TOKEN_SECONDS),
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"kid": self._key_id})


class JwksKeys:
    """The keys that an issuer publishes. An unknown id is looked up again, but not at every request.

    A token with a known key never waits for the issuer: made-up ids cannot hold up those who are signed in.
    """

    def __init__(self, url: str, monotonic: Callable[[], float], client: httpx.Client | None = None) -> None:
        """Remember the address; nothing is fetched before it is needed."""
        self._url = url
        self._monotonic = monotonic
        self._client = client or httpx.Client(timeout=5.0)
        self._lock = threading.Lock()
        self._keys: dict[str, ec.EllipticCurvePublicKey] = {}
        self._fetched_at: float | None = None
        self._failed_at: float | None = None

    def key(self, key_id: str) -> ec.EllipticCurvePublicKey | None:
        """Return the key, fetching the set when this id is new."""
        if key_id not in self._keys:
            with self._lock:
                if key_id not in self._keys:
                    self._renew(_REFETCH_SECONDS)
        elif self._age() >= _OLD_SECONDS and self._lock.acquire(blocking=False):
            try:
                with suppress(Unavailable):  # until it answers again, what it said last holds
                    self._renew(_OLD_SECONDS)
            finally:
                self._lock.release()
        return self._keys.get(key_id)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _age(self) -> float:
        return float("inf") if self._fetched_at is None else self._monotonic() - self._fetched_at

    def _renew(self, least_age: float) -> None:
        now = self._monotonic()
        if self._failed_at is not None and now - self._failed_at < _PAUSE_SECONDS:
            raise Unavailable(Reason.AUTH_PROVIDER_DOWN, "it did not answer a moment ago")
        if self._age() < least_age:
            return
        try:
            self._keys = self._fetch()
        except Unavailable:
            self._failed_at = self._monotonic()
            raise
        self._fetched_at, self._failed_at = now, None

    def _fetch(self) -> dict[str, ec.EllipticCurvePublicKey]:
        try:
            answer = self._client.get(self._url)
            answer.raise_for_status()
            key_set = jwt.PyJWKSet.from_dict(answer.json())
        except (httpx.HTTPError, ValueError, jwt.PyJWTError) as error:
            raise Unavailable(Reason.AUTH_PROVIDER_DOWN, type(error).__name__) from error
        found = {}
        for jwk in key_set.keys:
            if jwk.key_id and isinstance(jwk.key, ec.EllipticCurvePublicKey):
                found[jwk.key_id] = jwk.key
        return found


class TokenVerifier:
    """Believes or refuses an access token."""

    def __init__(self, keys: KeySource, issuer: str) -> None:
        """Believe this issuer's tokens, checked with these keys."""
        self._keys = keys
        self._issuer = issuer

    def verify(self, token: str) -> UUID:
        """Return whose token this is.

        Raises:
            NotSignedIn: `auth.token-expired`, or `auth.token-invalid` with the rule it breaks.
            Unavailable: the issuer's keys cannot be had.
        """
        try:
            header = jwt.get_unverified_header(token)
            key = self._keys.key(str(header.get("kid", "")))
            if key is None:
                raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, "unknown key")
            claims = self._decode(token, key)
            return _subject(claims)
        except jwt.ExpiredSignatureError as error:
            raise NotSignedIn(Reason.AUTH_TOKEN_EXPIRED) from error
        except jwt.PyJWTError as error:
            raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, type(error).__name__) from error

    def _decode(self, token: str, key: ec.EllipticCurvePublicKey) -> dict[str, Any]:
        return jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=self._issuer,
            leeway=_LEEWAY_SECONDS,
            options={"require": _REQUIRED},
        )


def _subject(claims: dict[str, Any]) -> UUID:
    """Return the person of the token; anonymous sign-ins and other roles are nobody here."""
    if claims.get("role") != AUDIENCE or claims.get("is_anonymous") is True:
        raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, "role")
    try:
        return UUID(str(claims["sub"]))
    except ValueError as error:
        raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, "sub") from error
