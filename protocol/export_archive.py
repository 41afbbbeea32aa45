"""The ZIP of an export, made alike by both halves: resumes, the table of people, what is missing and why.

Nothing is kept but the names and, packed in memory, the two tables: they come last, because only then is it
known what went in, and nothing personal is written to a disk on the way. A ZIP's list of contents stands at
its end, so one that was broken off does not open.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from protocol import spreadsheet
from protocol.exports import ExportRow
from protocol.file_names import is_legal_name, legal_name
from protocol.packed_table import PackedTable, TooLongError, in_pieces
from protocol.reasons import Reason
from protocol.zip_layout import BIG, ZipLayout

COLUMNS = (
    "Candidate_ID",
    "Filename",
    "Resume_URL",
    "Date_Added",
    "Event_Type",
    "Status",
    "Notes",
    "Rank_Applied_For",
    "Search_Ship_Type",
    "AI_Search_Prompt",
    "AI_Match_Reason",
    "Name",
    "Present_Rank",
    "Email",
    "Country",
    "Mobile_No",
)
"""The columns of ``selected_candidates.csv``: those of the old tool's event log."""

MISSING_COLUMNS = (
    "Candidate_ID",
    "Name",
    "Rank_Applied_For",
    "Filename",
    "Computer",
    "Reason",
    "Why",
    "What_To_Do",
)
PEOPLE_HEAD, MISSING_HEAD = spreadsheet.head(COLUMNS), spreadsheet.head(MISSING_COLUMNS)
PEOPLE_FILE = "selected_candidates.csv"
MISSING_FILE = "missing.csv"

_MAX_STEM_BYTES = 120


@dataclass(frozen=True)
class Missing:
    """Why a person's resume is not in the export; ``device_name`` is the computer that would have it."""

    reason: Reason
    device_name: str = ""
    device_last_seen_at: datetime | None = None

    @property
    def why(self) -> str:
        """Say it in a sentence."""
        if self.reason is not Reason.RESUME_ONLY_ELSEWHERE or not self.device_name:
            return self.reason.sentence
        seen = self.device_last_seen_at
        last = f", which was last seen on {seen.astimezone(UTC):%d %b %Y}" if seen is not None else ""
        return f'Only the computer "{self.device_name}"{last}, has the file of this resume.'


class Found(NamedTuple):
    """A person's PDF, which was checked, and its CRC-32."""

    data: bytes
    crc: int


Entry = tuple[ExportRow, Found | Missing]
"""A person, and their resume or why there is none."""


def archive(entries: Iterable[Entry], made_at: datetime, length: int | None = None) -> Iterator[bytes]:
    """Yield the ZIP's bytes, in pieces that are worth sending.

    Args:
        entries: taken one after the other; what they raise breaks the ZIP off.
        made_at: the time of its files, told as it is where it was taken.
        length: how long the ZIP must be, when that was said already. Its last table is filled up with
            nothing, as deflate writes it, so that every program reads the same ZIP.

    Raises:
        TooLongError: it does not go into ``length``.
    """
    return in_pieces(_parts(entries, ZipLayout(made_at, is_big=(length or 0) >= BIG), length))


def _parts(entries: Iterable[Entry], layout: ZipLayout, length: int | None) -> Iterator[bytes]:
    names, people, without = ResumeNames(), PackedTable(PEOPLE_HEAD), PackedTable(MISSING_HEAD)
    for row, found in entries:
        path = ""
        if isinstance(found, Missing):
            without.write(missing_line(row, found))
        else:
            path = names.take(row)
            yield layout.head(path, found.crc, len(found.data))  # a PDF is compressed already
            if length is not None and layout.length > length:
                raise TooLongError
            yield found.data
        people.write(person_line(row, path))
    yield from people.end(layout, PEOPLE_FILE, None)
    yield from without.end(layout, MISSING_FILE, length)
    yield layout.end()


def person_line(row: ExportRow, resume_path: str) -> bytes:
    """Return a person's row of the table; ``resume_path`` is where in the ZIP their resume lies, or empty."""
    return spreadsheet.line(
        (
            row.candidate_id,
            row.filename,
            resume_path,
            row.date_added.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            row.event_type,
            row.status,
            row.notes,
            row.rank_applied_for,
            row.search_ship_type,
            row.ai_search_prompt,
            row.ai_match_reason,
            row.name,
            row.present_rank,
            row.email,
            row.country,
            row.mobile_no,
        )
    )


class ResumeNames:
    """Paths of resumes in a ZIP: legal everywhere, and each once, also where case does not count."""

    def __init__(self) -> None:
        """Begin with none taken."""
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, row: ExportRow) -> str:
        """Return the path for a person's resume, and never the same again."""
        folder = _folder(row.rank_applied_for)
        stem = _stem(row.filename)
        path = f"resumes/{folder}/{stem}.pdf"
        wanted = key = _without_case(path)
        # Where thousands are called "CV.pdf", each goes on counting from the one before.
        number = self._numbers.get(wanted, 1)
        while key in self._taken:
            number += 1
            path = f"resumes/{folder}/{stem}_{number}.pdf"
            key = _without_case(path)
        self._numbers[wanted] = number
        self._taken.add(key)
        return path


@lru_cache(maxsize=256)
def _folder(rank: str) -> str:
    return legal_name(rank, "Unknown_Rank")


def _without_case(path: str) -> str:
    return (path if path.isascii() else unicodedata.normalize("NFKC", path)).casefold()


def _stem(filename: str) -> str:
    stem = filename[:-4] if filename.lower().endswith(".pdf") else filename
    is_fine = is_legal_name(stem) and stem.isprintable() and stem[0] not in ". "
    if is_fine and len(stem.encode()) <= _MAX_STEM_BYTES:
        return unicodedata.normalize("NFC", stem)
    return legal_name(stem, "resume")


def missing_line(row: ExportRow, missing: Missing) -> bytes:
    """Return a person's row of the table of what is missing."""
    return spreadsheet.line(
        (
            row.candidate_id,
            row.name,
            row.rank_applied_for,
            row.filename,
            missing.device_name,
            missing.reason.value,
            missing.why,
            missing.reason.next_step,
        )
    )
