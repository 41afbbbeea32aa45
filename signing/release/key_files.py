"""Private keys as files: PKCS#8, always encrypted, for their owner alone."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from signing.release.errors import SigningKeyError

PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey
SHORTEST_PASSPHRASE = 12
_ENCRYPTED = b"-----BEGIN ENCRYPTED"


def write(path: Path, key: PrivateKey, passphrase: str) -> None:
    """Write a key into a new file, encrypted, readable by its owner only, durable.

    Raises:
        SigningKeyError: something is there already, or the passphrase is short.
        OSError: it cannot be written.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise SigningKeyError(f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")
    encryption = BestAvailableEncryption(passphrase.encode())
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SigningKeyError(f"{path} is there already; a key is never written over") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, passphrase: Callable[[], str]) -> PrivateKey:
    """Read a key; the passphrase is asked for when everything else about the file is right.

    Raises:
        SigningKeyError: others can read it, it is not encrypted, not a key, or the passphrase is wrong.
    """
    text = _read_own(path)
    if not text.lstrip().startswith(_ENCRYPTED):
        raise SigningKeyError(f"{path} is not an encrypted PKCS#8 key; make one with keygen")
    return parse(text, passphrase().encode(), str(path))


def parse(text: bytes, passphrase: bytes | None, what: str) -> PrivateKey:
    """Read a key of one of the two kinds that updates are signed with.

    Raises:
        SigningKeyError: it is something else, or the passphrase is wrong.
    """
    try:
        key = load_pem_private_key(text, passphrase)
    except (ValueError, TypeError):
        raise SigningKeyError(f"{what} cannot be opened: a wrong passphrase, or no private key") from None
    if isinstance(key, Ed25519PrivateKey):
        return key
    if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1):
        return key
    raise SigningKeyError(f"{what} is neither Ed25519 nor ECDSA P-256")


def parse_either(text: bytes, passphrase: Callable[[], str], what: str) -> PrivateKey:
    """Read a key that something else keeps, encrypted or not; the passphrase is asked for when it is.

    Raises:
        SigningKeyError: as of `parse`.
    """
    encrypted = text.lstrip().startswith(_ENCRYPTED)
    return parse(text, passphrase().encode() if encrypted else None, what)


def plain(key: PrivateKey) -> str:
    """Return a key as unencrypted text, for a keeper that encrypts it itself (a keyring, a secret store)."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _read_own(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            shared = stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077
            if shared and sys.platform != "win32":  # Windows has no such bits: a profile is its owner's
                raise SigningKeyError(f"others may read {path}; type: chmod 600 {path}")
            return file.read()
    except OSError as error:
        raise SigningKeyError(f"{path} cannot be read: {error.strerror}") from None
