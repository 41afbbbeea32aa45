"""Doing things in order, some of them ahead: what takes time waits while what came before it is used."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def read_ahead(
    items: Iterable[Item],
    work: Callable[[Item], Result],
    *,
    threads: int,
    most: int,
    weigh: Callable[[Item], int] = lambda _: 1,
) -> Generator[Result, None, None]:
    """Yield what ``work`` makes of each item, in the items' order.

    What an item or its work raises is raised in its turn, after all that came before it. Whoever stops
    reading has nothing more begun.

    Args:
        items: taken by the reader's own thread.
        work: called on threads of its own.
        threads: how many are worked on at once; with 0 each when it is wanted, and nothing ahead.
        most: of what is worked on or waits to be yielded, in the units of ``weigh``, with what is yielded
            next; a heavier item is alone.
        weigh: tells how heavy an item's result will be.
    """
    if threads == 0:
        yield from map(work, items)
        return
    executor = ThreadPoolExecutor(threads, thread_name_prefix="read-ahead")
    try:
        yield from _in_order(iter(items), lambda item: executor.submit(work, item), most, weigh)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _in_order(
    items: Iterator[Item],
    begin: Callable[[Item], "Future[Result]"],
    most: int,
    weigh: Callable[[Item], int],
) -> Iterator[Result]:
    ahead: deque[tuple[Future[Result], int]] = deque()
    held, is_first = 0, True
    raised: Exception | None = None
    while True:
        try:
            item = next(items)
        except StopIteration:
            break
        except Exception as error:  # noqa: BLE001 - raised below, in its turn
            raised = error
            break
        weight = weigh(item)
        while ahead and held + weight > most:
            future, freed = ahead.popleft()
            yield future.result()
            held -= freed
        ahead.append((begin(item), weight))
        held += weight
        if is_first:  # a reader waits for nothing but it
            is_first, held = False, 0
            yield ahead.popleft()[0].result()
    for future, _ in ahead:
        yield future.result()
    if raised is not None:
        raise raised
