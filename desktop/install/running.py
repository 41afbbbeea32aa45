"""Ending the NjordHR that runs from an installation, before its files are replaced or removed.

An orderly end where the system has a signal for that. On Windows it has none for a program whose window only
hides: there the program is stopped, which loses nothing, for its records are made to be stopped at any time.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

ORDERLY_SECONDS = 20.0
"""How long a program may take to end: it waits for the people who are being fetched."""
_STOP_SECONDS = 5.0


def end_running(root: Path) -> bool:
    """End what runs from this installation, but for this process and those that wait for it.

    Returns:
        Whether nothing runs any more.
    """
    found = running_from(root, psutil.process_iter(["exe"]))
    for process in found:
        _tell(process, psutil.Process.terminate)
    _, left = psutil.wait_procs(found, timeout=ORDERLY_SECONDS)
    for process in (part for one in left for part in (*_parts_of(one), one)):
        _tell(process, psutil.Process.kill)
    _, left = psutil.wait_procs(left, timeout=_STOP_SECONDS)
    return not left


def running_from(root: Path, processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Return the processes whose program lies below this folder, without this one and its ancestors."""
    folder = root.resolve()
    kept = {os.getpid(), *(process.pid for process in psutil.Process().parents())}
    return [
        process
        for process in processes
        if process.pid not in kept and process.info["exe"] and folder in Path(process.info["exe"]).parents
    ]


def _parts_of(process: psutil.Process) -> list[psutil.Process]:
    """Return what a process has started: browsers would stay."""
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _tell(process: psutil.Process, what: Callable[[psutil.Process], None]) -> None:
    try:
        what(process)
    except psutil.Error:  # it has ended meanwhile, or is somebody else's: then it counts as running still
        return
