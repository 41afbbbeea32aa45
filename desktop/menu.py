"""The window's menu as data: what there is, and the keys for it."""

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class Action(Enum):
    """What the menu and its keys can do; the value is the word in the menu."""

    RELOAD = "Reload"
    ZOOM_IN = "Larger"
    ZOOM_OUT = "Smaller"
    ZOOM_RESET = "Normal size"
    FIND = "Find on this page…"
    PRINT = "Print…"
    COPY = "Copy"
    PASTE = "Paste"
    SELECT_ALL = "Select all"
    OPEN_LOGS = "Open logs folder"
    COPY_DIAGNOSTICS = "Copy diagnostics"
    ABOUT = "About NjordHR"
    QUIT = "Quit"


@dataclass(frozen=True)
class MenuPart:
    """One menu of the bar: groups of actions, with a line between them."""

    title: str
    groups: tuple[tuple[Action, ...], ...]


MENU: Sequence[MenuPart] = (
    MenuPart("File", ((Action.PRINT,), (Action.QUIT,))),
    MenuPart("Edit", ((Action.COPY, Action.PASTE, Action.SELECT_ALL), (Action.FIND,))),
    MenuPart("View", ((Action.RELOAD,), (Action.ZOOM_IN, Action.ZOOM_OUT, Action.ZOOM_RESET))),
    MenuPart("Help", ((Action.OPEN_LOGS, Action.COPY_DIAGNOSTICS), (Action.ABOUT,))),
)

KEYS: Mapping[Action, tuple[str, ...]] = {
    Action.RELOAD: ("Ctrl+R", "F5"),
    Action.ZOOM_IN: ("Ctrl++", "Ctrl+="),
    Action.ZOOM_OUT: ("Ctrl+-",),
    Action.ZOOM_RESET: ("Ctrl+0",),
    Action.FIND: ("Ctrl+F",),
    Action.PRINT: ("Ctrl+P",),
    Action.COPY: ("Ctrl+C",),
    Action.PASTE: ("Ctrl+V",),
    Action.SELECT_ALL: ("Ctrl+A",),
    Action.QUIT: ("Ctrl+Q",),
}
"""As Qt writes keys; none of them is one of the page's own."""

PROGRAM_ACTIONS = frozenset({Action.OPEN_LOGS, Action.COPY_DIAGNOSTICS, Action.ABOUT, Action.QUIT})
"""What the program does itself, whatever the web view can."""


def menu_for(can: Container[Action]) -> list[MenuPart]:
    """Return the menu of a web view that can do these; nothing stands in it that does not work."""
    parts = []
    for part in MENU:
        kept = (tuple(one for one in group if one in can or one in PROGRAM_ACTIONS) for group in part.groups)
        groups = tuple(group for group in kept if group)
        if groups:
            parts.append(MenuPart(part.title, groups))
    return parts


def again_script(url: str) -> str:
    """Return the script that loads a page anew at an address of which only the fragment is another one.

    To go there is not enough: no page is loaded for a fragment.
    """
    return f"location.replace({json.dumps(url)}); location.reload()"


ZOOMS = (0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


def zoom_after(zoom: float, action: Action) -> float:
    """Return the zoom after Larger, Smaller or Normal size."""
    if action is Action.ZOOM_IN:
        return min((step for step in ZOOMS if step > zoom + 0.001), default=ZOOMS[-1])
    if action is Action.ZOOM_OUT:
        return max((step for step in ZOOMS if step < zoom - 0.001), default=ZOOMS[0])
    return 1.0
