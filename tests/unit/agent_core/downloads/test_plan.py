"""What to fetch, skip or give up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_core.downloads.plan import (
    STOPS_THE_JOB,
    TROUBLE_LIMIT,
    Fail,
    Fetch,
    Here,
    Skip,
    Trouble,
    decide,
    is_unchanged,
)
from protocol.reasons import Reason


@pytest.mark.parametrize(
    ("number", "here", "forced", "seen", "wanted"),
    [
        ("", Here.NOTHING, True, (), Fail(Reason.RESUME_UNREADABLE_ID)),
        ("", Here.NOTHING, False, ("",), Fail(Reason.RESUME_UNREADABLE_ID)),
        ("7", Here.NOTHING, False, (), Fetch()),
        ("7", Here.DAMAGED, False, (), Fetch()),
        ("7", Here.INTACT, False, (), Skip(Reason.SKIP_ALREADY_HERE)),
        ("7", Here.INTACT, True, (), Fetch()),
        ("7", Here.NOTHING, True, ("7",), Skip(Reason.SKIP_LISTED_TWICE)),
        ("7", Here.INTACT, False, ("7",), Skip(Reason.SKIP_LISTED_TWICE)),
        ("07", Here.NOTHING, False, ("7",), Fetch()),
    ],
)
def test_decides(
    number: str, here: Here, forced: bool, seen: tuple[str, ...], wanted: Fetch | Skip | Fail
) -> None:
    assert decide(number, here, forced=forced, seen=frozenset(seen)) == wanted


def test_unchanged_only_when_the_file_is_there_too() -> None:
    assert is_unchanged(Here.INTACT, "a", "a")
    assert not is_unchanged(Here.INTACT, "a", "b")
    assert not is_unchanged(Here.DAMAGED, "a", "a")


@given(st.sampled_from(sorted(STOPS_THE_JOB)))
def test_what_concerns_everybody_stops_at_once(reason: Reason) -> None:
    assert Trouble().after(reason) is reason


def test_trouble_in_a_row_stops_and_one_success_starts_over() -> None:
    trouble = Trouble()
    for _ in range(TROUBLE_LIMIT - 1):
        assert trouble.after(Reason.PORTAL_SLOW) is None
    assert trouble.after(None) is None
    for _ in range(TROUBLE_LIMIT - 1):
        assert trouble.after(Reason.PORTAL_UNREACHABLE) is None
    assert trouble.after(Reason.PORTAL_UNREACHABLE) is Reason.PORTAL_UNREACHABLE


def test_one_persons_own_trouble_never_stops() -> None:
    trouble = Trouble()
    assert all(trouble.after(Reason.RESUME_INCOMPLETE) is None for _ in range(100))
