"""Start NjordHR: ``njordhr-launcher [arguments of the program]``.

From sources: ``python -m desktop.launcher --root FOLDER [arguments of the program]``.
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from desktop.install.places import Places
from desktop.install.restart import AFTER
from desktop.launcher.programs import SystemPrograms
from desktop.launcher.run import Launcher
from desktop.launcher.say import say
from desktop.launcher.watch import Watch

ROOT = "--root"
_LOOK_SECONDS = 0.05
_PATIENCE_SECONDS = 60.0


def main(arguments: Sequence[str]) -> int:
    """Start the version that is to run.

    Returns:
        The exit code, where the process did not become the program.
    """
    own, persons = parse(arguments)
    if AFTER in own:
        wait_for_end(own[AFTER])
    root = Path(own[ROOT]) if ROOT in own else Path(sys.executable).absolute().parents[1]
    watch = Watch(time.monotonic, time.sleep)
    launcher = Launcher(Places(root), SystemPrograms(), watch, ask_to_show=_ask_to_show, say=say)
    return launcher.run(persons)


def parse(arguments: Sequence[str]) -> tuple[dict[str, str], Sequence[str]]:
    """Return the launcher's own options, which come first, and the person's arguments.

    Example:
        >>> parse(["--after-process", "12", "--hidden"])
        ({'--after-process': '12'}, ['--hidden'])
    """
    own: dict[str, str] = {}
    rest = list(arguments)
    while len(rest) > 1 and rest[0] in {ROOT, AFTER}:
        option, value, *rest = rest
        own[option] = value
    return own, rest


def wait_for_end(process: str) -> None:
    """Wait until a process has ended, a minute at most."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.isdigit() and _runs(int(process)) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        from desktop.launcher.job_object import runs  # noqa: PLC0415 - of Windows alone

        return runs(process)
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def _ask_to_show(data_dir: Path) -> bool:
    from agent_core.runtime.second_start import ask_to_show  # noqa: PLC0415 - seldom needed

    return ask_to_show(data_dir)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
