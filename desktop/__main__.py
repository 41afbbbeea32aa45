"""Start NjordHR: ``python -m desktop [--hidden]``. A second start shows the window of the first."""

import argparse
import ctypes
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent_core.data_dir import default_data_dir
from desktop import web_view2
from desktop.at_login import HIDDEN, this_program
from desktop.display import has_display
from desktop.installed import InstalledProgram

if TYPE_CHECKING:
    from agent_core.bootstrap import Agent


def main(arguments: list[str]) -> int:
    """Run the agent with its window until the person quits.

    Returns:
        The exit code: 0 also when the window of a program that runs already was shown, 2 without a display,
        3 without the web view on Windows.
    """
    parser = argparse.ArgumentParser(prog="desktop", description="NjordHR on this computer.")
    parser.add_argument(HIDDEN, action="store_true", help="start without showing the window")
    asked = parser.parse_args(arguments)
    if not has_display(sys.platform, os.environ):
        sys.stderr.write("There is no display here. Start the agent alone: python -m agent_core\n")
        return 2
    if web_view2.is_missing(sys.platform):
        return _without_web_view()
    try:
        return InstalledProgram(_make_agent, default_data_dir(), hidden=asked.hidden).run()
    except web_view2.WebViewMissingError:
        return _without_web_view()


def _make_agent() -> "Agent":
    """Load the agent's code, which takes longer than opening the window, and make the agent."""
    from agent_core.autostart.systems import system_autostart  # noqa: PLC0415 - loaded while the window opens
    from agent_core.bootstrap import build_agent, default_options  # noqa: PLC0415 - as above

    web_ui = Path(__file__).resolve().parents[1] / "web_ui" / "dist"
    return build_agent(default_options(web_ui_dir=web_ui, auto_start=system_autostart(this_program())))


def _without_web_view() -> int:
    """Tell the person what Windows has not, in the one way that is left."""
    import webbrowser  # noqa: PLC0415 - seldom needed

    library: Any = ctypes
    web_view2.tell_and_offer(library.windll.user32, webbrowser.open)
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
