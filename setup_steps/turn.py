"""Two `build.py` at once: one prepares, the other waits for its turn."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from setup_steps.places import STATE
from setup_steps.progress import say

LOOK_AGAIN = 0.5
"""Seconds between two looks whether the turn has come."""


@contextmanager
def my_turn() -> Iterator[None]:
    """Hold the lock of the preparation. It ends with this block, or with the process, however that ends."""
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "build.lock").open("a+b") as file:
        if not _try_to_lock(file):
            say("… another build.py is preparing this folder; waiting for it")
            while not _try_to_lock(file):
                time.sleep(LOOK_AGAIN)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_to_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def am_root() -> bool:
    """Tell whether this process may install packages of the system."""
    return sys.platform != "win32" and os.geteuid() == 0
