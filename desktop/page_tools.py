"""Find, zoom and print inside the page, for the systems' own web views (Windows, macOS).

A web view that is no browser has no find bar, and WebView2 gives up its keys in a program like ours. The
script beside this file brings them back. It leaves the page as it is: its bar has a shadow root of its own,
what is found is marked by the engine's highlights, and the page's policy needs no exception for it.
"""

import json
import sys
from functools import cache
from pathlib import Path

from desktop.menu import ZOOMS, Action

_NAMES = {
    Action.FIND: "find",
    Action.PRINT: "print",
    Action.RELOAD: "reload",
    Action.ZOOM_IN: "larger",
    Action.ZOOM_OUT: "smaller",
    Action.ZOOM_RESET: "normal",
}
CAN = frozenset(_NAMES)


@cache
def tools_script(platform: str = sys.platform) -> str:
    """Return the script that puts the tools into a page; once is enough, twice does no harm.

    Args:
        platform: as ``sys.platform`` names it; its keys go with Command on macOS and with Ctrl elsewhere.
    """
    tools = Path(__file__).with_name("page_tools.js").read_text(encoding="utf-8")
    key = "metaKey" if platform == "darwin" else "ctrlKey"
    return f"({tools.partition(chr(10))[2].strip()})({json.dumps(ZOOMS)}, {json.dumps(key)})"


def do_script(action: Action, platform: str = sys.platform) -> str:
    """Return the script that does one thing of `CAN`, bringing the tools along if the page has none."""
    return f"{tools_script(platform)};\nwindow.njordhrTools.do({json.dumps(_NAMES[action])})"
