"""Finds the columns of rows: between ruled lines, else where white runs through all of them. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from statistics import median

from agent_core.facts.bands import Band
from agent_core.facts.sheets import Word

WHITE = 0.45
"""Em between columns; a space is about a third."""
SAME_SIDE = 5.0
"""Points between the two sides that neighbouring cells may have where one line would do."""
MOST = 0.6
"""A ruled side counts when it stands beside so many of the rows."""

Edges = tuple[float, ...]
"""Where one column ends and the next begins, from the left."""


def edges(rows: Sequence[Band]) -> Edges:
    """Return the inner edges of the columns of these rows; none for a single column."""
    return _ruled(rows) or _white(rows)


def under(heading: Band, rows: Sequence[Band]) -> Edges:
    """Return the inner edges of the columns of a table: white without a heading parts no column.

    A heading that stands in the middle of its column may have white beside it through all rows.
    """
    between = edges([heading, *rows])
    number = 0
    while number <= len(between):
        if not _in_column(heading, between, number):
            left = number > 0 and not _both(rows, between, number - 1)
            right = number < len(between) and not _both(rows, between, number)
            if left or right:
                gone = number - 1 if left else number
                between = between[:gone] + between[gone + 1 :]
                continue
        number += 1
    return between


def _in_column(row: Band, between: Edges, number: int) -> bool:
    return any(place(word, between) == number for word in row.words)


def _both(rows: Sequence[Band], between: Edges, number: int) -> bool:
    """Tell whether a row writes into a column and into the next one."""
    return any(_in_column(row, between, number) and _in_column(row, between, number + 1) for row in rows)


def place(word: Word, between: Edges) -> int:
    """Return the number of the column, from 0, that a word stands in."""
    return bisect_right(between, word.x)


def _ruled(rows: Sequence[Band]) -> Edges:
    """Return the sides of cells that most rows have, when there is one left and one right of their words."""
    counts: dict[float, int] = {}
    for row in rows:
        y = (row.top + row.bottom) / 2
        for x in {round(side.x, 1) for side in row.sheet.down if side.bottom <= y <= side.top}:
            counts[x] = counts.get(x, 0) + 1
    sides: list[list[float]] = []
    for x in sorted(counts):
        if sides and x - sides[-1][-1] < SAME_SIDE:
            sides[-1].append(x)
        else:
            sides.append([x])
    strong = [side for side in sides if max(counts[x] for x in side) >= MOST * len(rows)]
    left, right = min(_lefts(rows)), max(_rights(rows))
    inner = tuple(sum(side) / len(side) for side in strong if left < side[0] and side[-1] < right + SAME_SIDE)
    outer = [side for side in strong if side[0] <= left or side[-1] >= right]
    return tuple(x for x in inner if x < right) if len(outer) > 1 else ()


def _lefts(rows: Iterable[Band]) -> Iterable[float]:
    return (word.left for row in rows for word in row.words)


def _rights(rows: Iterable[Band]) -> Iterable[float]:
    return (word.right for row in rows for word in row.words)


def _white(rows: Sequence[Band]) -> Edges:
    """Return the middles of the white that runs from the first row to the last."""
    em = median(word.em for row in rows for word in row.words)
    steps: list[tuple[float, int]] = []
    for row in rows:
        for left, right in _covered(row.words, WHITE * em):
            steps += [(left, 1), (right, -1)]
    found, depth, begin = [], 0, None
    for x, step in sorted(steps):
        depth += step
        if depth == 0:
            begin = x if begin is None else begin
        elif begin is not None:
            if x - begin >= WHITE * em:
                found.append((begin + x) / 2)
            begin = None
    return tuple(found)


def _covered(words: Iterable[Word], white: float) -> Iterable[tuple[float, float]]:
    """Return from where to where a row is written on, with white that narrow taken as written on."""
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.left):
        if spans and word.left < spans[-1][1] + white:
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.right))
        else:
            spans.append((word.left, word.right))
    return spans
