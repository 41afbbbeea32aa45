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

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:  # noqa: PLR2004 - as long as the digest, or the signature is weaker than it looks
            raise ValueError("the key of the object links must have at least 32 bytes")
        self._secret = secret

    def sign(self, method: str, key: str, expires: int, *bound: str) -> str:
        """Return the signature; ``expires`` in seconds since 1970, ``bound`` what else it holds for."""
        parts = (method, key, str(expires), *bound)
        message = "".join(f"{len(part)}:{part}\n" for part in parts)
        return hmac.new(self._secret, message.encode(), hashlib.sha256).hexdigest()

    def check(self, signature: str, now: datetime, method: str, key: str, expires: str, *bound: str) -> None:
        """Let the request through, or refuse it without saying which part was wrong.

        Raises:
            Forbidden: `store.link-not-valid`.
        """
        moment = int(expires) if expires.isascii() and expires.isdigit() and len(expires) < 12 else 0  # noqa: PLR2004 - seconds until the year 5138
        good = hmac.compare_digest(self.sign(method, key, moment, *bound).encode(), signature.encode())
        if not good or datetime.fromtimestamp(moment, UTC) <= now:
            raise Forbidden(Reason.STORE_LINK_INVALID)
