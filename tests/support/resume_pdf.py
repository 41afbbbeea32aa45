"""Small PDFs of invented resumes, drawn word by word."""

import io
from collections.abc import Callable, Sequence
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from agent_core.facts.sheets import Sheet, Word

FONT_SIZE = 9.0
LETTER = 0.3
"""Em."""
FACTS_OF_PERSON = (
    ("Name", "Kari Testmann"),
    ("Present Rank", "2nd Officer"),
    ("Date of Birth", "12-Nov-1980"),
    ("Mobile No", "+47 0098 7"),
    ("Nationality", "Norwegian"),
)
VOYAGES = (
    ("Vessel", "Type", "Rank", "Company", "From", "To"),
    ("MV Alpha", "Bulk Carrier", "Master", "Co One", "12-Nov-2020", "01-Jan-2021"),
    ("MT Beta", "Oil Tanker", "Master", "Co Two", "12-Nov-2019", "01-Jan-2020"),
)
PAPERS = (
    ("Document", "Number", "Place of Issue", "Date of Issue", "Date of Expiry"),
    ("Passport", "N0012345", "Oslo", "01-Feb-2020", "01-Feb-2030"),
    ("US Visa", "00998877", "Oslo", "01-Feb-2021", "01-Feb-2031"),
    ("Schengen Visa", "00998878", "Oslo", "01-Feb-2022", "01-Feb-2032"),
)
EXPIRES = date(2030, 2, 1)


def pdf(draw: Callable[[Canvas], None], *, password: str | None = None) -> bytes:
    """Make a PDF with what is drawn on its canvas."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(600, 800), invariant=1, encrypt=password)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def resume(*, page_rotation: int = 0) -> bytes:
    """Make the resume of one person, with two ships and three documents."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(page_rotation)
        write_table(canvas, FACTS_OF_PERSON, top=760, step=150)
        write_table(canvas, PAPERS, top=600, step=110)
        write_table(canvas, VOYAGES, top=400, step=90)

    return pdf(draw)


def write_table(canvas: Canvas, rows: Sequence[Sequence[str]], *, top: float, step: float) -> None:
    """Write rows below each other, cell after cell."""
    canvas.setFont("Helvetica", FONT_SIZE)
    for line, row in enumerate(rows):
        for column, text in enumerate(row):
            canvas.drawString(30 + column * step, top - 18 * line, text)


def words_of(
    rows: Sequence[str], *, left: float = 20, top: float = 700, size: float = 10, height: float = 20
) -> list[Word]:
    """Set rows of text in letters and spaces of one width, as a typewriter does."""
    found: list[Word] = []
    for line, row in enumerate(rows):
        place = 0
        for text in row.split(" "):
            if text:
                begin, y = left + place * LETTER * size, top - line * height
                end = begin + len(text) * LETTER * size
                found.append(Word(text, begin, y - 1.17 * size, end, y, len(found)))
            place += len(text) + 1
    return found


def sheet_of(rows: Sequence[str], *, number: int = 1, top: float = 700, height: float = 20) -> Sheet:
    """Make a page of such rows."""
    return Sheet(number, 600, 800, words_of(rows, top=top, height=height))
