"""Write a file whole or not at all.

The bytes go to a temporary file in the same folder, are synced, and take the place of the old file in one
step. A write that was killed leaves its temporary file; the next write into that folder removes it, and
nothing else: the name says whose it was, and a write that is still going on is left alone.
"""

import contextlib
import errno
import hashlib
import os
import platform
import re
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from agent_core.durable import sync_folder

PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between tries at a file that is held open: a virus scanner lets go soon, a PDF reader does not."""

_HELD = frozenset({32, 33})
"""Windows: a sharing or a lock violation."""
_BUSY = frozenset({errno.EBUSY, errno.ETXTBSY})
_CHUNK = 1 << 20
_TEMPORARY = re.compile(r"\.njordhr-(?P<host>[0-9a-f]{8})-(?P<pid>[0-9]{1,10})-[0-9a-f]{16}\.part")

_writing: set[str] = set()
_writing_lock = threading.Lock()


class ReplaceRefusedError(PermissionError):
    """The new file is whole, but another program holds the old one open."""


class FileProtectedError(PermissionError):
    """The new file is whole, but the old one is protected against changes."""


@dataclass(frozen=True)
class Written:
    """What was written; ``sha256`` is of the bytes on their way to the disk."""

    sha256: str
    length: int


def write_whole(path: Path, data: bytes) -> Written:
    """Write ``data`` to ``path``, durably, replacing an older file; its folder exists.

    Raises:
        ReplaceRefusedError: another program holds the old file; it is as it was.
        FileProtectedError: the old file is protected; it is as it was.
        OSError: anything else; the old file is as it was.
    """
    return write_pieces(path, _pieces(data))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> Written:
    """Write the pieces one after the other, as `write_whole` does; whatever they raise leaves nothing.

    Raises:
        ReplaceRefusedError: another program holds the old file; it is as it was.
        FileProtectedError: the old file is protected; it is as it was.
        OSError: anything else; the old file is as it was.
    """
    remove_leftovers(path.parent)
    with _temporary_name() as name:
        temporary = path.parent / name
        try:
            written = _write_new(temporary, pieces)
            _replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):  # the first error is the one that counts
                temporary.unlink(missing_ok=True)
            raise
    sync_folder(path.parent)
    return written


def probe(folder: Path) -> None:
    """See whether a file can be made in ``folder``; leaves nothing, not even of probes that were killed.

    Raises:
        OSError: it cannot.
    """
    remove_leftovers(folder)
    with _temporary_name() as name:
        temporary = folder / name
        try:
            _write_new(temporary, [b"NjordHR"])
        finally:
            temporary.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed writes of this computer left in ``folder``.

    Raises:
        OSError: the folder cannot be read.
    """
    with os.scandir(folder) as entries:
        left = [entry.name for entry in entries if _is_leftover(entry.name)]
    for name in left:
        with contextlib.suppress(OSError):  # it costs only room; the next write tries again
            (folder / name).unlink(missing_ok=True)


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))


def _write_new(path: Path, pieces: Iterable[bytes]) -> Written:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    digest, length = hashlib.sha256(), 0
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        for piece in pieces:
            digest.update(piece)
            length += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Written(digest.hexdigest(), length)


def _replace(temporary: Path, path: Path) -> None:
    """Let the new file take the old one's place; who looks through files for a moment is waited for."""
    for pause in (*PAUSES, None):
        try:
            temporary.replace(path)
        except OSError as error:
            refusal = _refusal(error, path)
            if not isinstance(refusal, ReplaceRefusedError) or pause is None:
                raise refusal from error
            time.sleep(pause)
        else:
            return


def _refusal(error: OSError, path: Path) -> OSError:
    """Tell a file that is held open from one that is protected, and both from anything else."""
    windows = getattr(error, "winerror", None)
    refused = windows in _HELD or error.errno in _BUSY or isinstance(error, PermissionError)
    if not refused or not path.is_file():
        return error
    if windows not in _HELD and error.errno not in _BUSY and not os.access(path, os.W_OK):
        return FileProtectedError(error.errno, error.strerror)
    return ReplaceRefusedError(error.errno, error.strerror)


@contextlib.contextmanager
def _temporary_name() -> Iterator[str]:
    name = f".njordhr-{_host()}-{os.getpid()}-{secrets.token_hex(8)}.part"
    with _writing_lock:
        _writing.add(name)
    try:
        yield name
    finally:
        with _writing_lock:
            _writing.discard(name)


def _is_leftover(name: str) -> bool:
    match = _TEMPORARY.fullmatch(name)
    if match is None or match["host"] != _host():  # on a shared drive another computer may be writing
        return False
    if int(match["pid"]) == os.getpid():
        with _writing_lock:
            return name not in _writing
    return not psutil.pid_exists(int(match["pid"]))


def _host() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]
