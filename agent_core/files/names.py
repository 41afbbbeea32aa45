"""Where a person's resume lies below the download folder.

Example:
    >>> resume_path("Repair Yard/D.D.", "0042")
    'Repair_Yard-D.D/Repair_Yard-D.D_0042.pdf'
"""

import re

from protocol.file_names import legal_name


def rank_folder(rank: str) -> str:
    """Return the name of the folder for a rank, by the portal's label."""
    return legal_name(rank)


def resume_path(rank: str, candidate_external_id: str) -> str:
    """Return where a person's resume lies below the download folder, with a forward slash.

    Raises:
        ValueError: the id is not 1 to 20 ASCII digits.
    """
    if not re.fullmatch(r"[0-9]{1,20}", candidate_external_id):
        raise ValueError("a candidate's number is digits")
    folder = rank_folder(rank)
    return f"{folder}/{folder}_{candidate_external_id}.pdf"
