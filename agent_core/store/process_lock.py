"""One agent a data folder: a lock that the system itself lets go of when the process ends."""

import sys
from pathlib import Path
from typing import IO

from agent_core.errors import StoreError
from protocol.reasons import Reason

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


class ProcessLock:
    """The lock on ``agent.lock`` of a folder, held until ``release``."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            StoreError: another agent holds it, or the folder cannot be written.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = (folder / "agent.lock").open("ab")
        except OSError as error:
            raise StoreError(Reason.AGENT_STORE_WRITE, type(error).__name__) from error
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise StoreError(Reason.AGENT_ALREADY_RUNNING) from error

    def release(self) -> None:
        """Let go; for good, also where a child that is just being started has the file open too."""
        if not self._file.closed:
            _unlock(self._file)
            self._file.close()
