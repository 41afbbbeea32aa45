from uuid import UUID

import psycopg
import pytest

from cloud_api.dashboard.stream import COMMENT_SECONDS, change_stream, notice
from cloud_api.errors import Forbidden
from cloud_api.live.watch import Subject
from protocol.reasons import Reason

ID = UUID("6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1")
OFFICE = Subject("office", ID, ID)


class Office:
    """An office whose newest number is the next of these at each wait; None is a wait without news."""

    def __init__(self, *numbers: int | None) -> None:
        self.numbers = list(numbers)
        self.newest = ""
        self.refusal: Exception | None = None

    def wait(self, seconds: float) -> frozenset[Subject]:
        assert seconds <= COMMENT_SECONDS
        number = self.numbers.pop(0)
        if number is None:
            return frozenset()
        self.newest = str(number)
        return frozenset({OFFICE})

    def mark(self, _subject: Subject) -> str:
        return self.newest

    def check(self, _changed: frozenset[Subject]) -> None:
        if self.refusal is not None and not self.numbers:
            raise self.refusal

    def told(self, after: int) -> list[str]:
        watcher: object = self
        body = change_stream(watcher, OFFICE, after, self.check, lambda: not self.numbers)  # type: ignore[arg-type]  # what of a watcher it uses
        return [part.decode().split("\n")[0] for part in body]


def test_each_new_number_is_told_once() -> None:
    assert Office(5, 7, 7, None, 9, None).told(5) == [": watching", "id: 7", ": still here", "id: 9"]


def test_a_reader_that_comes_back_is_told_what_it_missed() -> None:
    assert Office(7, None).told(3) == [": watching", "id: 7"]


def test_an_office_that_was_restored_counts_on_from_its_copy() -> None:
    assert Office(4, 5, None).told(9) == [": watching", "id: 4", "id: 5"]


@pytest.mark.parametrize("error", [Forbidden(Reason.AUTH_NOT_A_MEMBER), psycopg.OperationalError("gone")])
def test_who_may_not_read_any_more_loses_the_stream(error: Exception) -> None:
    office = Office(7, 8)
    office.refusal = error
    watcher: object = office
    told = list(change_stream(watcher, OFFICE, 0, office.check, lambda: False))  # type: ignore[arg-type]  # what of a watcher it uses
    assert told == [b": watching\n\n", notice(7)]


def test_a_notice_is_one_event() -> None:
    assert notice(3) == b'id: 3\nevent: changes\ndata: {"seq":3}\n\n'
