"""Read the facts of a resume from its PDF alone, by where its words stand.

For PDFs that came otherwise than from the portal's open page: there the page's own cells are exact. What
`rebuild` makes of the places is read by the same rules as a page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent_core.errors import ResumeError
from agent_core.facts.dates import read_date
from agent_core.facts.evidence import MOST_EVIDENCE, evidence_at
from agent_core.facts.pdf_file import opened
from agent_core.facts.read_page import Reader
from agent_core.facts.rebuild import PlacedRow, rebuild
from agent_core.facts.tables import rows_of
from agent_core.facts.words import squeezed
from protocol.facts import Evidence, FactsSource, ResumeFacts, ResumeText
from protocol.reasons import Reason

LEAST_LETTERS = 20
"""A PDF with fewer letters and digits is a picture of a resume."""

MOST_TEXT = 200_000


@dataclass(frozen=True)
class PdfReading:
    """What a PDF says.

    Attributes:
        facts: with the place of each.
        text: line by line, with tabs between cells.
    """

    facts: ResumeFacts
    text: ResumeText


def read_pdf(pdf: bytes) -> PdfReading:
    """Read a resume's PDF.

    Raises:
        ResumeError: it is damaged, closed with a password, too large, or holds no text.
    """
    with opened(pdf) as file:
        sheets = list(file.sheets())
    if sum(len(squeezed(word.text)) for sheet in sheets for word in sheet.words) < LEAST_LETTERS:
        raise ResumeError(Reason.RESUME_NO_TEXT)
    reader = Reader[PlacedRow]()
    tables = list(rebuild(sheets))
    for table in tables:
        for row in rows_of([placed.cells for placed in table]):
            reader.take(row, table[row.number])
    facts = reader.facts(FactsSource.PDF)
    evidence = tuple(_evidence(facts, reader.origins()))[:MOST_EVIDENCE]
    text = "\n".join("\t".join(row.cells) for table in tables for row in table)
    return PdfReading(facts.model_copy(update={"evidence": evidence}), ResumeText(text=text[:MOST_TEXT]))


def _evidence(facts: ResumeFacts, origins: Iterable[tuple[str, PlacedRow]]) -> Iterator[Evidence]:
    for path, row in origins:
        kind, _, place = path.partition(".")
        if not place:
            yield from _places(path, row, _cell_of(row, str(getattr(facts, kind) or "")))
        elif int(place) < len(getattr(facts, kind)):
            yield from _places(path, row, None)
            expires = getattr(getattr(facts, kind)[int(place)], "expires_on", None)
            cell = next((number for number, text in enumerate(row.cells) if read_date(text) == expires), None)
            if expires is not None and cell is not None:
                yield from _places(f"{path}.expires_on", row, cell)


def _cell_of(row: PlacedRow, value: str) -> int | None:
    """Return the cell that says this; the whole row when none does."""
    wanted = squeezed(value)
    for number, text in enumerate(row.cells):
        day = read_date(text.partition(":")[2] or text)
        if (wanted and wanted in squeezed(text)) or (day is not None and day.isoformat() == value):
            return number
    return None


def _places(path: str, row: PlacedRow, cell: int | None) -> Iterator[Evidence]:
    for place in row.places(cell):
        yield from evidence_at(path, place.page, place.box)
