"""Dates as resumes write them. What cannot be read for sure is ``None``."""

import re
from datetime import date

YEAR_DIGITS = 4

_NAMES = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may", "may"),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names} | {"sept": 9}
_GAP = r"[\s./,\-\u2010-\u2013]*"
_BREAK = r"\s*[./\-\u2010-\u2013]\s*"
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?{_GAP}([a-z]{{3,9}}){_GAP}(\d{{4}}|\d{{2}})", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"([a-z]{{3,9}}){_GAP}(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_BREAK}(\d{{1,2}}){_BREAK}(\d{{4}})")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_BREAK}(\d{{1,2}}){_BREAK}(\d{{1,2}})(?:[T\s].*)?")


def read_date(text: str) -> date | None:
    r"""Read one date; numbers alone are day first, as the portal writes them.

    Example:
        >>> read_date("12-Nov-\n2026")
        datetime.date(2026, 11, 12)
    """
    text = " ".join(text.split())
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], int(match[2]), match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _date(match[3], int(match[2]), match[1])
    if match := _DAY_MONTH.fullmatch(text):
        return _date(match[3], _MONTHS.get(match[2].lower()), match[1])
    if match := _MONTH_DAY.fullmatch(text):
        return _date(match[3], _MONTHS.get(match[1].lower()), match[2])
    return None


def written_dates(value: date) -> list[str]:
    """Return the ways in which resumes write a date, by letters and digits; the portal's first.

    The names of the months are English, whatever language the computer speaks.

    Example:
        >>> written_dates(date(2026, 11, 2))[:3]
        ['02nov2026', '02112026', '20261102']
    """
    day, month, year = f"{value.day:02}", f"{value.month:02}", f"{value.year:04}"
    short, name = _NAMES[value.month - 1]
    return [
        f"{day}{short}{year}",
        f"{day}{month}{year}",
        f"{year}{month}{day}",
        f"{day}{name}{year}",
        f"{short}{day}{year}",
        f"{name}{day}{year}",
    ]


def _date(year: str, month: int | None, day: str) -> date | None:
    if month is None or len(year) < YEAR_DIGITS:  # a year of two digits could be a birth or an expiry
        return None
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
