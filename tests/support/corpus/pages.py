"""Resumes of invented seafarers as web pages of many looks, which a browser prints.

Two layouts: wide (a voyage on one line) and narrow (cells wrap, a date breaks after its hyphen,
a row's number
stands at the middle of the row). The seed decides the rest: fonts, sizes, paper, margins, rules,
headings that
repeat or do not, rows that may break over pages, words, and marks that belong to no fact.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from tests.support.corpus.people import Person

FONTS = ("DejaVu Sans", "DejaVu Sans Condensed", "DejaVu Serif", "DejaVu Serif Condensed", "Arial", "serif")
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0), "Legal": (8.5, 14.0)}
RULES = ("grid", "grid", "grid", "separate", "lines", "none", "zebra")
DATES = ("%d-%b-%Y", "%d-%b-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y")
JUNK = (
    "سيرة ذاتية بحرية",
    "Download on 12-Oct-2026 10:11:12",
    "Private and confidential",
    "קורות חיים",
    "* * *",
)
LABELS = {
    "name": ("Name", "Full Name", "Name of Candidate"),
    "present_rank": ("Present Rank", "Current Rank"),
    "rank_applied_for": ("Rank Applied For", "Applied For"),
    "date_of_birth": ("Date of Birth", "DOB"),
    "nationality": ("Nationality",),
    "email": ("Email Address", "E-mail", "Email Id"),
    "mobile_no": ("Mobile No", "Mobile Number", "Contact No"),
    "residence": ("City, State, Country", "City/State/Country"),
    "availability": ("Availability", "Available From"),
}
VOYAGE = (
    ("vessel", ("Vessel Name", "Vessel", "Name of Vessel")),
    ("vessel_type", ("Type", "Vessel Type", "Ship Type")),
    ("flag", ("Flag",)),
    ("tonnage", ("GRT/DWT", "DWT", "GRT")),
    ("engine", ("Engine", "Engine Type", "Main Engine")),
    ("power", ("kW/BHP", "BHP", "KW")),
    ("rank", ("Rank", "Position")),
    ("company", ("Company", "Company Name")),
    ("signed_on", ("From", "Sign On", "Sign On Date")),
    ("signed_off", ("To", "Sign Off", "Sign Off Date")),
)


@dataclass(frozen=True)
class Printed:
    """A page and how it goes onto paper; sizes are in inches."""

    html: str
    width: float
    height: float
    margin: float
    layout: str


@dataclass(frozen=True)
class Look:
    """What a resume looks like."""

    dice: random.Random
    wide: bool
    rules: str
    dates: str

    def day(self, value: date | None) -> str:
        """Write a date; in a narrow cell it may break after a hyphen."""
        if value is None:
            return self.dice.choice(("", "Unlimited", "-"))
        text = value.strftime(self.dates)
        return text if self.wide or "-" not in text else text.replace("-", "-<wbr>")

    def words(self, names: Sequence[str]) -> str:
        """Choose how something is called."""
        return self.dice.choice(names)


def page(person: Person) -> Printed:
    """Lay a person's resume out as the seed says."""
    dice = random.Random(f"look {person.seed}")
    look = Look(dice, dice.random() < 0.5, dice.choice(RULES), dice.choice(DATES))
    width, height = PAPERS[dice.choice(tuple(PAPERS))]
    if look.wide and dice.random() < 0.7:
        width, height = height, width
    margin = dice.choice((0.25, 0.4, 0.4, 0.6, 0.8 if look.wide else 0.4))
    blocks = [_person_block(look, person)]
    papers = [_documents(look, person), _certificates(look, person)]
    if dice.random() < 0.15:
        papers.reverse()
    blocks += [*papers, _voyages(look, person)]
    body = _junk(look) + "\n".join(blocks) + _junk(look)
    head = f"<head><meta charset='utf-8'><style>{_style(look)}</style></head>"
    html = f"<!DOCTYPE html><html>{head}<body>{body}</body></html>"
    return Printed(html, width, height, margin, "wide" if look.wide else "narrow")


def _style(look: Look) -> str:
    dice = look.dice
    size = dice.choice((10, 11, 12))
    small = dice.choice((7, 8)) if look.wide else dice.choice((7, 8, 9))
    padding = dice.choice(("1px 3px", "2px 3px", "3px 5px", "4px"))
    rules = {
        "grid": "table{border-collapse:collapse} td,th{border:1px solid #777}",
        "separate": "table{border-collapse:separate;border-spacing:2px} table,td,th{border:1px solid #999}",
        "lines": "table{border-collapse:collapse} tr{border-bottom:1px solid #aaa}",
        "none": "table{border-collapse:collapse}",
        "zebra": "table{border-collapse:collapse} tr:nth-child(even){background:#eef}",
    }[look.rules]
    if look.rules in ("none", "zebra", "lines"):
        padding = "3px 6px" if look.wide else "4px 5px"
    heading = dice.choice(
        ("th{background:#dde6ee;text-align:left}", "th{text-align:center}", "th{text-align:left}")
    )
    repeat = "" if dice.random() < 0.5 else "thead{display:table-row-group}"
    keep = "tr{break-inside:avoid}" if dice.random() < 0.3 else ""
    sea = f".sea td,.sea th{{font-size:{small}px}}"
    if look.wide:
        sea += ".sea td{white-space:nowrap}"
    else:
        align = dice.choice(("top", "top", "middle"))
        sea += f".sea{{table-layout:fixed}} .sea td,.sea th{{vertical-align:{align};overflow-wrap:anywhere}}"
        sea += ".sea td.no{vertical-align:middle;text-align:center} .sea col.no{width:24px}"
    return (
        f"body{{font-family:'{dice.choice(FONTS)}',sans-serif;font-size:{size}px;margin:0}}"
        f"table{{width:100%;margin-bottom:12px}} td,th{{padding:{padding}}} h4{{margin:8px 0 3px}}"
        f"{rules}{heading}{repeat}{keep}{sea}"
    )


def _junk(look: Look) -> str:
    marks = look.dice.sample(JUNK, look.dice.choice((0, 0, 1, 2)))
    return "".join(f"<p>{escape(mark)}</p>" for mark in marks)


def _person_block(look: Look, person: Person) -> str:
    truth = person.truth
    said = {
        "name": truth.name, "present_rank": truth.present_rank, "rank_applied_for": truth.rank_applied_for,
        "date_of_birth": look.day(truth.date_of_birth) if truth.date_of_birth else "",
        "nationality": truth.nationality, "email": truth.email, "mobile_no": truth.mobile_no,
        "residence": person.residence, "availability": truth.availability,
    }  # fmt: skip
    colon = look.dice.choice(("", "", ":", " :"))
    hidden = look.dice.random() < 0.5
    pairs = [
        (
            look.words(LABELS[fact]) + colon,
            value if fact == "date_of_birth" else _split_words(look, escape(value)),
        )
        for fact, value in said.items()
        if value or not hidden
    ]
    width = 4 if look.dice.random() < 0.5 else 2
    cells = [f"<th>{escape(label)}</th><td>{value}</td>" for label, value in pairs]
    step = width // 2
    rows = ["".join(cells[place : place + step]) for place in range(0, len(cells), step)]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _split_words(look: Look, text: str) -> str:
    return text.replace("Officer", "Of ficer") if look.dice.random() < 0.05 else text


def _documents(look: Look, person: Person) -> str:
    heads = ("Document", "Number", "Place of Issue", "Date of Issue", "Date of Expiry")
    rows = [
        (
            escape(paper.kind),
            escape(paper.number),
            escape(paper.place),
            look.day(paper.issued_on),
            look.day(paper.expires_on),
        )
        for paper in person.truth.documents
    ]
    return _table(look, "Travel documents", heads, rows)


def _certificates(look: Look, person: Person) -> str:
    heads = (
        look.words(("Course", "Certificate")),
        look.words(("Number", "Certificate No")),
        "Issuing Authority",
        "Issue Date",
        "Expiry Date",
    )
    rows = [
        (
            escape(paper.name),
            escape(paper.number),
            escape(paper.authority),
            look.day(paper.issued_on),
            look.day(paper.expires_on),
        )
        for paper in person.truth.certificates
    ]
    return _table(look, "Certificates and courses", heads, rows)


def _voyages(look: Look, person: Person) -> str:
    numbered = look.dice.random() < 0.6
    heads = [look.words(names) for _, names in VOYAGE]
    rows = [[_cell(look, getattr(voyage, fact)) for fact, _ in VOYAGE] for voyage in person.truth.sea_service]
    if numbered:
        heads = [look.words(("No", "Sr. No", "#")), *heads]
        rows = [[str(number), *row] for number, row in enumerate(rows, start=1)]
    return _table(look, "Sea service", heads, rows, numbered=numbered, kind="sea")


def _cell(look: Look, value: str | date | None) -> str:
    return escape(value) if isinstance(value, str) else look.day(value)


def _table(
    look: Look,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbered: bool = False,
    kind: str = "",
) -> str:
    rows = list(rows)
    if not rows:
        return ""
    inside = look.dice.random() < 0.3
    above = "" if inside else f"<h4>{title}</h4>"
    caption = f"<tr><th colspan='{len(heads)}'>{title}</th></tr>" if inside else ""
    columns = "<colgroup><col class='no'></colgroup>" if numbered and not look.wide else ""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    lines = "".join(
        "<tr>"
        + "".join(
            f"<td{' class=no' if numbered and not place else ''}>{value}</td>"
            for place, value in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    body = f"<thead>{caption}<tr>{head}</tr></thead><tbody>{lines}</tbody>"
    return f"{above}<table class='{kind}'>{columns}{body}</table>"
