"""Access tokens: JSON Web Tokens signed with ES256, in the shape of Supabase Auth.

A token proves only who. Each way of failing has its reason; the algorithm is pinned, so that a token cannot
choose how it is checked. The times are compared with a clock that is handed in; the clocks of issuer and API
may differ by `LEEWAY_SECONDS`.
"""

import math
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeGuard
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
LEEWAY_SECONDS = 10
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
            if jwk.key_id and _is_p256(jwk.key):
                found[jwk.key_id] = jwk.key
        return found


def _is_p256(key: object) -> TypeGuard[ec.EllipticCurvePublicKey]:
    """Tell whether a published key is one of the algorithm that is believed; any other is as good as none."""
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)


class TokenVerifier:
    """Believes or refuses an access token."""

    def __init__(self, keys: KeySource, issuer: str, clock: Clock) -> None:
        """Believe this issuer's tokens, checked with these keys, at the time that the clock tells."""
        self._keys = keys
        self._issuer = issuer
        self._clock = clock

    def verify(self, token: str) -> UUID:
        """Return whose token this is.

        Raises:
            NotSignedIn: one of the ``auth.token-…`` reasons, each for the rule that the token breaks.
            Unavailable: the issuer's keys cannot be had.
        """
        try:
            claims = self._decode(token, self._key_of(token))
        except jwt.InvalidAudienceError as error:
            raise NotSignedIn(Reason.AUTH_TOKEN_AUDIENCE) from error
        except jwt.InvalidIssuerError as error:
            raise NotSignedIn(Reason.AUTH_TOKEN_ISSUER) from error
        except jwt.PyJWTError as error:
            raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, type(error).__name__) from error
        check_times(claims, self._clock().timestamp())
        return _subject(claims)

    def _key_of(self, token: str) -> ec.EllipticCurvePublicKey:
        header = jwt.get_unverified_header(token)
        if header.get("alg") != ALGORITHM:
            raise NotSignedIn(Reason.AUTH_TOKEN_ALGORITHM)
        key = self._keys.key(str(header.get("kid", "")))
        if key is None:
            raise NotSignedIn(Reason.AUTH_TOKEN_UNKNOWN_KEY)
        return key

    def _decode(self, token: str, key: ec.EllipticCurvePublicKey) -> dict[str, Any]:
        return jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=self._issuer,
            options={"require": _REQUIRED, "verify_exp": False, "verify_nbf": False, "verify_iat": False},
        )


def check_times(claims: Mapping[str, Any], now: float) -> None:
    """Check when a token is good (RFC 7519, 4.1.4 to 4.1.6).

    Args:
        claims: of a token whose signature is right.
        now: seconds since 1970.

    Raises:
        NotSignedIn: it has run out, is not good yet or made in the future, or says a time that is none.
    """
    if now >= _seconds(claims, "exp") + LEEWAY_SECONDS:
        raise NotSignedIn(Reason.AUTH_TOKEN_EXPIRED)
    for name in ("nbf", "iat"):
        if name in claims and _seconds(claims, name) > now + LEEWAY_SECONDS:
            raise NotSignedIn(Reason.AUTH_TOKEN_NOT_YET_VALID, name)


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, name)
    return value


def _subject(claims: dict[str, Any]) -> UUID:
    """Return the person of the token; anonymous sign-ins and other roles are nobody here."""
    if claims.get("role") != AUDIENCE or claims.get("is_anonymous") is True:
        raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, "role")
    try:
        return UUID(str(claims["sub"]))
    except ValueError as error:
        raise NotSignedIn(Reason.AUTH_TOKEN_INVALID, "sub") from error
