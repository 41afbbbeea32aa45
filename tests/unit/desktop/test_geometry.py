"""Where the window is shown again."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.geometry import Geometry, Rect, place, read, write

SCREEN = Rect(x=0, y=0, width=1920, height=1080)
LEFT = Rect(x=-1280, y=0, width=1280, height=1024)


def at(x: int, y: int, width: int = 1000, height: int = 700) -> Geometry:
    return Geometry(x=x, y=y, width=width, height=height)


MIDDLE = at(-1140, 162)
"""Of the first screen, which is the left one."""


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        (at(10, 10), at(10, 10)),
        (at(-700, 10), at(-700, 10)),  # across two screens
        (at(-1200, 10), at(-1200, 10)),  # on the left one
        (at(1800, 10), MIDDLE),  # only a strip of it could be seen
        (at(10, -500), MIDDLE),  # its title bar is above the screen
        (at(10, 1070), MIDDLE),
        (at(5000, 10), MIDDLE),
        (at(10, 10, width=300), None),
        (None, None),
    ],
)
def test_a_window_is_put_back_where_it_can_be_seen(saved: Geometry | None, expected: Geometry | None) -> None:
    assert place(saved, [LEFT, SCREEN]) == expected


def test_a_window_of_a_screen_that_is_gone_comes_up_as_large_on_the_one_that_is_left() -> None:
    assert place(at(-1200, 10), [SCREEN]) == at(460, 190)
    large = replace(at(-2500, 10, 2500, 1400), maximised=True)
    assert place(large, [SCREEN]) == Geometry(x=0, y=0, width=1920, height=1080, maximised=True)
    assert place(at(10, 10), []) is None


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "place.json"
    assert read(file) is None
    write(file, replace(at(1, 2), maximised=True))
    assert read(file) == Geometry(x=1, y=2, width=1000, height=700, maximised=True)
    file.write_text("{broken")
    assert read(file) is None
    for text in (
        '{"x": "far", "y": 1, "width": 1, "height": 1, "maximised": false}',
        '{"x": 1, "y": 1, "width": 1, "height": 1, "maximised": 1}',
        '{"x": true, "y": 1, "width": 1, "height": 1, "maximised": false}',
        '{"x": 1}',
        "[1]",
        "7",
    ):
        file.write_text(text)
        assert read(file) is None


def test_a_place_that_cannot_be_saved_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "place.json").mkdir()
    write(tmp_path / "place.json", at(1, 2))
    assert [file.name for file in tmp_path.iterdir()] == ["place.json"]
