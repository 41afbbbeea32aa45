"""How long the ZIP of an export is, said before any of it is made.

It is the most that the ZIP can need: what it needs less is filled up with nothing (`protocol.packed_table`).
So a file that turns out to be lost, or somebody who is deleted meanwhile, changes nothing of the length.
"""

from typing import NamedTuple

from protocol.events import EventType
from protocol.export_archive import (
    COLUMNS,
    MISSING_COLUMNS,
    MISSING_FILE,
    MISSING_HEAD,
    PEOPLE_FILE,
    PEOPLE_HEAD,
)
from protocol.exports import MAX_PEOPLE
from protocol.reasons import Reason
from protocol.zip_layout import BIG, END_BYTES, HEAD_BYTES

_LINE_END = 2
_CELL = 4
"""A comma, two quotes, and the mark that keeps a spreadsheet from changing the cell."""

_DATE = len("2026-11-12T08:00:00.000000Z")
_LINE = len(COLUMNS) * _CELL + _LINE_END + _DATE + max(len(kind.value) for kind in EventType)
_PATH = len(f"resumes//_{MAX_PEOPLE}.pdf")
_WHY = len('Only the computer "", which was last seen on 24 Nov 2026, has the file of this resume.') + 4
_REASONS = (
    Reason.CANDIDATE_DELETED,
    Reason.EXPORT_NO_RESUME,
    Reason.RESUME_ONLY_ELSEWHERE,
    Reason.RESUME_LOST_IN_STORE,
)

MISSING_BYTES = (
    len(MISSING_COLUMNS) * _CELL
    + _LINE_END
    + max(len(reason.value) + len(reason.sentence) * 2 + len(reason.next_step) * 2 for reason in _REASONS)
    + _WHY
)
"""The most that is said of one missing file, beside the person's own texts."""

_WIDE_TABLES = 2 * 36
_FILLING = 16
"""The shortest filling is of some bytes; there is always room for one."""

_TABLES_BESIDE = (
    2 * HEAD_BYTES + 2 * len(PEOPLE_FILE + MISSING_FILE) + len(PEOPLE_HEAD + MISSING_HEAD) + END_BYTES
)


class TableSizes(NamedTuple):
    """What the two tables have to say.

    Attributes:
        people: everybody, a line each.
        without: how many of them are known to be without a file.
        text_bytes: all texts of all people, each as often as it may stand in a table, in UTF-8 and with
            what is doubled or marked counted twice.
    """

    people: int
    without: int
    text_bytes: int


class FileSizes(NamedTuple):
    """What the resumes take.

    Attributes:
        file_bytes: all files, each with room for `MISSING_BYTES`.
        path_bytes: the parts of their paths that differ: folders and names, numbers not counted.
    """

    files: int
    file_bytes: int
    path_bytes: int


def most_bytes(tables: TableSizes, files: FileSizes) -> int:
    """Return the length of the ZIP, in bytes."""
    paths = files.path_bytes + files.files * _PATH
    text = tables.people * _LINE + tables.without * MISSING_BYTES + tables.text_bytes + 2 * paths
    # Deflate makes what it cannot shorten a little longer.
    packed = text + text // 1000 + 256
    whole = packed + files.file_bytes + files.files * HEAD_BYTES + 2 * paths + _TABLES_BESIDE + _FILLING
    return whole if whole < BIG else whole + _WIDE_TABLES
