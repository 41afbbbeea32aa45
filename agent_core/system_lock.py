"""The system's lock on an open file, which ends with the process that has it. Standard library only.

Letting go is said, and not left to closing: a child that is just being started has the file open too.
"""

import sys
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def lock(file: IO[bytes]) -> None:
        """Take it, or raise `OSError` when somebody else has it."""
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def unlock(file: IO[bytes]) -> None:
        """Let go of it."""
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def lock(file: IO[bytes]) -> None:
        """Take it, or raise `OSError` when somebody else has it."""
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlock(file: IO[bytes]) -> None:
        """Let go of it."""
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
