"""One agent a data folder: a lock that the system itself lets go of when the process ends."""

from pathlib import Path

from agent_core.errors import StoreError
from agent_core.system_lock import lock, unlock
from protocol.reasons import Reason


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
            lock(self._file)
        except OSError as error:
            self._file.close()
            raise StoreError(Reason.AGENT_ALREADY_RUNNING) from error

    def release(self) -> None:
        """Let go."""
        if not self._file.closed:
            unlock(self._file)
            self._file.close()
