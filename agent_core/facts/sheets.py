"""The pages of a PDF as words and ruled lines with their places. Pure.

Places are in PDF points from the lower left corner of the page as it is shown, y upwards; a page whose text
stands on its side is turned until its lines run to the right, and `Sheet.shown` turns a place back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LINE_OF_EM = 1.17
"""How much taller a line of text is than its font's size, for the fonts that resumes use."""


class Box(NamedTuple):
    """A place on a page."""

    left: float
    bottom: float
    right: float
    top: float


class Word(NamedTuple):
    """A word as it stands on a page, from its font's descent to its ascent.

    Attributes:
        order: the place in the order in which the file draws the words.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    order: int = 0

    @property
    def x(self) -> float:
        """The middle of the word."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The middle of the line that the word stands on."""
        return (self.bottom + self.top) / 2

    @property
    def em(self) -> float:
        """The size of its font, as good as its height tells."""
        return (self.top - self.bottom) / LINE_OF_EM


class Across(NamedTuple):
    """A ruled line from left to right."""

    y: float
    left: float
    right: float


class Down(NamedTuple):
    """A ruled line from bottom to top."""

    x: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Sheet:
    """One page.

    Attributes:
        number: counts from 1.
        width: of the page as it is read.
        height: of the page as it is read.
        words: in the order in which the file draws them.
        across: ruled lines, and the upper and lower edges of boxes.
        down: ruled lines, and the sides of boxes.
        turns: by how many quarters to the right the page as it is shown was turned to be read.
    """

    number: int
    width: float
    height: float
    words: Sequence[Word]
    across: Sequence[Across] = ()
    down: Sequence[Down] = ()
    turns: int = 0

    def shown(self, box: Box) -> Box:
        """Return where a place stands on the page as it is shown."""
        return turned(box, self.width, self.height, -self.turns % 4)


def turned(box: Box, width: float, height: float, turns: int) -> Box:
    """Turn a place together with its page of this size to the right, by quarters."""
    left, bottom, right, top = box
    for _ in range(turns):
        left, bottom, right, top = bottom, width - right, top, width - left
        width, height = height, width
    return Box(left, bottom, right, top)


def around(words: Iterable[Word | Box]) -> Box:
    """Return the smallest place that holds these words or places.

    Raises:
        ValueError: there are none.
    """
    places = tuple(words)
    return Box(
        min(word.left for word in places),
        min(word.bottom for word in places),
        max(word.right for word in places),
        max(word.top for word in places),
    )
