"""A real disk with little room, which can be filled, made read-only and taken away."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 3 << 20


class TinyDisk:
    def __init__(self, mount: Path) -> None:
        self.path = mount
        self._ballast = mount / "ballast"

    def fill(self) -> None:
        """Leave no room at all."""
        with self._ballast.open("wb", buffering=0) as file:
            for piece in (1 << 16, 1 << 12, 1):
                try:
                    while file.write(b"x" * piece):
                        continue
                except OSError:
                    continue

    def free(self) -> None:
        self._ballast.unlink()

    def make_read_only(self) -> None:
        _run("mount", "-o", "remount,ro", str(self.path))

    def make_writable(self) -> None:
        _run("mount", "-o", "remount,rw", str(self.path))


def why_not(folder: Path) -> str:
    """Return why no disk can be mounted here; empty when one can."""
    try:
        with tiny_disk(folder):
            return ""
    except subprocess.CalledProcessError:
        return "nothing may be mounted here, as in some containers"


@contextmanager
def tiny_disk(folder: Path) -> Iterator[TinyDisk]:
    """Mount a disk of `ROOM` bytes at ``folder``, which is made."""
    folder.mkdir(exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder))
    try:
        yield TinyDisk(folder)
    finally:
        if os.path.ismount(folder):
            _run("umount", "--lazy", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=60)
