"""Starting again through the launcher, as the version that is to run then. Standard library only."""

import os
from collections.abc import Sequence
from typing import Final

from desktop.install.places import Places

RESTART_CODE: Final = 75
"""The exit code by which a program asks the launcher that waits for it to start again."""
LAUNCHER_WAITS: Final = "NJORDHR_LAUNCHER"
"""In the environment of a program whose launcher waits for its end: the launcher's process id."""
AFTER: Final = "--after-process"
"""The launcher's option: begin when that process has ended."""
_DETACHED = 0x00000008 | 0x00000200
"""`DETACHED_PROCESS` and `CREATE_NEW_PROCESS_GROUP` of Windows."""


def start_again(places: Places, arguments: Sequence[str]) -> int:
    """Start again, when everything of this program has been stopped.

    On Linux and macOS the process becomes the launcher, unless one waits for it; then this returns.

    Args:
        places: of the installation.
        arguments: the person's, as ``--hidden``.

    Returns:
        The exit code to end with, at once.

    Raises:
        OSError: the launcher cannot be started.
    """
    if is_waited_for():
        return RESTART_CODE
    launcher = str(places.launcher)
    if os.name != "nt":
        os.execv(launcher, [launcher, *arguments])  # noqa: S606 - becomes the launcher
    import subprocess  # noqa: PLC0415 - the launcher reads this module at each start

    command = [launcher, AFTER, str(os.getpid()), *arguments]
    subprocess.Popen(command, creationflags=_DETACHED, close_fds=True)
    return 0


def is_waited_for() -> bool:
    """Tell whether a launcher waits for the end of this process; on Windows it ends once all is well."""
    return os.name != "nt" and os.environ.get(LAUNCHER_WAITS) == str(os.getppid())
