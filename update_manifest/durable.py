"""What is known of updates, on the disk for good: each file whole or as it was, and one writer at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from update_manifest.errors import UpdateError, UpdateReason

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def write(path: Path, data: bytes) -> None:
    """Put a file in place in one step, on the disk when this returns; one that is right stays.

    Raises:
        OSError: the disk refused, and what was there stays.
    """
    if read(path) == data:
        return
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def read(path: Path) -> bytes | None:
    """Return a file's bytes; nothing where there is none that can be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows cannot open one, and journals renames itself.

    Raises:
        OSError: the disk failed.
    """
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one who works in a folder, of processes and threads; the system ends it with the process.

    Raises:
        UpdateError: somebody else works in it.
        OSError: the folder cannot be written.
    """
    with (folder / "lock").open("ab") as file:
        try:
            _lock(file)
        except OSError as error:
            raise UpdateError(UpdateReason.BUSY) from error
        try:
            yield
        finally:
            _unlock(file)
