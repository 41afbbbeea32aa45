"""Read the facts of a resume from the cells of its page.

It depends on labels and headings, not on the layout: a page may be wide or narrow, a table may stand in
another one, any label may be missing. What the page does not say stays empty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from agent_core.facts import labels
from agent_core.facts.dates import read_date
from agent_core.facts.papers import PairedDocuments, clip, paper
from agent_core.facts.tables import Heading, PairsRow, Record, rows_of
from agent_core.facts.words import heal
from agent_core.ports import Cells
from protocol.facts import Certificate, Document, FactsSource, ResumeFacts, SeaService

MOST_CELLS = 20_000
"""No resume has more; a page that means harm could keep the download busy for hours."""

MAX_PAPERS = 200
MAX_SEA_SERVICE = 400
_EMAIL = re.compile(r"[^\s,;<>@]{1,64}@[^\s,;<>]{1,255}")
_HEALED = ("present_rank", "rank_applied_for", "nationality", "country")


def read_page(cells: Cells) -> ResumeFacts:
    """Return what the page's tables say.

    Args:
        cells: tables → rows → the text of each cell.
    """
    reader = Reader[None]()
    for table in _first(cells, MOST_CELLS):
        for row in rows_of(table):
            reader.take(row, None)
    return reader.facts(FactsSource.PAGE)


def _first(cells: Cells, most: int) -> Iterator[Sequence[Sequence[str]]]:
    """Yield the tables with so many cells at most; a row without cells counts as one."""
    for table in cells:
        rows = []
        for row in table:
            if most <= 0:
                break
            rows.append(row[:most])
            most -= max(1, len(row))
        yield rows


Origin = TypeVar("Origin")
"""Whatever tells the caller where a row came from."""


class Reader(Generic[Origin]):
    """Collects facts row by row; of two answers about the person the first counts."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._person: dict[str, str] = {}
        self._paired = PairedDocuments()
        self._documents: list[Document] = []
        self._certificates: list[Certificate] = []
        self._sea_service: list[SeaService] = []
        self._origins: dict[tuple[str, int], Origin] = {}

    def take(self, row: Record | PairsRow, origin: Origin) -> None:
        """Read one row."""
        before = self._counts()
        self._take(row)
        for kind, count in self._counts().items():
            self._origins |= {(kind, place): origin for place in range(before.get(kind, 0), count)}

    def origins(self) -> Iterator[tuple[str, Origin]]:
        """Tell from where each fact was read: its path in `ResumeFacts` with the row's origin."""
        for (kind, place), origin in self._origins.items():
            if kind == "paired":
                yield f"documents.{len(self._documents) + place}", origin
            elif kind in ("documents", "certificates", "sea_service"):
                yield f"{kind}.{place}", origin
            elif kind != "place":
                yield kind, origin
            elif "country" not in self._person:
                yield "country", origin

    def _counts(self) -> Mapping[str, int]:
        return {
            **dict.fromkeys(self._person, 1),
            "paired": len(self._paired.found),
            "documents": len(self._documents),
            "certificates": len(self._certificates),
            "sea_service": len(self._sea_service),
        }

    def _take(self, row: Record | PairsRow) -> None:
        if isinstance(row, PairsRow):
            self._take_pairs(row.cells)
        elif row.heading is Heading.PERSON:
            for fact, value in row.values.items():
                self._say(fact, value)
        elif row.heading is Heading.SEA_SERVICE:
            self._take_service(row)
        else:
            self._take_paper(row)

    def facts(self, source: FactsSource) -> ResumeFacts:
        """Return everything that was read."""
        person = dict(self._person)
        place = person.pop("place", "")
        born = person.pop("date_of_birth", "")
        if not person.get("country") and "," in place:
            person["country"] = place.rsplit(",", 1)[1].strip()
        return ResumeFacts(
            source=source,
            **{fact: clip(_value(fact, value)) for fact, value in person.items()},
            date_of_birth=read_date(born),
            documents=tuple((self._documents + self._paired.found)[:MAX_PAPERS]),
            certificates=tuple(self._certificates[:MAX_PAPERS]),
            sea_service=tuple(self._sea_service[:MAX_SEA_SERVICE]),
        )

    def _say(self, fact: str, value: str) -> None:
        value = value.strip(" :")
        if value and value not in ("-", "--", "N/A"):
            self._person.setdefault(fact, value)

    def _take_pairs(self, row: Sequence[str]) -> None:
        if self._paired.take_row(row):
            return
        for label, value in _pairs(row):
            fact = labels.person_label(label)
            if fact is not None:
                self._say(fact, value)
            else:
                self._paired.take(label, value)

    def _take_paper(self, row: Record) -> None:
        read = paper(row)
        if isinstance(read, Document):
            self._documents.append(read)
        elif read is not None:
            self._certificates.append(read)

    def _take_service(self, row: Record) -> None:
        values: dict[str, Any] = {fact: clip(heal(value)) for fact, value in row.values.items()}
        if not any(values.get(fact) for fact in ("vessel", "company", "signed_on", "vessel_type")):
            return
        for fact in ("signed_on", "signed_off"):
            values[fact] = read_date(values.get(fact, ""))
        self._sea_service.append(SeaService(**{"vessel": "", **values}))


def _pairs(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Walk a row of ``label, value, label, value``, of ``label: value`` cells, or of both."""
    cells = [cell for cell in row if cell != ":"]
    place = 0
    while place < len(cells):
        label, colon, value = cells[place].partition(":")
        if colon and value.strip() and labels.is_label(label):
            yield label, value.strip()
        elif labels.is_label(cells[place]) and place + 1 < len(cells):
            yield cells[place], cells[place + 1]
            place += 1
        place += 1


def _value(fact: str, value: str) -> str:
    if fact == "email":
        match = _EMAIL.search(value) or _EMAIL.search(value.replace(" ", ""))
        return match[0] if match else value
    return heal(value) if fact in _HEALED else value
