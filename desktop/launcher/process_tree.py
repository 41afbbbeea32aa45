"""Everything that a program has started, on Linux and macOS; standard library only."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

_BECOME_PARENT_OF_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER
_ROUNDS = 200
_PAUSE_SECONDS = 0.02


def adopt_orphans(wanted: bool) -> None:
    """Become the parent of what one's children leave behind, or cease to; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_BECOME_PARENT_OF_ORPHANS, int(wanted), 0, 0, 0)


def kill_session(leader: int) -> None:
    """Kill the process group that a program began, and on Linux everything below it."""
    for process in [*_below(leader), leader]:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def kill_orphans() -> None:
    """Kill what a program left behind, until nothing is left; Linux only."""
    for _ in range(_ROUNDS):
        left = _below(os.getpid())
        if not left:
            return
        for process in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                continue
        time.sleep(_PAUSE_SECONDS)


def _below(ancestor: int) -> list[int]:
    """Return what descends from a process, the deepest first."""
    parents = _parents()
    found, asked = list[int](), [ancestor]
    while asked:
        parent = asked.pop()
        children = [process for process, its in parents.items() if its == parent]
        found += children
        asked += children
    return found[::-1]


def _parents() -> Mapping[int, int]:
    """Return the parent of each process; empty where the system does not tell it in files."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # After the name, which is in brackets and may have anything in it: state, parent.
            about = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            parents[int(folder.name)] = int(about.rpartition(")")[2].split()[1])
    return parents
