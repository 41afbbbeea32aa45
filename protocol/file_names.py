"""Names of folders and files that are legal on Windows, macOS and Linux.

The old tool's rule is kept (a space becomes ``_``, a slash ``-``), and what it let through and a system
refuses is repaired: Windows drops a trailing dot and knows names such as ``CON`` as devices.

Example:
    >>> legal_name("Repair Yard/D.D.")
    'Repair_Yard-D.D'
"""

import hashlib
import re
import unicodedata

MAX_NAME_BYTES = 255
"""Of UTF-8: what systems allow for one name."""

MAX_LEGAL_BYTES = 120
"""Of UTF-8: what `legal_name` makes, so that a number and an ending still fit behind it."""

_DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE
)
_ILLEGAL = re.compile(r'[<>:"|?*\\/]')
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def legal_name(text: str, otherwise: str = "Unnamed") -> str:
    """Return a legal name for what a folder or a file without its ending is called; never empty."""
    name = unicodedata.normalize("NFC", text).strip()
    name = "".join("_" if char.isspace() else char for char in name)
    name = _ILLEGAL.sub("-", name)
    name = "".join(char for char in name if unicodedata.category(char) not in _UNPRINTABLE)
    name = _shortened(name.lstrip(".").rstrip(". "))
    if not name:
        return otherwise
    if _DEVICES.fullmatch(name.split(".", 1)[0]):
        return f"_{name}"
    return name


def is_legal_name(name: str) -> bool:
    """Tell whether one part of a path is legal on all three systems."""
    return (
        bool(name)
        and not _ILLEGAL.search(name)
        and (name.isprintable() or not any(unicodedata.category(char) in ("Cc", "Cs") for char in name))
        and name[-1] not in ". "
        and not _DEVICES.fullmatch(name.split(".", 1)[0].rstrip())
        and len(name.encode()) <= MAX_NAME_BYTES
    )


def _shortened(name: str) -> str:
    """Cut a name that is too long, keeping it apart from others that begin alike."""
    if len(name.encode()) <= MAX_LEGAL_BYTES:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    head = name.encode()[: MAX_LEGAL_BYTES - 9].decode(errors="ignore")
    return f"{head.rstrip('. ')}-{mark}"
