"""Doing things in order, some ahead."""

import threading
from collections.abc import Iterator

import pytest

from protocol.read_ahead import read_ahead


@pytest.mark.parametrize("threads", [0, 1, 3])
def test_all_come_in_order(threads: int) -> None:
    found = read_ahead(range(50), lambda number: number * 2, threads=threads, most=5)
    assert list(found) == [number * 2 for number in range(50)]


def test_some_are_begun_before_they_are_wanted_and_no_more_than_is_said() -> None:
    begun: list[int] = []
    reached = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        if number == 3:
            reached.set()
        return number

    found = read_ahead(iter(range(1, 100)), work, threads=1, most=3)
    assert [next(found), next(found)] == [1, 2]
    assert reached.wait(30)
    found.close()
    assert max(begun) <= 5


def test_what_is_heavier_than_all_may_be_is_alone() -> None:
    found = read_ahead([1, 100, 1, 1], lambda number: number, threads=2, most=10, weigh=lambda number: number)
    assert list(found) == [1, 100, 1, 1]


def test_a_fault_of_the_items_comes_after_what_was_before_it() -> None:
    def items() -> Iterator[int]:
        yield from (1, 2, 3)
        raise LookupError

    found = read_ahead(items(), lambda number: number, threads=2, most=10)
    assert [next(found) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(LookupError):
        next(found)


def test_a_fault_of_the_work_comes_in_its_turn() -> None:
    found = read_ahead([2, 1, 0, 5], lambda number: 4 // number, threads=2, most=10)
    assert [next(found), next(found)] == [2, 4]
    with pytest.raises(ZeroDivisionError):
        next(found)
