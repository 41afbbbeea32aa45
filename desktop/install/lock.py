"""A lock that the system itself lets go of when its process ends. Standard library only."""

import os
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from agent_core.system_lock import lock, unlock

_PAUSE_SECONDS = 0.05


class LockedError(Exception):
    """Somebody else has it."""


class FileLock:
    """The lock on a file, from `take` or ``with`` until `release`."""

    def __init__(self, path: Path, patience_seconds: float = 0.0) -> None:
        """Remember which file, and how long to wait for it."""
        self._path = path
        self._patience_seconds = patience_seconds
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take it.

        Raises:
            LockedError: somebody has it, and kept it for as long as one waits.
            OSError: the file cannot be opened.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        file = os.fdopen(os.open(self._path, flags, 0o600), "ab")
        deadline = time.monotonic() + self._patience_seconds
        while True:
            try:
                lock(file)
            except OSError as error:
                if time.monotonic() >= deadline:
                    file.close()
                    raise LockedError(self._path.name) from error
                time.sleep(_PAUSE_SECONDS)
            else:
                self._file = file
                return

    def release(self) -> None:
        """Let go."""
        if self._file is not None:
            unlock(self._file)
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        """Take it."""
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go."""
        self.release()
