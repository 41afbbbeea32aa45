"""Start NjordHR: ``python -m desktop [--hidden]``. A second start shows the window of the first."""

import argparse
import ctypes
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent_core.data_dir import default_data_dir
from desktop import web_view2
from desktop.at_login import HIDDEN, this_program
from desktop.display import has_display
from desktop.install.probation import OPTION
from desktop.installed import InstalledProgram
from desktop.updating import Here, Updating, installation_of, probation_of

if TYPE_CHECKING:
    from agent_core.bootstrap import Agent
    from update_manifest.build_info import BuildInfo

SELF_TEST = "--self-test"
FOR_INSTALLERS = frozenset({"--installed", "--uninstalling", "--end-running"})


def main(arguments: list[str]) -> int:
    """Run the agent with its window until the person quits.

    Returns:
        The exit code: 0 also when the window of a program that runs already was shown, 2 without a display,
        3 without the web view on Windows.
    """
    if arguments[:1] == [SELF_TEST]:
        return _test_itself(arguments[1:])
    if arguments and arguments[0] in FOR_INSTALLERS:
        return _serve_installer(arguments)
    parser = argparse.ArgumentParser(prog="desktop", description="NjordHR on this computer.")
    parser.add_argument(HIDDEN, action="store_true", help="start without showing the window")
    parser.add_argument(OPTION, metavar="FILE", help="the launcher's request to a version's first start")
    asked = parser.parse_args(arguments)
    if not has_display(sys.platform, os.environ):
        sys.stderr.write("There is no display here. Start the agent alone: python -m agent_core\n")
        return 2
    if web_view2.is_missing(sys.platform):
        return _without_web_view()
    try:
        updating = _updating(arguments)
        make_agent = partial(_make_agent, held=updating is not None and updating.is_held)
        program = InstalledProgram(make_agent, default_data_dir(), hidden=asked.hidden, updating=updating)
        return program.run()
    except web_view2.WebViewMissingError:
        return _without_web_view()


def _updating(arguments: list[str]) -> Updating | None:
    """Return how this program updates itself: an installed one that was packed with what it trusts."""
    frozen = bool(getattr(sys, "frozen", False))
    found = installation_of(Path(sys.executable), sys.platform, frozen=frozen)
    if found is None:
        return None
    places, trust = found
    return Updating(Here(places, trust, default_data_dir()), _this_build, probation_of(arguments))


def _this_build() -> "BuildInfo":
    from desktop.build import this_build  # noqa: PLC0415 - loaded with the agent

    return this_build()


def _make_agent(*, held: bool) -> "Agent":
    """Load the agent's code, which takes longer than opening the window, and make the agent."""
    from agent_core.autostart.systems import system_autostart  # noqa: PLC0415 - loaded while the window opens
    from agent_core.bootstrap import build_agent, default_options  # noqa: PLC0415 - as above
    from desktop.build import web_ui_dir  # noqa: PLC0415 - as above

    options = default_options(web_ui_dir=web_ui_dir(), auto_start=system_autostart(this_program()))
    return build_agent(replace(options, held=held))


def _test_itself(arguments: list[str]) -> int:
    """Try what the program must be able to do; see `desktop.self_test`."""
    from desktop import self_test  # noqa: PLC0415 - seldom needed

    return self_test.main(arguments)


def _serve_installer(arguments: list[str]) -> int:
    """Do what an installer calls for; see `desktop.install.verbs`."""
    from desktop.build import this_build  # noqa: PLC0415 - seldom needed
    from desktop.install import verbs  # noqa: PLC0415 - as above

    return verbs.main(arguments, this_build().version, this_program())


def _without_web_view() -> int:
    """Tell the person what Windows has not, in the one way that is left."""
    import webbrowser  # noqa: PLC0415 - seldom needed

    library: Any = ctypes
    web_view2.tell_and_offer(library.windll.user32, webbrowser.open)
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
