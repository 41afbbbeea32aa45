"""Public keys as TUF writes them, and how many of them signed some bytes.

Two kinds are believed: Ed25519, and ECDSA on P-256 with SHA-256, which is what hardware and the clouds' key
services offer. A key is what it *is*, not what it is called: the same key under two ids counts once.

Example:
    >>> key = PublicKey.of(*ED25519, "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29")
    >>> key.verify(bytes(64), b"anything")
    False
"""

import binascii
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from securesystemslib.formats import encode_canonical

ED25519 = ("ed25519", "ed25519")
ECDSA_P256 = ("ecdsa", "ecdsa-sha2-nistp256")

_P = 2**255 - 19
_Y = 2**255 - 1
_OF_EIGHT = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_WEAK = frozenset({0, 1, _P - 1, _OF_EIGHT, _P - _OF_EIGHT})
"""The points of Ed25519 of small order, by their y: a signature of nothing but zeros soon holds for them."""


class KeyRefusedError(ValueError):
    """This is no public key of a kind that is believed."""


@dataclass(frozen=True)
class PublicKey:
    """A public key.

    Attributes:
        keyid: what signatures call it.
        keytype: ``ed25519`` or ``ecdsa``.
        scheme: ``ed25519`` or ``ecdsa-sha2-nistp256``.
        public: as TUF writes it: hex of the 32 bytes, or PEM.
        material: DER of the key itself; two keys are the same when this is.
    """

    keyid: str
    keytype: str
    scheme: str
    public: str
    material: bytes

    @classmethod
    def of(cls, keytype: str, scheme: str, public: str, keyid: str | None = None) -> "PublicKey":
        """Read one; without ``keyid`` it is called what TUF calls it.

        Raises:
            KeyRefusedError: another kind, or not what it says that it is.
        """
        loaded = _load(keytype, scheme, public)
        material = loaded.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return cls(keyid or tuf_keyid(keytype, scheme, public), keytype, scheme, public, material)

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Tell whether this key made ``signature`` over ``data``."""
        loaded = _load(self.keytype, self.scheme, self.public)
        try:
            if isinstance(loaded, Ed25519PublicKey):
                loaded.verify(signature, data)
            else:
                loaded.verify(signature, data, ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True

    def to_tuf(self) -> dict[str, object]:
        """Return the entry that a root has of it under ``keys``."""
        return {"keytype": self.keytype, "scheme": self.scheme, "keyval": {"public": self.public}}


def tuf_keyid(keytype: str, scheme: str, public: str) -> str:
    """Return the SHA-256, in hex, of the canonical form of a key."""
    entry = {"keytype": keytype, "scheme": scheme, "keyval": {"public": public}}
    return hashlib.sha256(str(encode_canonical(entry)).encode()).hexdigest()


def signers(
    data: bytes, signatures: Iterable[tuple[str, bytes]], keys: Mapping[str, PublicKey]
) -> frozenset[bytes]:
    """Return the distinct keys that signed ``data``, by their material.

    Args:
        data: what was signed.
        signatures: key id and signature; of unknown keys, wrong and repeated ones do not count.
        keys: who may sign, by key id.
    """
    signed = set()
    for keyid, signature in signatures:
        key = keys.get(keyid)
        if key is not None and key.verify(signature, data):
            signed.add(key.material)
    return frozenset(signed)


def _load(keytype: str, scheme: str, public: str) -> Ed25519PublicKey | EllipticCurvePublicKey:
    try:
        if (keytype, scheme) == ED25519:
            return _ed25519(binascii.unhexlify(public))
        if (keytype, scheme) == ECDSA_P256:
            return _p256(public)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyRefusedError(f"this is no {scheme} key") from error
    raise KeyRefusedError(f"keys of {keytype} with {scheme} are not believed")


def _ed25519(public: bytes) -> Ed25519PublicKey:
    y = int.from_bytes(public, "little") & _Y
    if y in _WEAK or y >= _P:
        raise KeyRefusedError("anybody can sign for this key, or it is written in a second way")
    return Ed25519PublicKey.from_public_bytes(public)


def _p256(public: str) -> EllipticCurvePublicKey:
    loaded = load_pem_public_key(public.encode())
    if not isinstance(loaded, EllipticCurvePublicKey) or not isinstance(loaded.curve, SECP256R1):
        raise KeyRefusedError("this key is not on P-256")
    return loaded
