"""Files that are there whole or not at all, also after a power cut. Standard library only."""

import contextlib
import os
import time
from pathlib import Path

from agent_core.durable import sync_folder

_IS_PATIENT = os.name == "nt"
_TRIES = 20
_PAUSE_SECONDS = 0.05


def write_whole(path: Path, data: bytes) -> None:
    """Write a file for its owner alone; the old one or the new one is there at any time.

    Raises:
        OSError: the disk would not have it; the old one is there.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace(new, path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def replace(source: Path, target: Path) -> None:
    """Put a file in another one's place.

    Windows refuses while somebody reads that one, a virus scanner too; so there it is tried for a second.

    Raises:
        OSError: it could not be done.
    """
    tries = _TRIES if _IS_PATIENT else 1
    for left in reversed(range(tries)):
        try:
            source.replace(target)
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def move(source: Path, target: Path) -> None:
    """Give a folder or file another place on the same disk, durably; ``target`` is not there.

    Raises:
        OSError: it could not be done, and it is where it was.
    """
    replace(source, target)
    sync_folder(target.parent)
    if source.parent != target.parent:
        sync_folder(source.parent)
