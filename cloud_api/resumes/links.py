"""Signatures of the folder store's links: HMAC-SHA256 over everything that the request may do.

A link is bound to its method, key and expiry; an upload also to the length and digest of the bytes, a
reading link also to the file name that is shown. Nothing of it can be exchanged without breaking it.
"""

import hashlib
import hmac
from datetime import UTC, datetime

from cloud_api.errors import Forbidden
from protocol.reasons import Reason


class LinkSigner:
    """Signs and checks links with one secret key of the deployment."""

    def __init__(self, secret: bytes, before: bytes = b"") -> None:
        """Sign with this key.

        Args:
            secret: at least 32 bytes.
            before: the key that this one takes the place of: its links are good until they run out.
        """
        if min(len(secret), len(before or secret)) < 32:  # noqa: PLR2004 - as long as the digest, or the signature is weaker than it looks
            raise ValueError("the key of the object links must have at least 32 bytes")
        self._secret = secret
        self._before = before

    def sign(self, method: str, key: str, expires: int, *bound: str) -> str:
        """Return the signature; ``expires`` in seconds since 1970, ``bound`` what else it holds for."""
        return _signature(self._secret, method, key, str(expires), *bound)

    def check(self, signature: str, now: datetime, method: str, key: str, expires: str, *bound: str) -> None:
        """Let the request through, or refuse it without saying which part was wrong.

        Raises:
            Forbidden: `store.link-not-valid`.
        """
        moment = int(expires) if expires.isascii() and expires.isdigit() and len(expires) < 12 else 0  # noqa: PLR2004 - seconds until the year 5138
        secrets = [self._secret, self._before] if self._before else [self._secret]
        parts = (method, key, str(moment), *bound)
        good = [hmac.compare_digest(_signature(one, *parts).encode(), signature.encode()) for one in secrets]
        if not any(good) or datetime.fromtimestamp(moment, UTC) <= now:
            raise Forbidden(Reason.STORE_LINK_INVALID)


def _signature(secret: bytes, *parts: str) -> str:
    message = "".join(f"{len(part)}:{part}\n" for part in parts)
    return hmac.new(secret, message.encode(), hashlib.sha256).hexdigest()
