"""Start NjordHR: ``python -m desktop [--hidden]``. A second start shows the window of the first."""

import argparse
import ctypes
import os
import sys
import webbrowser
from pathlib import Path
from typing import Any

from agent_core.autostart.systems import system_autostart
from agent_core.bootstrap import build_agent, default_options
from agent_core.errors import SettingsError
from desktop import web_view2
from desktop.at_login import HIDDEN, this_program
from desktop.display import has_display
from desktop.installed import InstalledProgram


def main(arguments: list[str]) -> int:
    """Run the agent with its window until the person quits.

    Returns:
        The exit code: 0 also when the window of a program that runs already was shown, 1 without a home,
        2 without a display, 3 without the web view on Windows.
    """
    parser = argparse.ArgumentParser(prog="desktop", description="NjordHR on this computer.")
    parser.add_argument(HIDDEN, action="store_true", help="start without showing the window")
    asked = parser.parse_args(arguments)
    if not has_display(sys.platform, os.environ):
        sys.stderr.write("There is no display here. Start the agent alone: python -m agent_core\n")
        return 2
    try:
        web_ui = Path(__file__).resolve().parents[1] / "web_ui" / "dist"
        options = default_options(web_ui_dir=web_ui, auto_start=system_autostart(this_program()))
    except (
        SettingsError
    ) as error:  # nobody knows where this person's folders are: no place for a window either
        sys.stderr.write(f"{error.reason.sentence} {error.detail}\n")
        return 1
    if web_view2.is_missing(sys.platform):
        return _without_web_view()
    try:
        return InstalledProgram(build_agent(options), options.data_dir, hidden=asked.hidden).run()
    except web_view2.WebViewMissingError:
        return _without_web_view()


def _without_web_view() -> int:
    """Tell the person what Windows has not, in the one way that is left."""
    library: Any = ctypes
    web_view2.tell_and_offer(library.windll.user32, webbrowser.open)
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
