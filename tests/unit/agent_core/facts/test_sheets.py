import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.facts.sheets import Box, Sheet, Word, around, turned

BOX = Box(10, 20, 110, 40)


def test_a_page_on_its_side_is_turned_upright() -> None:
    assert turned(BOX, 600, 800, 1) == Box(20, 490, 40, 590)
    assert turned(BOX, 600, 800, 2) == Box(490, 760, 590, 780)


@given(st.integers(0, 3))
def test_a_place_is_turned_back_to_where_it_is_shown(turns: int) -> None:
    width, height = (600, 800) if turns % 2 == 0 else (800, 600)
    sheet = Sheet(1, width, height, (), turns=turns)
    assert sheet.shown(turned(BOX, 600, 800, turns)) == BOX


def test_the_place_around_words() -> None:
    words = [Word("a", 1, 2, 3, 4), Word("b", 0, 3, 2, 9)]
    assert around(words) == (0, 2, 3, 9)
    with pytest.raises(ValueError, match="empty"):
        around([])
