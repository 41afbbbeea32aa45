"""Pairing codes and device tokens: how they are made. Only a hash of either is kept."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from cloud_api.auth.guard import DEVICE_TOKEN_PREFIX

PAIRING_CODE_LIFETIME = timedelta(minutes=10)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody mixes up when reading a code aloud: no 0/O, no 1/I/L."""

_HALF = 4


def new_pairing_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """Return a code such as ``K7QM-2XPD``: 39 bits, enough for ten minutes of limited tries."""
    halves = ("".join(choose(ALPHABET) for _ in range(_HALF)) for _ in range(2))
    return "-".join(halves)


def pairing_code_hash(code: str) -> bytes:
    """Return the SHA-256 of a code as somebody typed it: case, spaces and dashes do not count."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).digest()


def new_device_token() -> str:
    """Return a token of 256 random bits, told to the device once."""
    return DEVICE_TOKEN_PREFIX + secrets.token_urlsafe(32)
