"""What the benchmark of the window starts: ``whole FOLDER``, or ``alone URL FOLDER``.

``whole`` is the installed program on records of a folder. ``alone`` is its window on a page that an agent
somewhere else serves, to be compared with a browser that shows the same page. Both leave the debugging door
open through which the benchmark reads when the page was painted; the installed program never does.
"""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_core.bootstrap import Agent

ROOT = Path(__file__).resolve().parents[1]


def whole(folder: Path) -> None:
    """Run the installed program, but for its records, its secrets and the debugging door."""
    from desktop.installed import InstalledProgram  # noqa: PLC0415 - as late as the program itself

    InstalledProgram(lambda: _agent(folder), folder / "data", remote_debugging=True).run()


def _agent(folder: Path) -> "Agent":
    from agent_core.bootstrap import AgentOptions, build_agent  # noqa: PLC0415 - as above
    from agent_core.keychain import MemorySecrets  # noqa: PLC0415 - as above

    options = AgentOptions(
        folder / "data",
        folder / "agent.json",
        web_ui_dir=ROOT / "web_ui" / "dist",
        preferred_port=0,
        secrets=MemorySecrets(),
    )
    return build_agent(options)


def alone(url: str, folder: Path) -> None:
    """Show a page in the program's window until it is closed."""
    from desktop.closing import Closing  # noqa: PLC0415 - as above
    from desktop.toolkit import ready_toolkit  # noqa: PLC0415 - as above

    gc.disable()  # as the program itself
    toolkit = ready_toolkit(remote_debugging=True)
    from desktop.window import Window  # noqa: PLC0415 - while the web engine starts, as the program itself

    folder.mkdir(parents=True, exist_ok=True)
    window = Window(
        url,
        folder,
        toolkit,
        closing=lambda: Closing.END,
        do=lambda _: None,
        busy_question="",
    )
    window.run(gc.enable)


if __name__ == "__main__":
    if sys.argv[1] == "whole":
        whole(Path(sys.argv[2]))
    else:
        alone(sys.argv[2], Path(sys.argv[3]))
