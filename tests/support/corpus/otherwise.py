"""Resumes of invented seafarers as PDFs that no browser printed: reportlab's tables."""

import io
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors, pagesizes
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.support.corpus.people import Person

FONT = "CorpusSans"
FONT_FILE = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
VOYAGE = (
    ("Vessel Name", "vessel", 30), ("Type", "vessel_type", 24), ("Flag", "flag", 17), ("GRT/DWT",
    "tonnage", 19),
    ("Engine", "engine", 20), ("kW/BHP", "power", 17), ("Rank", "rank", 18), ("Company", "company", 30),
    ("From", "signed_on", 17), ("To", "signed_off", 17),
)  # fmt: skip
STYLES: dict[str, list[tuple[object, ...]]] = {
    "grid": [("GRID", (0, 0), (-1, -1), 0.4, colors.grey)],
    "lines": [("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey)],
    "none": [("BOTTOMPADDING", (0, 0), (-1, -1), 5)],
}


def paper(person: Person) -> bytes:
    """Make a person's resume as the seed says."""
    dice = random.Random(f"paper {person.seed}")
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, FONT_FILE))
    rules = dice.choice(tuple(STYLES))
    size = pagesizes.A4 if dice.random() < 0.4 else pagesizes.landscape(pagesizes.A4)
    date_form = dice.choice(("%d-%b-%Y", "%d/%m/%Y"))
    maker = _Maker(
        rules, dice.choice((7.0, 8.0)), date_form, (size[0] - 30 * mm) / (209 * mm), dice.random() < 0.5
    )
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=size, leftMargin=15 * mm, rightMargin=15 * mm, title="Resume", invariant=1
    )
    document.build(maker.story(person))
    return file.getvalue()


class _Maker:
    """Makes the tables of one resume; ``scale`` makes them as wide as the paper."""

    def __init__(self, rules: str, size: float, date_form: str, scale: float, repeats: bool) -> None:
        self._rules, self._size, self._date_form, self._scale, self._repeats = (
            rules,
            size,
            date_form,
            scale,
            repeats,
        )

    def story(self, person: Person) -> list[Flowable]:
        truth = person.truth
        pairs = [
            ("Name", truth.name),
            ("Present Rank", truth.present_rank),
            ("Rank Applied For", truth.rank_applied_for),
            ("Date of Birth", truth.date_of_birth),
            ("Nationality", truth.nationality),
            ("Email Address", truth.email),
            ("Mobile No", truth.mobile_no),
            ("City, State, Country", person.residence),
            ("Availability", truth.availability),
        ]
        papers = [
            ("Document", "Number", "Place of Issue", "Date of Issue", "Date of Expiry"),
            *[(p.kind, p.number, p.place, p.issued_on, p.expires_on) for p in truth.documents],
        ]
        courses = [
            ("Certificate", "Number", "Issuing Authority", "Date of Issue", "Date of Expiry"),
            *[(c.name, c.number, c.authority, c.issued_on, c.expires_on) for c in truth.certificates],
        ]
        story = [self._paragraph("Curriculum Vitae", 14), Spacer(1, 8), self._table(pairs, (50, 120))]
        story += [Spacer(1, 8), self._table(papers, (50, 40, 39, 40, 40))]
        story += [Spacer(1, 8), self._table(courses, (70, 35, 50, 27, 27))]
        if truth.sea_service:
            voyages = [tuple(head for head, _, _ in VOYAGE)]
            voyages += [
                tuple(getattr(service, fact) for _, fact, _ in VOYAGE) for service in truth.sea_service
            ]
            story += [Spacer(1, 8), self._table(voyages, tuple(width for _, _, width in VOYAGE))]
        return story

    def _table(self, rows: Sequence[Sequence[object]], widths: Sequence[float]) -> Flowable:
        cells = [[self._paragraph(self._text(value), self._size) for value in row] for row in rows]
        sizes = [width * self._scale * mm for width in widths]
        style: list[tuple[object, ...]] = [*STYLES[self._rules], ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return Table(cells, sizes, style=style, repeatRows=1 if self._repeats else 0, hAlign="LEFT")

    def _text(self, value: object) -> str:
        if isinstance(value, date):
            return value.strftime(self._date_form)
        return "" if value is None else str(value)

    def _paragraph(self, text: str, size: float) -> Paragraph:
        style = ParagraphStyle("cell", fontName=FONT, fontSize=size, leading=size * 1.2)
        return Paragraph(escape(text), style)
