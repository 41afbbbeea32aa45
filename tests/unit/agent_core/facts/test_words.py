"""Split words are joined, and only those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.facts.words import heal, squeezed
from protocol.vocabulary import portal_ranks


@pytest.mark.parametrize(
    ("split", "whole"),
    [
        ("2nd Of ficer", "2nd Officer"),
        ("Chief  En\ngineer", "Chief Engineer"),
        ("Of ficer, Deck", "Officer, Deck"),
        ("Master", "Master"),
        ("Mas ter", "Master"),
        ("Bulk Carrier", "Bulk Carrier"),
        ("Of Officer", "Of Officer"),
        ("", ""),
    ],
)
def test_heals(split: str, whole: str) -> None:
    assert heal(split) == whole


@pytest.mark.parametrize("rank", portal_ranks())
def test_a_whole_rank_stays(rank: str) -> None:
    assert heal(rank) == " ".join(rank.split())


@given(st.text())
def test_no_letter_is_lost(text: str) -> None:
    assert "".join(heal(text).split()) == "".join(text.split())


def test_squeezed_keeps_letters_and_digits() -> None:
    assert squeezed(" Rank, Applied-For: * ") == "rankappliedfor"
