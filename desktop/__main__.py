"""Start NjordHR: ``python -m desktop``."""

import os
import sys
from pathlib import Path

from agent_core.bootstrap import build_agent, default_options
from desktop.app import run
from desktop.display import has_display


def main() -> int:
    """Run the agent with its window until the window is closed."""
    if not has_display(sys.platform, os.environ):
        sys.stderr.write("There is no display here. Start the agent alone: python -m agent_core\n")
        return 2
    options = default_options(web_ui_dir=Path(__file__).resolve().parents[1] / "web_ui" / "dist")
    agent = build_agent(options)
    agent.start()
    try:
        run(agent, options.data_dir / "window")
    finally:
        agent.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
