import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from cloud_api.errors import TooManyRequests
from cloud_api.live.seats import AGAIN_SECONDS, StreamSeats
from protocol.reasons import Reason


def test_one_has_so_many_and_takes_nobody_elses() -> None:
    seats, one, other = StreamSeats(2), uuid4(), uuid4()
    seats.take(one)
    seats.take(one)
    with pytest.raises(TooManyRequests) as refused:
        seats.take(one)
    assert refused.value.reason is Reason.REQUEST_TOO_MANY_STREAMS
    assert refused.value.facts == {"most": 2, "retry_after_seconds": AGAIN_SECONDS}
    seats.take(other)


def test_a_seat_that_is_left_is_free_and_a_refusal_took_none() -> None:
    seats, one = StreamSeats(1), uuid4()
    seats.take(one)
    for _ in range(3):
        with pytest.raises(TooManyRequests):
            seats.take(one)
    seats.leave(one)
    seats.take(one)


def test_of_many_at_once_no_more_than_allowed_get_one() -> None:
    seats, one, together = StreamSeats(5), uuid4(), threading.Barrier(8)

    def ask(_: int) -> int:
        together.wait()
        taken = 0
        for _ in range(4):
            try:
                seats.take(one)
            except TooManyRequests:
                continue
            taken += 1
        return taken

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(8))) == 5
