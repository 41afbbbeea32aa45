"""Where the window was, and where it may be shown again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

WIDTH, HEIGHT = 1280, 760
MIN_WIDTH, MIN_HEIGHT = 800, 560
_SEEN_WIDTH, _SEEN_HEIGHT = 200, 40
"""So much of the window's upper edge must be on a screen, or nobody could take hold of it."""


@dataclass(frozen=True)
class Rect:
    """A rectangle in the desktop's pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Geometry(Rect):
    """The window's place when it is not maximised, and whether it is."""

    maximised: bool = False


def place(saved: Geometry | None, screens: Sequence[Rect]) -> Geometry | None:
    """Return where to show the window: where it was, or as large in the middle of the first screen.

    Args:
        saved: where it was; ``None`` at the first start.
        screens: the room of each screen now, which may be others than then; the person's main one first.

    Returns:
        Nothing when nothing worth keeping was saved, or no screen is known.
    """
    if saved is None or saved.width < MIN_WIDTH or saved.height < MIN_HEIGHT or not screens:
        return None
    if any(_is_seen(saved, screen) for screen in screens):
        return saved
    main = screens[0]
    width, height = min(saved.width, main.width), min(saved.height, main.height)
    return Geometry(
        x=main.x + (main.width - width) // 2,
        y=main.y + (main.height - height) // 2,
        width=width,
        height=height,
        maximised=saved.maximised,
    )


def _is_seen(window: Rect, screen: Rect) -> bool:
    across = min(window.x + window.width, screen.x + screen.width) - max(window.x, screen.x)
    is_top_inside = screen.y <= window.y <= screen.y + screen.height - _SEEN_HEIGHT
    return across >= _SEEN_WIDTH and is_top_inside


def read(file: Path) -> Geometry | None:
    """Return what was saved; ``None`` when nothing was, or nothing that can be read."""
    try:
        found = json.loads(file.read_bytes())
        place = Geometry(
            x=found["x"],
            y=found["y"],
            width=found["width"],
            height=found["height"],
            maximised=found["maximised"],
        )
    except (OSError, ValueError, LookupError, TypeError):
        return None
    is_whole = all(type(number) is int for number in (place.x, place.y, place.width, place.height))
    return place if is_whole and isinstance(place.maximised, bool) else None


def write(file: Path, geometry: Geometry) -> None:
    """Save for the next start. A place that cannot be saved is no trouble worth telling."""
    temporary = file.with_name(f"{file.name}.new")
    try:
        temporary.write_text(json.dumps(asdict(geometry)), encoding="utf-8")
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
