"""Resumes as other people lay them out, kept apart while the reader was made: what it was not made for.

Facts stand on lines of text or in a table inside a table, columns stand in another order, headings take two
lines, and tables are boxes that are no table elements.
"""

import random
from collections.abc import Sequence
from datetime import date
from html import escape

from tests.support.corpus.pages import Printed
from tests.support.corpus.people import Person

CELL = "display:table-cell;padding:3px 6px;"
COLUMNS = (
    "signed_on",
    "signed_off",
    "vessel",
    "vessel_type",
    "rank",
    "company",
    "flag",
    "tonnage",
    "engine",
    "power",
)
HEADS = {
    "signed_on": "Signed<br>On", "signed_off": "Signed<br>Off", "vessel": "Ship<br>Name",
    "vessel_type": "Type of<br>Ship",
    "rank": "Rank<br>Served", "company": "Name of<br>Company", "flag": "Flag", "tonnage": "Gross<br>Tonnage",
    "engine": "Engine<br>Type", "power": "BHP",
}  # fmt: skip


def page_by_hand(person: Person) -> Printed:
    """Lay a person's resume out in one of these ways."""
    dice = random.Random(f"hand {person.seed}")
    truth = person.truth
    day = "%d-%b-%Y" if dice.random() < 0.6 else "%d/%m/%Y"
    lines = [
        ("Candidate Name", truth.name), ("Current Rank", truth.present_rank), ("Post Applied For",
        truth.rank_applied_for),
        ("Birth Date", _day(truth.date_of_birth, day)), ("Nationality", truth.nationality),
        ("E-mail Address", truth.email),
        ("Phone No", truth.mobile_no), ("City/State/Country", person.residence), ("Date of Availability",
        truth.availability),
    ]  # fmt: skip
    lines = [(label, value) for label, value in lines if value]
    papers = [
        ("Travel Document", "Doc No", "Issued At", "Date Issued", "Valid Until"),
        *[
            (p.kind, p.number, p.place, _day(p.issued_on, day), _day(p.expires_on, day))
            for p in truth.documents
        ],
    ]
    courses = [
        ("Name of Course", "Issued By", "Cert No", "Issued On", "Expires On"),
        *[
            (c.name, c.authority, c.number, _day(c.issued_on, day), _day(c.expires_on, day))
            for c in truth.certificates
        ],
    ]
    voyages: list[tuple[str, ...]] = [tuple(HEADS[fact] for fact in COLUMNS)]
    for voyage in truth.sea_service:
        cells = (getattr(voyage, fact) for fact in COLUMNS)
        voyages.append(tuple(escape(cell) if isinstance(cell, str) else _day(cell, day) for cell in cells))
    with_rules = dice.random() < 0.6
    border = "border:1px solid black;" if with_rules else ""
    body = (
        _lines(dice, lines) + _block("Documents held", papers, border) + _block("Training", courses, border)
    )
    if len(voyages) > 1:
        body += _block("Service at sea", voyages, border + "font-size:7.5pt;", escaped=True)
    font = dice.choice(("DejaVu Serif", "DejaVu Sans Condensed", "DejaVu Sans"))
    html = f"<html><body style=\"font:9.5pt '{font}';margin:0\"><h2>RESUME</h2>{body}</body></html>"
    return Printed(
        html, *((11.69, 8.27) if dice.random() < 0.5 else (8.27, 11.69)), dice.choice((0.3, 0.5)), "by hand"
    )


def _day(value: date | None, form: str) -> str:
    return value.strftime(form) if value else ""


def _lines(dice: random.Random, lines: Sequence[tuple[str, str]]) -> str:
    if dice.random() < 0.5:
        return "".join(f"<div><b>{label}:</b> {escape(value)}</div>" for label, value in lines)
    rows = "".join(f"<tr><td>{label}</td><td>:</td><td>{escape(value)}</td></tr>" for label, value in lines)
    return f"<table><tr><td><table>{rows}</table></td><td style='width:35mm'></td></tr></table>"


def _block(title: str, rows: Sequence[Sequence[str]], border: str, *, escaped: bool = False) -> str:
    """Write a table of boxes that are no table elements."""
    text = "".join(
        "<div style='display:table-row'>"
        + "".join(f"<div style='{CELL}{border}'>{cell if escaped else escape(cell)}</div>" for cell in row)
        + "</div>"
        for row in rows
    )
    style = f"display:table;border-collapse:collapse;width:100%;{border}"
    return f"<h3>{title}</h3><div style='{style}'>{text}</div>"
