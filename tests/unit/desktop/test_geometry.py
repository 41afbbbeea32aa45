"""Where the window is shown again."""

from pathlib import Path

import pytest

from desktop.geometry import Geometry, Rect, place, read, write

SCREEN = Rect(x=0, y=0, width=1920, height=1080)
LEFT = Rect(x=-1280, y=0, width=1280, height=1024)


def at(x: int, y: int, width: int = 1000, height: int = 700) -> Geometry:
    return Geometry(x=x, y=y, width=width, height=height)


@pytest.mark.parametrize(
    ("saved", "is_shown"),
    [
        (at(10, 10), True),
        (at(-700, 10), True),  # across two screens
        (at(-1200, 10), True),  # on the left one
        (at(1800, 10), False),  # only a strip of it
        (at(10, -500), False),  # its title bar is above the screen
        (at(10, 1070), False),
        (at(5000, 10), False),
        (at(10, 10, width=300), False),
        (None, False),
    ],
)
def test_a_window_is_put_back_only_where_it_can_be_seen(saved: Geometry | None, is_shown: bool) -> None:
    assert place(saved, [LEFT, SCREEN]) == (saved if is_shown else None)


def test_a_screen_that_is_gone_is_noticed() -> None:
    assert place(at(-1200, 10), [SCREEN]) is None


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "place.json"
    assert read(file) is None
    write(file, at(1, 2).model_copy(update={"maximised": True}))
    assert read(file) == Geometry(x=1, y=2, width=1000, height=700, maximised=True)
    file.write_text("{broken")
    assert read(file) is None
    file.write_text('{"x": "far", "y": 1, "width": 1, "height": 1}')
    assert read(file) is None


def test_a_place_that_cannot_be_saved_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "place.json").mkdir()
    write(tmp_path / "place.json", at(1, 2))
    assert [file.name for file in tmp_path.iterdir()] == ["place.json"]
