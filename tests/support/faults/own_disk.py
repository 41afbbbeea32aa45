"""Mount the file system of our own, let something happen on it, and get what happened."""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.faults.trace import SAYS, Step
from tests.support.tree import ROOT as PROJECT

FUSE = Path("/dev/fuse")
DISK = "disk"
PATIENCE_SECONDS = 60


def why_not() -> str:
    """Return why this system lets nobody mount a file system of their own; empty when it does."""
    if not FUSE.exists():
        return f"there is no {FUSE} here, as in some containers"
    try:
        os.close(os.open(FUSE, os.O_RDWR))
    except OSError as error:
        return f"{FUSE} may not be opened here ({error.strerror}), as in some containers"
    return ""


@contextmanager
def recording(folder: Path) -> Iterator[Callable[[], list[Step]]]:
    """Mount the disk at `DISK` in the folder; yields how to unmount it and get all that happened."""
    mount, trace = folder / DISK, folder / "trace"
    mount.mkdir()
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.support.faults.recording_disk", str(mount), str(trace)], cwd=PROJECT
    )

    def unmount() -> list[Step]:
        _unmount(mount)
        assert program.wait(PATIENCE_SECONDS) == 0
        return list(_steps(trace))

    with program:
        try:
            _wait_until_mounted(mount, program)
            yield unmount
        finally:
            if os.path.ismount(mount):
                _unmount(mount)
            if program.poll() is None:
                program.terminate()


def teller(mount: Path) -> Callable[[str], None]:
    """Return how to have something written down as said at this moment."""

    def say(text: str) -> None:
        descriptor = os.open(mount / SAYS, os.O_WRONLY)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)

    return say


def _wait_until_mounted(mount: Path, program: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not os.path.ismount(mount):
        assert program.poll() is None, "the file system ended"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _unmount(mount: Path) -> None:
    subprocess.run(["fusermount3", "-u", str(mount)], check=True, timeout=PATIENCE_SECONDS)


def _steps(trace: Path) -> Iterator[Step]:
    with trace.open("rb") as file:
        while file.peek(1):
            step: Step = pickle.load(file)
            yield step
