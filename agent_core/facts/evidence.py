"""Find where in the printed PDF each fact stands that was read from the page.

The PDF is that page, so its text holds the facts in the page's order, cell after cell; only lines and words
may be broken. They are looked for by their letters and digits: a fact of the person behind its label, a paper
or a voyage as the values that stand closest to what names it. What is not found has no evidence.
"""

import re
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice

from agent_core.errors import ResumeError
from agent_core.facts import labels
from agent_core.facts.dates import written_dates
from agent_core.facts.pdf_file import PageText, opened
from agent_core.facts.sheets import Box, around
from agent_core.facts.words import squeezed
from protocol.facts import Certificate, Document, Evidence, ResumeFacts, SeaService

MOST_EVIDENCE = 2500
FARTHEST = 100_000
"""Points."""
MOST_PLACES = 50
"""Of one name or label that are tried: a resume that says it more often is none."""
SECONDS = 1.0
BEHIND_LABEL = 160
"""Letters and digits between a label and its value, at most: labels may stand in a row above the values."""
ROOM = 120
"""Letters and digits that a row may hold beside the facts that were read from it."""
LEAST_ALONE = 4
"""A shorter value is only looked for behind its label."""

_LINE = re.compile("[^\r\n\ufffe]+")
_SIGNS = "+("
"""What may stand before the first letter or digit of a value and belongs to it."""
_BETWEEN = re.compile(r"[^\w]+")
_LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")
_NAMING = {
    "documents": ("number", "kind"),
    "certificates": ("name", "number"),
    "sea_service": ("vessel", "company"),
}
_DATED = ("issued_on", "expires_on", "signed_on", "signed_off")

Span = tuple[int, int]
"""From which letter to which other one, both included, of all pages."""
Row = Document | Certificate | SeaService


def locate(facts: ResumeFacts, pdf: bytes) -> ResumeFacts:
    """Return the facts with the places where they stand in the PDF.

    Args:
        facts: that were read from the page.
        pdf: that page as it was printed. One that cannot be read gives no evidence; the facts stay.
    """
    try:
        with opened(pdf) as file:
            letters = _Letters(file.texts())
            found = list(chain(_person(facts, letters), _rows(facts, letters)))
    except ResumeError:
        return facts
    return facts.model_copy(update={"evidence": tuple(found[:MOST_EVIDENCE])})


def evidence_at(path: str, page: int, box: Box) -> Iterator[Evidence]:
    """Write a place down, to a tenth of a point; nothing when it is on no page that there can be."""
    if all(abs(side) < FARTHEST for side in box):
        left, bottom, right, top = (round(side, 1) for side in box)
        yield Evidence(path=path, page=page, box=(left, bottom, right, top))


class _Letters:
    """The letters and digits of all pages, in the order in which they are drawn."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self._pages = pages
        self._places: list[list[int]] = []
        self._starts: list[int] = []
        folded: list[str] = []
        count = 0
        for page in pages:
            places, text = _folded(page.text)
            folded.append(text)
            self._places.append(places)
            self._starts.append(count)
            count += len(places)
        self.text = "".join(folded)

    def find(self, value: str, begin: int, end: int) -> Iterator[Span]:
        """Find a value that is no part of a longer word."""
        place = self.text.find(value, begin, end) if value else -1
        while place >= 0:
            span = (place, place + len(value) - 1)
            if self._is_whole(span):
                yield span
            place = self.text.find(value, place + 1, end)

    def is_date(self, span: Span) -> bool:
        """Tell whether what stands there is one date: the end of one and the begin of the next are none."""
        (page, first), (last_page, last) = self._at(span[0]), self._at(span[1])
        written = self._pages[page].text[first : last + 1] if page == last_page else ""
        breaks = {_LINE_BREAK.sub("", gap).replace("\ufffe", "-") for gap in _BETWEEN.findall(written)}
        return len(breaks - {", ", " "}) <= (0 if " " in breaks else 1)

    def evidence(self, path: str, spans: Sequence[Span]) -> Iterator[Evidence]:
        """Write down where these stand: one place a page."""
        boxes: dict[int, list[Box]] = {}
        for number, box in chain.from_iterable(map(self._boxes, spans)):
            boxes.setdefault(number, []).append(box)
        for number, parts in sorted(boxes.items()):
            yield from evidence_at(path, number, around(parts))

    def _boxes(self, span: Span) -> Iterator[tuple[int, Box]]:
        (first_page, first), (last_page, last) = self._at(span[0]), self._at(span[1])
        for number in range(first_page, last_page + 1):
            page, places = self._pages[number], self._places[number]
            begin = first if number == first_page else places[0]
            end = last if number == last_page else places[-1]
            while number == first_page and begin > 0 and page.text[begin - 1] in _SIGNS:
                begin -= 1
            for line in _LINE.finditer(page.text[begin : end + 1]):
                yield page.number, page.box(begin + line.start(), begin + line.end() - 1)

    def _at(self, letter: int) -> tuple[int, int]:
        page = bisect_right(self._starts, letter) - 1
        return page, self._places[page][letter - self._starts[page]]

    def _is_whole(self, span: Span) -> bool:
        (first_page, first), (last_page, last) = self._at(span[0]), self._at(span[1])
        before = self._pages[first_page].text[first - 1 : first] if first else ""
        after = self._pages[last_page].text[last + 1 : last + 2]
        return not before.isalnum() and not after.isalnum()


def _folded(text: str) -> tuple[list[int], str]:
    """Return what `squeezed` makes of a text, and the place of each letter that it keeps."""
    whole = text.casefold()
    if len(whole) == len(text):
        places = [place for place, char in enumerate(whole) if char.isalnum()]
        return places, "".join(whole[place] for place in places)
    kept = [(place, char) for place, one in enumerate(text) for char in one.casefold() if char.isalnum()]
    return [place for place, _ in kept], "".join(char for _, char in kept)


def _person(facts: ResumeFacts, letters: _Letters) -> Iterator[Evidence]:
    for fact, names in labels.PERSON.items():
        value = getattr(facts, "country" if fact == "place" else fact, None)
        if not value or (fact == "country" and facts.country == ""):
            continue
        span = _behind_label(letters, _written(value), names)
        if span is not None:
            yield from letters.evidence("country" if fact == "place" else fact, [span])


def _behind_label(letters: _Letters, values: Sequence[str], names: Sequence[str]) -> Span | None:
    """Find one of these ways of writing a value behind one of its labels, else the first anywhere."""
    for name in names:
        for _, end in islice(letters.find(squeezed(name), 0, len(letters.text)), MOST_PLACES):
            for value in values:
                span = next(letters.find(value, end + 1, end + BEHIND_LABEL + len(value)), None)
                if span is not None:
                    return span
    long = (value for value in values if len(value) >= LEAST_ALONE)
    return next(chain.from_iterable(letters.find(value, 0, len(letters.text)) for value in long), None)


def _rows(facts: ResumeFacts, letters: _Letters) -> Iterator[Evidence]:
    until = time.monotonic() + SECONDS
    for kind, naming in _NAMING.items():
        begin = 0
        for number, row in enumerate(getattr(facts, kind)):
            if time.monotonic() > until:
                return
            spans = _row(letters, row, naming, begin)
            if not spans:
                continue
            yield from letters.evidence(f"{kind}.{number}", list(spans.values()))
            if "expires_on" in spans:
                yield from letters.evidence(f"{kind}.{number}.expires_on", [spans["expires_on"]])
            begin = max(end for _, end in spans.values()) + 1


def _row(letters: _Letters, row: Row, naming: Sequence[str], begin: int) -> dict[str, Span]:
    """Find a row's values around what names it, from where the row before ended; else from the top."""
    values = {fact: written for fact, value in row if (written := _written(value))}
    name = next((fact for fact in naming if fact in values), None)
    if name is None:
        return {}
    others = {fact: written for fact, written in values.items() if fact != name}
    length = sum(len(written[0]) for written in values.values()) + ROOM
    best: dict[str, Span] = {}
    for start in dict.fromkeys((begin, 0)):
        for span in islice(letters.find(values[name][0], start, len(letters.text)), MOST_PLACES):
            bounds = (max(start, span[0] - length), span[1] + length)
            found = {name: span} | _around(letters, others, span, bounds)
            if len(found) > len(best):
                best = found
            if len(best) == len(values):
                return best
        if len(best) > 1:
            return best
    return best


def _around(letters: _Letters, values: dict[str, list[str]], at: Span, bounds: Span) -> dict[str, Span]:
    """Find each value as close as it stands to the row's name, within these bounds."""
    found: dict[str, Span] = {}
    for fact, written in values.items():
        near = chain.from_iterable(letters.find(value, *bounds) for value in written)
        spans = [span for span in near if fact not in _DATED or letters.is_date(span)]
        if spans:
            found[fact] = min(spans, key=lambda span: max(at[0] - span[1], span[0] - at[1]))
    return found


def _written(value: object) -> list[str]:
    """Return the ways in which a value may be written, by letters and digits."""
    if isinstance(value, date):
        return written_dates(value)
    return [folded] if isinstance(value, str) and (folded := squeezed(value)) else []
