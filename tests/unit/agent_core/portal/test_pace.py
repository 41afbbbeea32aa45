"""The portal is asked no more often than the settings say."""

from hypothesis import given
from hypothesis import strategies as st

from agent_core.portal.pace import Pace


@given(
    st.floats(0.1, 50, allow_nan=False),
    st.lists(st.floats(0, 5, allow_nan=False), min_size=2, max_size=60),
)
def test_never_more_than_a_burst_and_the_rate(per_second: float, pauses: list[float]) -> None:
    pace, now, asked = Pace(per_second), 0.0, []
    for pause in pauses:
        now += pause
        pace, wait = pace.take(now)
        assert wait >= 0
        now += wait
        asked.append(now)
    for start in range(len(asked)):
        for end in range(start + 1, len(asked)):
            allowed = pace.capacity + (asked[end] - asked[start]) * per_second
            assert end - start + 1 <= allowed + 1 + 1e-6


def test_the_first_page_comes_at_once_and_the_next_waits() -> None:
    pace, wait = Pace(2.0, at=10.0).take(10.0)
    assert wait == 0
    _, wait = pace.take(10.0)
    assert wait == 0.5


def test_a_pause_gives_a_burst_of_a_second() -> None:
    pace, waits = Pace(4.0), []
    for _ in range(5):
        pace, wait = pace.take(100.0)
        waits.append(wait)
    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4] > 0


def test_what_the_portal_asked_for_is_waited() -> None:
    pace = Pace(100.0).hold(50.0, 30.0).hold(51.0, 5.0)
    _, wait = pace.take(52.0)
    assert wait == 28.0
