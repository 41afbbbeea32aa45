"""The portal's number of a person, as its links carry it: digits, or the base64 of digits.

Example:
    >>> read_candidate_id("view_cand_details.php?cand_id=MDA0Mg==")
    '0042'
"""

import base64
import binascii
import re
from urllib.parse import parse_qsl, urlsplit

PARAMETER = "cand_id"
_DIGITS = re.compile(r"[0-9]{1,20}")


def read_candidate_id(url: str) -> str | None:
    """Return the number in a link, leading zeros kept; nothing when it cannot be read."""
    raw = raw_candidate_id(url)
    return None if raw is None else decode_candidate_id(raw)


def raw_candidate_id(url: str) -> str | None:
    """Return the link's parameter as the portal wrote it."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return None
    pairs = parse_qsl(query.replace(";", "&"), keep_blank_values=True)
    return next((value.strip() for name, value in pairs if name.lower() == PARAMETER), None)


def decode_candidate_id(raw: str) -> str | None:
    """Return the digits that ``raw`` is, or stands for in base64 (padding may be missing)."""
    if _DIGITS.fullmatch(raw):
        return raw
    bare = raw.rstrip("=")
    try:
        decoded = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return decoded if _DIGITS.fullmatch(decoded) else None
