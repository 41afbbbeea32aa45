"""Rebuilds a resume's tables from the places of its words: the cells that its page had, and where they stand.

Rows under a heading share their columns, over all the pages that the table runs through; a row that a page's
end breaks is whole again. Rows without a heading are labels and values. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from agent_core.facts import labels
from agent_core.facts.bands import Band, bands, lines
from agent_core.facts.cell_text import cell_text
from agent_core.facts.columns import Edges, edges, place, under
from agent_core.facts.dates import read_date
from agent_core.facts.sheets import Box, Sheet, Word, around
from agent_core.facts.tables import heading_of
from agent_core.facts.words import squeezed

FEW_PIECES = 2
"""A row with so few cells may be a line of text that stands below the table."""
SAME_PLACE = 1.5
"""Points."""
TOUCHES = 0.1
"""Em."""
SAME_SIZE = 0.06
"""Of an em."""


@dataclass(frozen=True)
class Place:
    """Where something stands: a page's number and a box on it as it is shown."""

    page: int
    box: Box


@dataclass(frozen=True)
class PlacedRow:
    """One row: the text of its cells, and the words they were made of."""

    cells: Sequence[str]
    parts: Sequence[tuple[Sheet, Sequence[Sequence[Word]]]]

    def places(self, cell: int | None = None) -> Iterator[Place]:
        """Tell where the row, or one of its cells, stands: one place a page."""
        for sheet, cells in self.parts:
            words = [word for one in (cells if cell is None else cells[cell : cell + 1]) for word in one]
            if words:
                yield Place(sheet.number, sheet.shown(around(words)))


@dataclass
class _Block:
    """Rows that belong together."""

    heading: Band | None = None
    rows: list[Band] = field(default_factory=list)


def rebuild(sheets: Iterable[Sheet]) -> Iterator[list[PlacedRow]]:
    """Yield one table after the other, headings first."""
    for block in _blocks(sheets):
        if block.heading is None:
            yield list(_pairs(block.rows))
        else:
            rows, used = _under(block.heading, block.rows)
            yield list(_table(block.heading, rows))
            yield list(_pairs(block.rows[used:]))


def _blocks(sheets: Iterable[Sheet]) -> Iterator[_Block]:
    block = _Block()
    for sheet in sheets:
        for band in _with_headings_apart(bands(sheet)):
            if not _is_heading(band):
                block.rows.append(band)
            elif block.heading is None or _said(band) != _said(block.heading):
                yield block
                block = _Block(band)
            else:
                _drop_title(block.rows, sheet)
    yield block


def _drop_title(rows: list[Band], sheet: Sheet) -> None:
    """Forget what stands above a heading that is repeated at the top of a page."""
    while rows and rows[-1].sheet is sheet and not edges([rows[-1]]):
        rows.pop()


def _with_headings_apart(rows: Iterable[Band]) -> Iterator[Band]:
    """Part a heading from the row that it touches."""
    for band in rows:
        stands_on = [] if _is_heading(band) else lines(band.words)
        first = Band(band.sheet, stands_on[0], band.ruled_above) if len(stands_on) > 1 else band
        if first is not band and _is_heading(first):
            yield first
            below = [word for line in stands_on[1:] for word in line]
            yield Band(band.sheet, below, ruled_below=band.ruled_below)
        else:
            yield band


def _is_heading(band: Band) -> bool:
    return heading_of(_own_cells(band)) is not None


def _said(band: Band) -> list[str]:
    return [squeezed(cell) for cell in _own_cells(band)]


def _own_cells(band: Band) -> list[str]:
    return [cell_text(words, float("inf")) for words in _split(band.words, edges([band]))]


def _split(words: Iterable[Word], between: Edges) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in range(len(between) + 1)]
    for word in words:
        cells[place(word, between)].append(word)
    return cells


def _table(heading: Band, rows: Sequence[Band]) -> Iterator[PlacedRow]:
    """Read a heading and the rows under it."""
    between = under(heading, rows)
    full = _rights([heading, *rows], between)
    row = _row([heading], between, full)
    yield row
    pending: list[Band] = []
    for band in rows:
        if pending and _goes_on(pending, band, between, full):
            pending.append(band)
            continue
        if pending:
            yield _row(pending, between, full)
        pending = [band]
    if pending:
        yield _row(pending, between, full)


def _under(heading: Band, rows: list[Band]) -> tuple[list[Band], int]:
    """Return the rows of a table, and how many were used up.

    They end before one that stands alone: the next table's title, or what is written below. At the top of a
    page lines that stand alone may be the rest of a row; they are one band then.
    """
    kept = [heading]
    rest: Band | None = None
    for number, band in enumerate(rows):
        if _is_row(kept, band):
            kept.append(band)
            rest = None
        elif number + 1 < len(rows) and _begins(band, rows[number + 1]):
            rows[number + 1] = _joined(band, rows[number + 1])
        elif rest is not None and rest.sheet is band.sheet and _fits(kept, band):
            kept[-1] = rest = _joined(rest, band)
        elif _is_broken_off(kept[-1], band) and _fits(kept, band):
            kept.append(band)
            rest = band
        else:
            return kept[1:], number
    return kept[1:], len(rows)


def _joined(upper: Band, lower: Band) -> Band:
    return Band(upper.sheet, [*upper.words, *lower.words], upper.ruled_above, lower.ruled_below)


def _begins(band: Band, row: Band) -> bool:
    """Tell whether a line that stands alone is the first of the highest cell of the row below."""
    first = row.words[0]
    return (
        row.sheet is band.sheet
        and bool(edges([row]))
        and band.bottom - row.top < TOUCHES * first.em
        and abs(band.words[0].em - first.em) < SAME_SIZE * first.em
        and any(abs(word.left - band.words[0].left) < SAME_PLACE for word in row.words)
    )


def _is_broken_off(last: Band, band: Band) -> bool:
    """Tell whether a row that stands alone can be the rest of the last row of the page before."""
    return last.sheet.number + 1 == band.sheet.number and not last.ruled_below


def _is_row(rows: Sequence[Band], band: Band) -> bool:
    """Tell whether a row has several cells, as far as the table's columns part them."""
    pieces = len(edges([band])) + 1
    if pieces > FEW_PIECES or pieces == 1:
        return pieces > 1
    between = under(rows[0], rows[1:])
    return len({place(word, between) for word in band.words}) > 1 and _fits(rows, band)


def _runs_across(rows: Sequence[Band], band: Band) -> bool:
    """Tell whether a line of text pays no heed to the table's columns."""
    before, after = under(rows[0], rows[1:]), under(rows[0], [*rows[1:], band])
    return len(after) < len(before)


def _fits(rows: Sequence[Band], band: Band) -> bool:
    """Tell whether a line is set as the table's cells are, and begins where one of them does."""
    left, em = min(word.left for word in band.words), band.words[0].em
    cells = (word for row in rows[1:] for word in row.words)
    return not _runs_across(rows, band) and any(
        abs(word.left - left) < SAME_PLACE and abs(word.em - em) < SAME_SIZE * em for word in cells
    )


def _goes_on(pending: Sequence[Band], band: Band, between: Edges, full: Sequence[float]) -> bool:
    """Tell whether a row is the rest of the one before, which the end of the page broke."""
    last = pending[-1]
    if last.sheet.number + 1 != band.sheet.number or last.ruled_below:
        return False
    if band.sheet.down or last.sheet.down:
        return not band.ruled_above
    before = [cell_text(cell, right) for cell, right in zip(_split(last.words, between), full, strict=True)]
    after = [cell_text(cell, right) for cell, right in zip(_split(band.words, between), full, strict=True)]
    return not _has_date(after) or not _has_date(before)


def _has_date(cells: Iterable[str]) -> bool:
    return any(read_date(cell) is not None for cell in cells)


def _rights(rows: Sequence[Band], between: Edges) -> list[float]:
    """Return how far each column is written on."""
    found = [0.0] * (len(between) + 1)
    for row in rows:
        for word in row.words:
            found[place(word, between)] = max(found[place(word, between)], word.right)
    return found


def _row(parts: Sequence[Band], between: Edges, full: Sequence[float]) -> PlacedRow:
    split = [(band.sheet, _split(band.words, between)) for band in parts]
    texts = [
        " ".join(filter(None, (cell_text(cells[column], right) for _, cells in split)))
        for column, right in enumerate(full)
    ]
    return PlacedRow(texts, split)


def _pairs(rows: Sequence[Band]) -> Iterator[PlacedRow]:
    """Read rows of labels and values, each by itself."""
    for band in rows:
        for words in _by_labels(band):
            part = Band(band.sheet, words)
            yield _with_gaps(_row([part], between := edges([part]), _rights([part], between)))


def _by_labels(band: Band) -> Iterator[Sequence[Word]]:
    """Part rows that touch: each line that begins with a label begins a row."""
    stands_on = lines(band.words)
    starts = [
        number for number, line in enumerate(stands_on) if number and _begins_with_label(band.sheet, line)
    ]
    for begin, end in zip([0, *starts], [*starts, len(stands_on)], strict=True):
        yield [word for line in stands_on[begin:end] for word in line]


def _begins_with_label(sheet: Sheet, line: Sequence[Word]) -> bool:
    cell = _own_cells(Band(sheet, line))[0]
    return labels.is_label(cell.partition(":")[0])


def _with_gaps(row: PlacedRow) -> PlacedRow:
    """Leave out what is empty, but put an empty cell between a label without a value and the next label."""
    cells: list[str] = []
    parts = [(sheet, list[Sequence[Word]]()) for sheet, _ in row.parts]
    for number, text in enumerate(row.cells):
        if not text:
            continue
        lacks = bool(cells) and _is_label(cells[-1]) and _is_label(text)
        cells += ["", text] if lacks else [text]
        for (_, kept), (_, words) in zip(parts, row.parts, strict=True):
            kept.extend([[], words[number]] if lacks else [words[number]])
    return PlacedRow(cells, parts)


def _is_label(text: str) -> bool:
    return labels.is_label(text.rstrip(" :"))
