"""The tables of a resume page as rows with named columns, or as label/value pairs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from agent_core.facts import labels
from agent_core.facts.dates import read_date
from agent_core.facts.words import squeezed

LEAST_COLUMNS = 2
CELL_LIMIT = 4000
"""Characters of a cell that are looked at: no fact is longer, whatever a page holds."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of whatever is shown after them."""

_ROW_NUMBER = ("", "no", "number", "srno", "slno", "sno", "sr")


class Heading(StrEnum):
    """What the rows under a heading are about."""

    PERSON = "person"
    PAPERS = "papers"
    SEA_SERVICE = "sea_service"


@dataclass(frozen=True)
class Record:
    """One row under a heading: its cells by the meaning of their column.

    Attributes:
        title: the words of the row that stood alone above the heading, if any.
        kind_heading: the heading of the column that says what a paper is.
        number: which row of the table it is, from 0.
    """

    heading: Heading
    values: Mapping[str, str]
    title: str = ""
    kind_heading: str = ""
    number: int = field(default=0, compare=False)


@dataclass(frozen=True)
class PairsRow:
    """A row without a heading above it."""

    cells: Sequence[str]
    number: int = field(default=0, compare=False)


@dataclass
class _Above:
    """What stands above a row."""

    title: str = ""
    heading: Heading | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    kind_heading: str = ""


def rows_of(table: Sequence[Sequence[str]]) -> Iterator[Record | PairsRow]:
    """Read one table from the top; a heading holds until the next one or until a row that stands alone."""
    above = _Above()
    for number, raw in enumerate(table):
        row = [_read(cell) for cell in raw]
        filled = [cell for cell in row if cell]
        if not filled:
            continue
        heading = heading_of(row)
        if heading is not None:
            above = _Above(above.title, *heading)
        elif len(filled) == 1 and above.heading is not Heading.PERSON:
            above = _Above(title=filled[0])
            yield PairsRow(row, number)
        elif above.heading is not None:
            values = {name: row[place] for name, place in above.columns.items() if place < len(row)}
            yield Record(above.heading, values, above.title, above.kind_heading, number)
        else:
            yield PairsRow(row, number)


def _read(cell: str) -> str:
    return " ".join(_UNSEEN.sub("", cell[:CELL_LIMIT]).split())


def heading_of(row: Sequence[str]) -> tuple[Heading, Mapping[str, int], str] | None:
    """Return what a row of headings is about, each fact's column, and the heading of the kinds."""
    if len(row) < LEAST_COLUMNS or any(read_date(cell) for cell in row):
        return None
    headings = [squeezed(cell) for cell in row]
    sea = _columns(headings, labels.SEA_SERVICE)
    if "vessel" in sea and len(sea) > LEAST_COLUMNS and not _has_digits(row):
        return Heading.SEA_SERVICE, sea, ""
    return _papers_heading(row, headings) or _person_heading(row)


def _papers_heading(
    row: Sequence[str], headings: Sequence[str]
) -> tuple[Heading, Mapping[str, int], str] | None:
    about = {
        "number": labels.NUMBER,
        "place": labels.PLACE,
        "authority": labels.AUTHORITY,
        "issued_on": labels.ISSUED,
        "expires_on": labels.EXPIRES,
    }
    columns = dict(_columns(headings, about))
    if len(row) > LEAST_COLUMNS and headings[0] in _ROW_NUMBER:  # the rows' own numbers
        columns |= _columns(["", *headings[1:]], {"number": labels.NUMBER})
        if columns.get("number") == 0:
            del columns["number"]
    kind = _kind_column(row, headings, set(columns.values()))
    dated = "issued_on" in columns or "expires_on" in columns
    if kind is None or len(columns) < LEAST_COLUMNS or not dated:
        return None
    if _has_digits([cell for place, cell in enumerate(row) if place != kind]):
        return None
    return Heading.PAPERS, {**columns, "kind": kind, **_grade(headings, kind)}, row[kind]


def _kind_column(row: Sequence[str], headings: Sequence[str], taken: set[int]) -> int | None:
    """Return the column that says what a paper is; "Passport No" as a heading says it for all rows."""
    for names in (labels.DOCUMENT_KIND, labels.CERTIFICATE_NAME):
        place = labels.column(headings, names)
        if place is not None and place not in taken:
            return place
    for place, cell in enumerate(row):
        if labels.document_kind(cell) is not None:
            return place
    free = (place for place, name in enumerate(headings) if place not in taken and name not in _ROW_NUMBER)
    return next(free, None)


def _grade(headings: Sequence[str], kind: int) -> Mapping[str, int]:
    place = labels.column(headings, ("grade", "level", "capacity"))
    return {} if place is None or place == kind else {"grade": place}


def _person_heading(row: Sequence[str]) -> tuple[Heading, Mapping[str, int], str] | None:
    facts = [labels.person_label(cell) for cell in row]
    if len(row) < LEAST_COLUMNS or not all(facts):
        return None
    return Heading.PERSON, {fact: place for place, fact in reversed(list(enumerate(facts))) if fact}, ""


def _columns(headings: Sequence[str], names: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
    found = {fact: labels.column(headings, wanted) for fact, wanted in names.items()}
    return {fact: place for fact, place in found.items() if place is not None}


def _has_digits(row: Sequence[str]) -> bool:
    return any(char.isdigit() for cell in row for char in cell)
