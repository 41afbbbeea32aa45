"""Rank folders and file names on all three systems."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.files.names import rank_folder, resume_path
from protocol.file_names import MAX_LEGAL_BYTES, is_legal_name
from protocol.vocabulary import portal_ranks

DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@pytest.mark.parametrize(
    ("rank", "folder"),
    [
        ("2nd Officer", "2nd_Officer"),
        ("NCV/NWKO", "NCV-NWKO"),
        ("Repair Yard/D.D.", "Repair_Yard-D.D"),
        ("Asst. Electrical Officer", "Asst._Electrical_Officer"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("..", "Unnamed"),
        ("../../etc", "-..-etc"),
        ("  ", "Unnamed"),
        ('a<b>c:d"e|f?g*h\\i', "a-b-c-d-e-f-g-h-i"),
        ("Ma\u200bster\x00", "Master"),
        ("Cafe\u0301", "Caf\u00e9"),
    ],
)
def test_folder_names(rank: str, folder: str) -> None:
    assert rank_folder(rank) == folder


def test_the_portals_ranks_keep_apart_even_where_case_does_not_count() -> None:
    folders = [rank_folder(rank).casefold() for rank in portal_ranks()]
    assert len(set(folders)) == len(folders)


def test_every_rank_of_the_portal_keeps_the_old_name_but_for_a_trailing_dot() -> None:
    for rank in portal_ranks():
        assert rank_folder(rank) == rank.replace(" ", "_").replace("/", "-").rstrip(".")


def test_long_names_are_cut_and_keep_apart() -> None:
    one, two = rank_folder("é" * 300 + "1"), rank_folder("é" * 300 + "2")
    assert one != two
    assert len(one.encode()) <= MAX_LEGAL_BYTES


@given(st.text(max_size=300), st.from_regex(r"[0-9]{1,20}", fullmatch=True))
def test_any_rank_gives_a_legal_path_of_two_parts(rank: str, number: str) -> None:
    folder, slash, name = resume_path(rank, number).partition("/")
    assert slash
    assert "/" not in name
    assert name.endswith(f"_{number}.pdf")
    for part in (folder, name):
        assert is_legal_name(part)
        assert part not in (".", "..")
        assert not part.endswith((".", " "))
        assert not DEVICE.fullmatch(part)
        assert len(part.encode()) <= 255


@given(st.text(max_size=60))
def test_the_same_rank_gives_the_same_folder_again(rank: str) -> None:
    assert rank_folder(rank_folder(rank)) == rank_folder(rank)


@pytest.mark.parametrize("number", ["", "1" * 21, "12a", "../1", "1\n", "\u0661"])
def test_a_number_is_digits(number: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        resume_path("Master", number)
