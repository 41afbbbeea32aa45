"""The portal is asked no more often than the settings say."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from agent_core.portal.pace import Pace


@given(
    st.floats(0.1, 50, allow_nan=False),
    st.lists(st.floats(0, 5, allow_nan=False), min_size=2, max_size=60),
)
def test_pages_never_come_closer_than_the_rate(per_second: float, pauses: list[float]) -> None:
    pace, now, asked = Pace(per_second), 0.0, []
    for pause in pauses:
        now += pause
        pace, wait = pace.take(now)
        assert wait >= 0
        now += wait
        asked.append(now)
    for before, after in itertools.pairwise(asked):
        assert (after - before) * per_second >= 1 - 1e-6


def test_the_first_page_comes_at_once_and_the_next_waits() -> None:
    pace, wait = Pace(2.0, at=10.0).take(10.0)
    assert wait == 0
    _, wait = pace.take(10.0)
    assert wait == 0.5


def test_a_pause_saves_nothing_up() -> None:
    pace, now, asked = Pace(4.0), 100.0, []
    for _ in range(5):
        pace, wait = pace.take(now)
        now += wait
        asked.append(now)
    assert asked == [100.0, 100.25, 100.5, 100.75, 101.0]


def test_what_the_portal_asked_for_is_waited() -> None:
    pace = Pace(100.0).hold(50.0, 30.0).hold(51.0, 5.0)
    _, wait = pace.take(52.0)
    assert wait == 28.0
