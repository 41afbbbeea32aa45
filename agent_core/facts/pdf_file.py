"""Opens a PDF with pypdfium2 and takes out its words and ruled lines. The only module that knows the library.

PDFium is not safe for threads: one lock is around all of it. What came otherwise may be anything, so what it
costs is bounded: bytes, pages, characters, lines and, between pages, seconds.
"""

import ctypes
import math
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from agent_core.errors import ResumeError
from agent_core.facts.sheets import Across, Box, Down, Sheet, Word, turned
from protocol.reasons import Reason

MAX_BYTES = 25 * 1024 * 1024
MAX_PAGES = 60
MAX_CHARACTERS = 200_000
MAX_SHAPES = 40_000
SECONDS = 10.0

_LOCK = threading.Lock()
_HYPHEN = "\ufffe"
"""PDFium's sign for a hyphen at the end of a line."""
_TOKEN = re.compile(rf"[^\s\x00-\x1f{_HYPHEN}]+|{_HYPHEN}")
_NO_TEXT = re.compile("[\ud800-\udfff]")
_TOUCHING = 0.1
"""Em; a real space is twice as wide."""
_KERNED = 0.3
_THIN = 2.6
"""Points; what is thicker is a box."""
_SHORTEST = 4.0
_SAME_LINE = 0.5
_BOX_SEGMENTS = 5
"""Of one box; a frame is drawn as a box in a box."""
_PASSWORD_ERRORS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


class PdfFile:
    """A PDF that is open; it belongs to the thread that opened it until it is closed."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        """Use a document."""
        self._document = document

    def __len__(self) -> int:
        """Return how many pages it has."""
        return len(self._document)

    def sheets(self) -> Iterator[Sheet]:
        """Read page after page.

        Raises:
            ResumeError: it is longer than a resume can be, or a page cannot be read.
        """
        until = time.monotonic() + SECONDS
        characters = 0
        for number in range(1, len(self) + 1):
            page = self._document[number - 1]
            try:
                text = page.get_textpage()
                characters += text.count_chars()
                if characters > MAX_CHARACTERS or time.monotonic() > until:
                    raise ResumeError(Reason.RESUME_TOO_LARGE, "the text")
                yield _sheet(number, page, text)
            finally:
                page.close()

    def texts(self) -> list["PageText"]:
        """Return the pages' texts, without looking where anything stands; they close with the file."""
        return [PageText(number, self._document[number - 1]) for number in range(1, len(self) + 1)]


class PageText:
    """The text of a page, and the place of any part of it.

    Attributes:
        text: its characters in the order in which the file draws them.
    """

    def __init__(self, number: int, page: pypdfium2.PdfPage) -> None:
        """Take the text."""
        self.number = number
        self._text = page.get_textpage()
        self.text = _characters(self._text)
        self._shown = _Shown(page)

    def box(self, first: int, last: int) -> Box:
        """Return where one character to another of the same line stand on the page as it is shown."""
        return _span(self._text, self._shown, first, last)


@contextmanager
def opened(pdf: bytes) -> Iterator[PdfFile]:
    """Open a PDF.

    Raises:
        ResumeError: it is too large, closed with a password, or damaged.
    """
    if len(pdf) > MAX_BYTES:
        raise ResumeError(Reason.RESUME_TOO_LARGE, "the file")
    with _LOCK:
        document = None
        try:
            document = pypdfium2.PdfDocument(pdf)
            if len(document) > MAX_PAGES:
                raise ResumeError(Reason.RESUME_TOO_LARGE, "the pages")
            yield PdfFile(document)
        except pypdfium2.PdfiumError as error:
            closed = getattr(error, "err_code", None) in _PASSWORD_ERRORS
            reason = Reason.RESUME_ENCRYPTED if closed else Reason.RESUME_UNREADABLE
            raise ResumeError(reason, "the document") from error
        finally:
            if document is not None:
                document.close()


class _Shown:
    """Turns places of a page's own coordinates into those of the page as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.turns = (page.get_rotation() // 90) % 4
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom = left, bottom
        self._width, self._height = right - left, top - bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        moved = Box(left - self._left, bottom - self._bottom, right - self._left, top - self._bottom)
        return turned(moved, self._width, self._height, self.turns) if self.turns else moved


def _characters(text: Any) -> str:
    """Return the page's characters, one for one."""
    count = text.count_chars()
    whole: str = text.get_text_range(0, count) if count else ""
    if len(whole) == count:
        return whole
    units = (pdfium.FPDFText_GetUnicode(text.raw, place) for place in range(count))
    return "".join(_NO_TEXT.sub("\ufffd", chr(unit)) if unit else " " for unit in units)


def _span(text: Any, shown: _Shown, first: int, last: int) -> Box:
    one = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text.raw, first, one)
    if last == first:
        return shown.box(one.left, one.bottom, one.right, one.top)
    end = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text.raw, last, end)
    left, bottom = min(one.left, end.left), min(one.bottom, end.bottom)
    return shown.box(left, bottom, max(one.right, end.right), max(one.top, end.top))


def _sheet(number: int, page: pypdfium2.PdfPage, text: Any) -> Sheet:
    shown = _Shown(page)
    width, height = page.get_size()
    words = list(_words(text, shown))
    across, down = _ruled(page, shown)
    turns = _turns_to_read(text, shown.turns)
    if not turns:
        return Sheet(number, width, height, words, across, down)
    size = (width, height) if turns % 2 == 0 else (height, width)
    lines = [turned(Box(line.left, line.y, line.right, line.y), width, height, turns) for line in across]
    lines += [turned(Box(line.x, line.bottom, line.x, line.top), width, height, turns) for line in down]
    return Sheet(
        number,
        *size,
        [Word(word.text, *turned(Box(*word[1:5]), width, height, turns), word.order) for word in words],
        [Across(line.bottom, line.left, line.right) for line in lines if line.top - line.bottom < _THIN],
        [Down(line.left, line.bottom, line.top) for line in lines if line.top - line.bottom >= _THIN],
        turns,
    )


def _words(text: Any, shown: _Shown) -> Iterator[Word]:
    """Find the words; what touches is one word, whatever a space between may say."""
    last: Word | None = None
    for token in _TOKEN.finditer(_characters(text)):
        box = _span(text, shown, token.start(), token.end() - 1)
        word = Word("-" if token[0] == _HYPHEN else token[0], *box, token.start())
        if last is not None and _touch(last, word):
            bottom, top = min(last.bottom, word.bottom), max(last.top, word.top)
            last = Word(last.text + word.text, last.left, bottom, word.right, top, last.order)
            continue
        if last is not None:
            yield last
        last = word
    if last is not None:
        yield last


def _touch(left: Word, right: Word) -> bool:
    em = left.top - left.bottom
    return (
        abs(left.bottom - right.bottom) < _SAME_LINE * em / 2
        and -_KERNED * em < right.left - left.right < _TOUCHING * em
    )


def _turns_to_read(text: Any, page_turns: int) -> int:
    """Return how far the page must be turned for most of its text to run to the right."""
    count = text.count_chars()
    votes = [0, 0, 0, 0]
    for place in range(0, count, max(1, count // 60)):
        angle = pdfium.FPDFText_GetCharAngle(text.raw, place)
        if angle >= 0:
            votes[(round(angle / (math.pi / 2)) + page_turns) % 4] += 1
    best = votes.index(max(votes))
    return -best % 4 if votes[best] > votes[0] else 0


def _ruled(page: pypdfium2.PdfPage, shown: _Shown) -> tuple[list[Across], list[Down]]:
    """Find the straight lines and the boxes that are drawn on the page."""
    across: list[Across] = []
    down: list[Down] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for place in range(min(pdfium.FPDFPage_CountObjects(page.raw), MAX_SHAPES)):
        shape = pdfium.FPDFPage_GetObject(page.raw, place)
        if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
        box = shown.box(left.value, bottom.value, right.value, top.value)
        is_low, is_slim = box.top - box.bottom < _THIN, box.right - box.left < _THIN
        if is_low and not is_slim and box.right - box.left > _SHORTEST:
            across.append(Across((box.top + box.bottom) / 2, box.left, box.right))
        elif is_slim and not is_low and box.top - box.bottom > _SHORTEST:
            down.append(Down((box.left + box.right) / 2, box.bottom, box.top))
        elif not is_low and not is_slim and _has_edges(shape):
            across += [Across(box.bottom, box.left, box.right), Across(box.top, box.left, box.right)]
            down += [Down(box.left, box.bottom, box.top), Down(box.right, box.bottom, box.top)]
    return across, down


def _has_edges(shape: Any) -> bool:
    """Tell whether a box is drawn by its edges; one that is only filled lies behind something."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)
    return bool(stroke.value) or pdfium.FPDFPath_CountSegments(shape) > _BOX_SEGMENTS
