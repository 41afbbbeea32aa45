"""The menu: everything is in it once, and nothing that does not work."""

from itertools import chain

import pytest

from desktop.menu import KEYS, MENU, PROGRAM_ACTIONS, Action, again_script, menu_for, zoom_after


def actions(parts: list) -> list[Action]:  # type: ignore[type-arg]  # of MenuPart
    return [action for part in parts for action in chain.from_iterable(part.groups)]


def test_each_action_stands_in_the_menu_once() -> None:
    assert sorted(actions(list(MENU)), key=lambda one: one.name) == sorted(Action, key=lambda one: one.name)


def test_no_key_means_two_things() -> None:
    keys = list(chain.from_iterable(KEYS.values()))
    assert len(keys) == len(set(keys))


def test_what_a_web_view_cannot_do_is_not_offered() -> None:
    parts = menu_for({Action.PRINT})
    assert set(actions(parts)) == {Action.PRINT, *PROGRAM_ACTIONS}
    assert all(group for part in parts for group in part.groups)


@pytest.mark.parametrize(
    ("zoom", "action", "expected"),
    [
        (1.0, Action.ZOOM_IN, 1.1),
        (1.0, Action.ZOOM_OUT, 0.9),
        (2.0, Action.ZOOM_IN, 2.0),
        (0.5, Action.ZOOM_OUT, 0.5),
        (1.03, Action.ZOOM_OUT, 1.0),
        (1.75, Action.ZOOM_RESET, 1.0),
    ],
)
def test_zoom_goes_by_steps(zoom: float, action: Action, expected: float) -> None:
    assert zoom_after(zoom, action) == expected


def test_an_address_in_a_script_stays_a_text() -> None:
    assert again_script('http://a/"); evil("').startswith('location.replace("http://a/\\"); evil(\\"")')
