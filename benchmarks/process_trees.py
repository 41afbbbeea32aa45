"""The memory of a program with everything that it started."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import psutil


def tree(root: psutil.Process) -> list[psutil.Process]:
    """Return the process and all its descendants."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return [root, *root.children(recursive=True)]
    return []


def megabytes(root: psutil.Process) -> float:
    """Return the memory of a whole tree: what its processes share is counted once.

    The proportional set size would do the same, but it also divides by strangers that happen to run the same
    programs, and there are others' browsers on a developer's machine.
    """
    private = 0
    shared: dict[tuple[str, str], int] = {}
    for one in tree(root):
        for place, resident, own in _mappings(one.pid):
            private += own
            shared[place] = max(shared.get(place, 0), resident - own)
    return (private + sum(shared.values())) / 1024


def _mappings(pid: int) -> Iterator[tuple[tuple[str, str], int, int]]:
    """Yield each mapping of a process: its file and place in it, resident kilobytes, and those of its own."""
    place, resident = ("", ""), 0
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, PermissionError):
        for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, rest = line.partition(":")
            if name == "Rss":
                resident = int(rest.split()[0])
            elif name == "Anonymous":
                yield place, resident, int(rest.split()[0])
            elif " " in name:
                parts = line.split(maxsplit=5)
                place = (f"{parts[3]} {parts[4]} {parts[5] if len(parts) > 5 else pid}", parts[2])


def end(root: psutil.Process, seconds: float = 15.0) -> None:
    """End a tree: politely at its root, then by force whatever is left."""
    found = tree(root)
    with contextlib.suppress(psutil.NoSuchProcess):
        root.terminate()
    _, alive = psutil.wait_procs(found, timeout=seconds)
    for one in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(alive, timeout=seconds)
