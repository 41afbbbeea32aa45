"""Words that text extraction split, made whole again: ``Of ficer`` is ``Officer``."""

import re
from collections.abc import Iterable
from functools import cache

from protocol.vocabulary import portal_ranks, portal_ship_types

_WORD = re.compile(r"[A-Za-z]{4,}")
_NO_LETTER = re.compile(r"[\W_]+")
_FIELD_WORDS = (
    "Officer",
    "Engineer",
    "Certificate",
    "Competency",
    "Passport",
    "Nationality",
    "Availability",
    "Engine",
    "Vessel",
    "Seaman",
    "Indian",
    "Philippines",
    "Passenger",
    "Container",
    "Offshore",
    "Endorsement",
    "Management",
)


def heal(text: str) -> str:
    """Fold whitespace and join the halves of words of the field's vocabulary.

    Two neighbours are joined only if together they are such a word and not both are words themselves.

    Example:
        >>> heal("2nd Of ficer")
        '2nd Officer'
    """
    tokens = text.split()
    healed: list[str] = []
    for token in tokens:
        if healed and _is_split(healed[-1], token):
            healed[-1] += token
        else:
            healed.append(token)
    return " ".join(healed)


def heal_label(text: str, labels: Iterable[str]) -> str | None:
    """Return the label that ``text`` is, spaces, case, colons and stars aside; or nothing."""
    wanted = squeezed(text)
    return next((label for label in labels if squeezed(label) == wanted), None)


def squeezed(text: str) -> str:
    """Return only the letters and digits of ``text``, in lower case."""
    return _NO_LETTER.sub("", text.casefold())


def _is_split(left: str, right: str) -> bool:
    joined = (left + right).strip(",.;:()").casefold()
    known = _vocabulary()
    whole = left.casefold() in known and right.strip(",.;:()").casefold() in known
    return joined in known and not whole and right[:1].islower()


@cache
def _vocabulary() -> frozenset[str]:
    words = {
        word.casefold() for label in (*portal_ranks(), *portal_ship_types()) for word in _WORD.findall(label)
    }
    return frozenset(words | {word.casefold() for word in _FIELD_WORDS})
