"""What to fetch, skip or give up."""

from uuid import uuid4

import pytest

from agent_core.downloads.plan import (
    STOPS_THE_JOB,
    Fail,
    Fetch,
    Here,
    Skip,
    decide,
    first_listings,
    in_order,
    is_unchanged,
)
from agent_core.downloads.queue import PORTAL_TROUBLE
from agent_core.ports import ListingRow, ListingState
from protocol.reasons import Reason


@pytest.mark.parametrize(
    ("number", "here", "forced", "before", "wanted"),
    [
        ("", Here.NOTHING, True, False, Fail(Reason.RESUME_UNREADABLE_ID)),
        ("", Here.NOTHING, False, True, Fail(Reason.RESUME_UNREADABLE_ID)),
        ("7", Here.NOTHING, False, False, Fetch()),
        ("7", Here.DAMAGED, False, False, Fetch()),
        ("7", Here.INTACT, False, False, Skip(Reason.SKIP_ALREADY_HERE)),
        ("7", Here.INTACT, True, False, Fetch()),
        ("7", Here.NOTHING, True, True, Skip(Reason.SKIP_LISTED_TWICE)),
        ("7", Here.INTACT, False, True, Skip(Reason.SKIP_LISTED_TWICE)),
    ],
)
def test_decides(number: str, here: Here, forced: bool, before: bool, wanted: Fetch | Skip | Fail) -> None:
    assert decide(number, here, forced=forced, listed_before=before) == wanted


def test_unchanged_only_when_the_file_is_there_too() -> None:
    assert is_unchanged(Here.INTACT, "a", "a")
    assert not is_unchanged(Here.INTACT, "a", "b")
    assert not is_unchanged(Here.DAMAGED, "a", "a")


def row(seq: int, number: str, state: ListingState = ListingState.WAITING, tries: int = 0) -> ListingRow:
    return ListingRow(uuid4(), seq, 1, number, f"http://x/{number}", state, tries=tries)


def test_only_who_waits_is_fetched_and_who_went_wrong_twice_comes_last() -> None:
    rows = [
        row(1, "1", ListingState.STORED),
        row(2, "2", tries=2),
        row(3, "3", tries=1),
        row(4, "4"),
        row(5, "5", ListingState.FETCHING),
    ]
    assert [each.seq for each in in_order(rows)] == [3, 4, 2]


def test_the_first_listing_of_a_person_counts_and_leading_zeros_make_another() -> None:
    rows = [row(3, "7"), row(1, "7", ListingState.STORED), row(2, "07")]
    assert first_listings(rows) == {"7": 1, "07": 2}


def test_what_keeps_everybody_from_being_fetched_is_no_trouble_of_one_person() -> None:
    assert not STOPS_THE_JOB & PORTAL_TROUBLE
