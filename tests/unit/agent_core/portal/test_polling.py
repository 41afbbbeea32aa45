"""A page is asked again and again, at first often and then less."""

from agent_core.portal.polling import poll


def test_what_is_found_ends_it() -> None:
    answers = iter([None, "", "found"])
    pauses: list[float] = []
    assert poll(lambda: next(answers), 1e9, pauses.append, lambda: False) == "found"
    assert len(pauses) == 2
    assert pauses[0] < pauses[1]


def test_something_else_is_enough() -> None:
    assert poll(lambda: 0, 1e9, lambda _: None, lambda: True) is None


def test_the_time_is_up() -> None:
    assert poll(lambda: None, -1, lambda _: None, lambda: False) is None


def test_pauses_grow_no_longer_than_a_tenth_of_a_second() -> None:
    pauses: list[float] = []
    poll(lambda: None, 1e9, pauses.append, lambda: len(pauses) > 20)
    assert max(pauses) == 0.1
