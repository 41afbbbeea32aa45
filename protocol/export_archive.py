"""The ZIP of an export, made alike by both halves: resumes, the table of people, what is missing and why.

Nothing is kept but the names and, packed in memory, the two tables: they come last, because only then is it
known what went in, and nothing personal is written to a disk on the way. A ZIP's list of contents stands at
its end, so one that was broken off does not open.
"""

import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from protocol import spreadsheet
from protocol.exports import ExportPerson, ExportRow
from protocol.file_names import is_legal_name, legal_name
from protocol.reasons import Reason

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


class Zip(Protocol):
    """What is needed of a `zipstream.ZipStream`."""

    def add(self, data: Any, arcname: str, *, compress_type: int | None = None) -> None:
        """Queue a file."""

    def file(self) -> Iterator[bytes]:
        """Give the bytes of the next file in the queue."""

    def finalize(self) -> Iterator[bytes]:
        """Give the bytes of all that is left, and of the list of contents."""


Entry = tuple[ExportPerson, bytes | Missing]
"""A person, and their PDF, which was checked, or why there is none."""


def archive(zip_stream: Zip, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the ZIP's bytes.

    Args:
        zip_stream: an empty one.
        entries: taken one after the other, each when the one before is sent; what they raise breaks the
            ZIP off.
    """
    names, table, missing = ResumeNames(), _Packed(), _Packed()
    table.write(spreadsheet.head(COLUMNS))
    missing.write(spreadsheet.head(MISSING_COLUMNS))
    for person, found in entries:
        path = ""
        if isinstance(found, Missing):
            missing.write(_missing_line(person, found))
        else:
            path = names.take(person)
            zip_stream.add(found, path, compress_type=zipfile.ZIP_STORED)  # a PDF is compressed already
            yield from zip_stream.file()
        table.write(person_line(person.row, path))
    zip_stream.add(table.read(), PEOPLE_FILE, compress_type=zipfile.ZIP_DEFLATED)
    zip_stream.add(missing.read(), MISSING_FILE, compress_type=zipfile.ZIP_DEFLATED)
    yield from zip_stream.finalize()


def person_line(row: ExportRow, resume_path: str) -> bytes:
    """Return a person's row of the table; ``resume_path`` is where in the ZIP their resume lies, or empty."""
    return spreadsheet.line(
        (
            row.candidate_id,
            row.filename,
            resume_path,
            f"{row.date_added.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
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

    def take(self, person: ExportPerson) -> str:
        """Return the path for a person's resume, and never the same again."""
        folder = legal_name(person.row.rank_applied_for, "Unknown_Rank")
        stem = _stem(person.resume.filename if person.resume is not None else "")
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


def _without_case(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()


def _stem(filename: str) -> str:
    stem = filename[:-4] if filename.lower().endswith(".pdf") else filename
    is_fine = is_legal_name(stem) and stem.isprintable() and stem[0] not in ". "
    if is_fine and len(stem.encode()) <= _MAX_STEM_BYTES:
        return unicodedata.normalize("NFC", stem)
    return legal_name(stem, "resume")


def _missing_line(person: ExportPerson, missing: Missing) -> bytes:
    filename = person.resume.filename if person.resume is not None else ""
    row = person.row
    return spreadsheet.line(
        (
            row.candidate_id,
            row.name,
            row.rank_applied_for,
            filename,
            missing.device_name,
            missing.reason.value,
            missing.why,
            missing.reason.next_step,
        )
    )


class _Packed:
    """A text that grows line by line and is read once at its end; packed, for there may be 20,000 lines."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj()
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        if piece := self._packer.compress(data):
            self._pieces.append(piece)

    def read(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj()
        for piece in (*self._pieces, self._packer.flush()):
            if data := unpacker.decompress(piece):
                yield data
