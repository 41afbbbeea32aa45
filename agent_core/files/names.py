"""Names of rank folders and resumes that are legal on Windows, macOS and Linux.

The old tool's rule is kept (a space becomes ``_``, a slash ``-``), and what it let through and a system
refuses is repaired: Windows drops a trailing dot and knows names such as ``CON`` as devices.

Example:
    >>> resume_path("Repair Yard/D.D.", "0042")
    'Repair_Yard-D.D/Repair_Yard-D.D_0042.pdf'
"""

import hashlib
import re
import unicodedata

MAX_FOLDER_BYTES = 120
"""Of UTF-8: folder, number and ending stay below the 255 that systems allow for a name."""

MAX_NAME_BYTES = 255

_DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE
)
_ILLEGAL = re.compile(r'[<>:"|?*\\/]')
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def rank_folder(rank: str) -> str:
    """Return the name of the folder for a rank, by the portal's label."""
    name = unicodedata.normalize("NFC", rank).strip()
    name = "".join("_" if char.isspace() else char for char in name)
    name = _ILLEGAL.sub("-", name)
    name = "".join(char for char in name if unicodedata.category(char) not in _UNPRINTABLE)
    name = _shortened(name.lstrip(".").rstrip(". "))
    if not name:
        return "Unnamed"
    if _DEVICES.fullmatch(name.split(".", 1)[0]):
        return f"_{name}"
    return name


def resume_path(rank: str, candidate_external_id: str) -> str:
    """Return where a person's resume lies below the download folder, with a forward slash.

    Raises:
        ValueError: the id is not 1 to 20 ASCII digits.
    """
    if not re.fullmatch(r"[0-9]{1,20}", candidate_external_id):
        raise ValueError("a candidate's number is digits")
    folder = rank_folder(rank)
    return f"{folder}/{folder}_{candidate_external_id}.pdf"


def is_legal_name(name: str) -> bool:
    """Tell whether one part of a path is legal on all three systems."""
    return (
        bool(name)
        and not _ILLEGAL.search(name)
        and not any(unicodedata.category(char) in ("Cc", "Cs") for char in name)
        and name[-1] not in ". "
        and not _DEVICES.fullmatch(name.split(".", 1)[0].rstrip())
        and len(name.encode()) <= MAX_NAME_BYTES
    )


def _shortened(name: str) -> str:
    """Cut a name that is too long, keeping it apart from others that begin alike."""
    if len(name.encode()) <= MAX_FOLDER_BYTES:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    head = name.encode()[: MAX_FOLDER_BYTES - 9].decode(errors="ignore")
    return f"{head.rstrip('. ')}-{mark}"
