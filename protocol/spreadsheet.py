"""CSV that a spreadsheet shows as it is: nothing is run, no leading zero and no digit is lost (ADR 0019).

A cell that a spreadsheet would run, or would turn into another number or a date, gets an apostrophe in
front, the sign with which spreadsheets themselves mark text. A text that begins with one gets one too, so
taking one away always gives the text back. In much of Europe a spreadsheet parts cells at a semicolon in
place of the comma, and then knows no quotes in the middle of a line: what would begin a cell there is marked
in the same way.

Example:
    >>> cell("=1+1"), cell("0042"), cell("Master")
    ("'=1+1", "'0042", 'Master')
    >>> text_of("'0042")
    '0042'
    >>> cell("Oslo;=1+1")
    "Oslo;'=1+1"
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the computer's old code page."""

MARK = "'"

_RUNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""What a formula begins with; the last four are the wide forms, which some spreadsheets take alike."""

_PARTS = r"[;\t\r\n]"
"""What ends a cell or a line for a spreadsheet that does not part cells at the comma."""

_WITHIN = re.compile(rf"({_PARTS})(?='*(?:(?!{_PARTS})\s)*[{re.escape(''.join(sorted(_RUNS)))}])")
_MARKED_WITHIN = re.compile(_WITHIN.pattern.replace("(?='*", "'(?='*", 1))

_SAFE_NUMBER = re.compile(r"0|[1-9][0-9]{0,10}")
"""Numbers that come back as they were: no leading zero, not rounded, not shown as 1.2E+11."""

_MONEY = r"$\u00a3\u00a5\u20ac\u20b9"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_CHANGED = re.compile(
    rf"[\s.,:/()'{_MONEY}-]*\d[\d\s.,:/()'-]*(?:e[+-]?\d+)?[\s%{_MONEY}]*"
    rf"|[\d\s.,/-]*{_MONTH}[\d\s.,/:-]*\d[\d\s.,/:-]*|\d[\d\s.,/-]*{_MONTH}"
    r"|true|false",
    re.IGNORECASE,
)
"""What a spreadsheet turns into another number, a date or a truth value."""

_PLAIN = re.compile(
    r"(?:[0-9][0-9-]*(?![eE]))?(?!(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|true|false))"
    r"[A-Za-z][^;\t\r\n]*"
)
"""Most texts: a letter, perhaps after digits, that begins no month and no power of ten. They stay so."""

_LONGEST_DATE = 60
"""What is longer is no date; the pattern above is for short texts only, or it would take long."""


def cell(text: str) -> str:
    """Return what stands in the table for a text."""
    if not text or _PLAIN.fullmatch(text):
        return text
    shown = _WITHIN.sub(rf"\1{MARK}", text)
    return MARK + shown if _needs_mark(text) else shown


def text_of(shown: str) -> str:
    """Return the text that a cell stands for."""
    return _MARKED_WITHIN.sub(r"\1", shown.removeprefix(MARK))


def line(texts: Iterable[str]) -> bytes:
    """Return one row as RFC 4180 has it, in UTF-8, with its line end."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(map(cell, texts))
    return written.getvalue().encode()


def head(names: Iterable[str]) -> bytes:
    """Return the first row: the byte order mark and the names of the columns."""
    return BYTE_ORDER_MARK.encode() + line(names)


def _needs_mark(text: str) -> bool:
    if not text:
        return False
    if text[0] == MARK or _is_invisible(text[0]):
        return True
    if text[0] in _RUNS:
        return True
    if len(text) > _LONGEST_DATE:
        return not any(char.isalpha() for char in text)
    return _SAFE_NUMBER.fullmatch(text) is None and _CHANGED.fullmatch(text) is not None


def _is_invisible(char: str) -> bool:
    """Tell whether a spreadsheet may drop this at a cell's beginning, and run what comes after it."""
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
