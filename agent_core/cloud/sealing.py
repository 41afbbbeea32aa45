"""The computer's key for one-time codes: what is sealed with it elsewhere, only this computer can read.

HPKE (RFC 9180), base mode, by the `cryptography` package; the page seals with the same suite. The private key
is in the keyring. Where there is none, a new one is made at each start, and the heartbeat tells the cloud.
"""

import base64
import binascii
import threading
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from agent_core.errors import RequestError
from agent_core.ports import Secrets
from protocol.commands import sealing_info
from protocol.reasons import Reason

PRIVATE_KEY = "command-key"
"""The name of the keyring's entry: the secret number of the key, in hexadecimal."""

_CURVE = ec.SECP256R1()
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY_DIGITS = 64
_MAX_CODE = 20


class SealingKey:
    """Opens what was sealed for this computer; any thread."""

    def __init__(self, secrets: Secrets) -> None:
        """Keep the private key in these secrets; it is made when it is first wanted."""
        self._secrets = secrets
        self._lock = threading.Lock()
        self._key: ec.EllipticCurvePrivateKey | None = None

    def public(self) -> str:
        """Return what others seal with: base64url of the uncompressed point."""
        point = (
            self._private()
            .public_key()
            .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        )
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def open(self, sealed: str, device_id: UUID, command_id: UUID) -> str:
        """Return the one-time code.

        Raises:
            RequestError: it was not sealed for this computer and this command, or is no code.
        """
        info = sealing_info(device_id, command_id)
        try:
            data = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
            code = _SUITE.decrypt(data, self._private(), info).decode("ascii")
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise RequestError(Reason.CODE_NOT_FOR_US) from error
        code = code.replace(" ", "").replace("-", "")
        if not (code.isalnum() and len(code) <= _MAX_CODE):
            raise RequestError(Reason.CODE_NOT_FOR_US)
        return code

    def _private(self) -> ec.EllipticCurvePrivateKey:
        with self._lock:
            if self._key is None:
                self._key = self._kept() or self._make()
            return self._key

    def _kept(self) -> ec.EllipticCurvePrivateKey | None:
        kept = self._secrets.get(PRIVATE_KEY)
        if kept is None or len(kept) != _KEY_DIGITS:
            return None
        try:
            return ec.derive_private_key(int(kept, 16), _CURVE)
        except ValueError:  # somebody else wrote there: a new key does
            return None

    def _make(self) -> ec.EllipticCurvePrivateKey:
        key = ec.generate_private_key(_CURVE)
        self._secrets.put(PRIVATE_KEY, f"{key.private_numbers().private_value:0{_KEY_DIGITS}x}")
        return key
