"""Finds the rows of a page: words that stand beside each other, on one line or on the wrapped lines of cells.

Where lines are ruled across, they part the rows. Elsewhere two lines are of one row when they overlap, as
where a number stands at the middle of its row; when the file draws them in turns, as it does cell after cell;
or when the lower one follows closely and leaves the first column free. Pure.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from agent_core.facts.sheets import Across, Sheet, Word

SAME_RULE = 1.2
"""Points between the parts of one ruled line."""
CLOSE = 0.12
"""Em of white between the lines of a cell where nothing tells how much it is."""
CLOSE_IN_RULES = 0.4
WIDEST = 0.8
"""Em of white that may stand inside a row at all."""
OVERLAP = 0.25
"""Of a line's height."""
DRAWN_IN_TURNS = 0.9
"""Where more lines than this are drawn in turns with the next, the file draws columns: it says nothing."""
FEW = 6
HIGHEST_ROW = 300.0
"""Points; what two rules that far apart hold is no row."""


@dataclass(frozen=True)
class Band:
    """One row of a page.

    Attributes:
        ruled_above: a line is ruled above it.
        ruled_below: a line is ruled below it.
    """

    sheet: Sheet
    words: Sequence[Word]
    ruled_above: bool = False
    ruled_below: bool = False

    @property
    def top(self) -> float:
        """Where it begins."""
        return max(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return min(word.bottom for word in self.words)


@dataclass(frozen=True)
class _Rule:
    y: float
    parts: Sequence[Across]

    def is_over(self, x: float) -> bool:
        return any(part.left - SAME_RULE <= x <= part.right + SAME_RULE for part in self.parts)


def bands(sheet: Sheet) -> list[Band]:
    """Return a page's rows from the top."""
    rules = _rules(sheet.across)
    heights = [rule.y for rule in rules]
    groups: dict[tuple[int | None, int | None], list[Word]] = {}
    for word in sheet.words:
        place = bisect_left(heights, word.y)
        above = next((n for n in range(place, len(rules)) if rules[n].is_over(word.x)), None)
        below = next((n for n in range(place - 1, -1, -1) if rules[n].is_over(word.x)), None)
        groups.setdefault((below, above), []).append(word)
    habit = _Habit.of(sheet)
    found = []
    for (below, above), words in groups.items():
        ruled = below is not None and above is not None and heights[above] - heights[below] < HIGHEST_ROW
        rows = habit.rows(words, is_ruled=ruled, is_cell=ruled and bool(sheet.down))
        found += [Band(sheet, row, above is not None, below is not None) for row in rows]
    return sorted(found, key=lambda band: -band.top)


@dataclass(frozen=True)
class _Habit:
    """How a page sets the lines of a cell.

    Attributes:
        close: em of white that stands between them at most.
        in_turns: the file draws cell after cell, so that the lines of a row's cells come in turns.
    """

    close: float
    in_turns: bool

    @classmethod
    def of(cls, sheet: Sheet) -> "_Habit":
        pairs = list(pairwise(lines(sheet.words)))
        turns = [(upper, lower) for upper, lower in pairs if _drawn_in_turns(upper, lower)]
        if len(pairs) > FEW and len(turns) > DRAWN_IN_TURNS * len(pairs):
            return cls(CLOSE, in_turns=False)
        gaps = [gap for upper, lower in turns if 0 < (gap := _white(upper, lower)) < WIDEST]
        return cls(max(CLOSE, 1.15 * median(gaps)) if gaps else CLOSE, in_turns=True)

    def rows(self, words: Iterable[Word], *, is_ruled: bool, is_cell: bool) -> list[list[Word]]:
        """Part the words that stand between the same two rules, or none, into rows."""
        close = max(self.close, CLOSE_IN_RULES) if is_ruled else self.close
        rows: list[list[Word]] = []
        for line in lines(words):
            rows.append(list(line))
            while len(rows) > 1 and self._goes_on(rows[-2], rows[-1], close, is_cell=is_cell):
                rows[-2:] = [rows[-2] + rows[-1]]
        return rows

    def _goes_on(self, upper: Sequence[Word], lower: Sequence[Word], close: float, *, is_cell: bool) -> bool:
        white = _white(upper, lower)
        return white < WIDEST and (
            is_cell
            or white < -OVERLAP
            or (self.in_turns and _drawn_in_turns(upper, lower))
            or (white <= close and _left(lower) > _left(upper) + lower[0].em)
        )


def _white(upper: Sequence[Word], lower: Sequence[Word]) -> float:
    """Return how many em of white stand between the lines; fewer than none where they overlap."""
    return (min(word.bottom for word in upper) - max(word.top for word in lower)) / lower[0].em


def _drawn_in_turns(upper: Sequence[Word], lower: Sequence[Word]) -> bool:
    return min(word.order for word in lower) < max(word.order for word in upper)


def _left(words: Sequence[Word]) -> float:
    return min(word.left for word in words)


def lines(words: Iterable[Word]) -> list[list[Word]]:
    """Return the lines that words of one cell or row stand on, from the top, each from the left."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.y, word.left)):
        if found and word.y > found[-1][0].bottom + 0.25 * (found[-1][0].top - found[-1][0].bottom):
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.left) for line in found]


def _rules(across: Iterable[Across]) -> list[_Rule]:
    found: list[_Rule] = []
    parts: list[Across] = []
    for part in sorted(across):
        if parts and part.y - parts[0].y > SAME_RULE:
            found.append(_rule(parts))
            parts = []
        parts.append(part)
    if parts:
        found.append(_rule(parts))
    return found


def _rule(parts: Sequence[Across]) -> _Rule:
    """Join the parts of a line that touch."""
    joined: list[Across] = []
    for part in sorted(parts, key=lambda part: part.left):
        if joined and part.left <= joined[-1].right + SAME_RULE:
            last = joined[-1]
            joined[-1] = Across(last.y, last.left, max(last.right, part.right))
        else:
            joined.append(part)
    return _Rule(parts[0].y, joined)
