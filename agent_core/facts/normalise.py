"""What makes two resumes the same one: their text, without what changes each time it is shown.

The same page printed twice gives different PDFs and different lines such as "Download on <time>". The
digest here is of the text without those, so that it decides "unchanged".
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

NORMALISE_VERSION = 1
"""Goes into the digest: another way of normalising must not pass for the same content."""

SHORT = 220
"""Characters; only a piece shorter than this is taken for a line of the portal's own."""

_VOLATILE = re.compile(
    r"\b(?:download(?:ed)?|print(?:ed)?|generated|viewed)\s+(?:on|by|at|from)\b"
    r"|\blast\s+(?:log\s?-?\s?in|visit|seen|active)\b"
    r"|\bpage\s+\d+\s+of\s+\d+\b",
    re.IGNORECASE,
)


def normalise(text: str, portal_hosts: Iterable[str] = ()) -> str:
    """Return the content of a resume's text.

    Args:
        text: the page's text; lines and tabs tell its pieces apart.
        portal_hosts: the portal's own host names; a short piece that carries one is the portal's.
    """
    hosts = [host.casefold() for host in portal_hosts if host]
    pieces = (_folded(piece) for line in text.splitlines() for piece in line.split("\t"))
    return "\n".join(piece for piece in pieces if piece and not _is_volatile(piece, hosts))


def content_digest(text: str, portal_hosts: Iterable[str] = ()) -> str:
    """Return the SHA-256 of the normalised text, in lower-case hexadecimal."""
    content = normalise(text, portal_hosts).replace("\n", " ")
    return hashlib.sha256(f"{NORMALISE_VERSION}\n{content}".encode("utf-8", "replace")).hexdigest()


def _folded(piece: str) -> str:
    return " ".join(unicodedata.normalize("NFC", piece).split())


def _is_volatile(piece: str, hosts: list[str]) -> bool:
    if len(piece) >= SHORT:
        return False
    lowered = piece.casefold()
    return bool(_VOLATILE.search(piece)) or any(_carries(lowered, host) for host in hosts)


def _carries(text: str, host: str) -> bool:
    """Tell whether the host itself stands in the text, not an e-mail address at it."""
    return re.search(rf"(?<![@\w.-])(?:www\.)?{re.escape(host)}(?![\w-])", text) is not None
