"""What a cell said before it was wrapped."""

import pytest

from agent_core.facts.cell_text import cell_text
from tests.support.resume_pdf import LETTER, words_of


@pytest.mark.parametrize(
    ("lines", "room", "text"),
    [
        (["Bulk", "Carrier"], 9, "Bulk Carrier"),
        (["12-Nov-", "2026"], 9, "12-Nov-2026"),
        (["10-Feb", "-2026"], 9, "10-Feb-2026"),
        (["GRT/", "DWT"], 9, "GRT/DWT"),
        (["8500 /", "9900"], 9, "8500 / 9900"),
        (["- ", "x"], 9, "- x"),
        (["Panam", "a"], 5, "Panama"),
        (["RT-flex5", "0"], 8, "RT-flex50"),
        (["Antigua &", "Barbu", "da"], 9, "Antigua & Barbu da"),
        (["Antigua & Ba", "rbuda"], 12, "Antigua & Barbuda"),
        (["MV Star", "of Bergen"], 7, "MV Star of Bergen"),
        (["Sulzer", "6RTA58"], 6, "Sulzer 6RTA58"),
        (["B&W 6S", "50MC"], 6, "B&W 6S50MC"),
        (["Container", "Ship"], 9, "Container Ship"),
    ],
)
def test_lines_become_the_text_again(lines: list[str], room: int, text: str) -> None:
    words = words_of(lines, left=0, size=10)
    assert cell_text(words, 10 * LETTER * room) == text


def test_a_cell_without_words_is_empty() -> None:
    assert cell_text([], 100) == ""
