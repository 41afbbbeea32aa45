"""Puts the lines of a wrapped cell together again as the text that was wrapped. Pure."""

from collections.abc import Iterable, Sequence

from agent_core.facts.bands import lines
from agent_core.facts.sheets import Word

_BREAKS_AFTER = "-\u2010/"
_SMALL_WORDS = frozenset(
    {"of", "and", "the", "de", "der", "van", "den", "von", "in", "for", "to", "by", "at", "on", "or"}
)
_SLACK = 0.15
"""Em that a letter may be narrower than the one that would not have fitted."""


def cell_text(words: Iterable[Word], right: float) -> str:
    """Return the text of a cell.

    Args:
        words: that stand in it.
        right: where the cell has no more room, so that a word that ends there may have been broken.
    """
    text = ""
    last: Sequence[Word] = ()
    for line in lines(words):
        written = " ".join(word.text for word in line)
        text += ("" if not last or _is_broken(last, line[0], right) else " ") + written
        last = line
    return text


def _is_broken(line: Sequence[Word], following: Word, right: float) -> bool:
    """Tell whether a line ends within a word."""
    end, begin = line[-1].text, following.text
    if end[-1] in _BREAKS_AFTER and len(end) > 1:
        return True
    if begin[0] in _BREAKS_AFTER and len(begin) > 1:
        return True
    letter = (following.right - following.left) / len(begin)
    is_full = line[-1].right + letter > right - _SLACK * following.em
    return is_full and _goes_on(end, begin, alone=len(line) == 1)


def _goes_on(end: str, begin: str, *, alone: bool) -> bool:
    """Tell whether what begins a line can be the rest of the word that ends the line before.

    Args:
        end: the last word of the full line.
        begin: the first one of the next line.
        alone: whether the full line holds nothing else.
    """
    if not end[-1].isalnum() or not begin[0].isalnum():
        return False
    if end[-1].isdigit() and begin[0].isdigit():
        return alone
    if any(char.isdigit() for char in end):
        return any(char.isalpha() for char in end)
    return begin[0].islower() and (alone or begin not in _SMALL_WORDS)
