"""Saving exports: whole or not at all, wherever the person wants them. Implements `ports.ExportFiles`."""

import errno
from collections.abc import Iterable
from pathlib import Path

from agent_core.errors import FilesError
from agent_core.files import atomic
from protocol.reasons import Reason

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WINDOWS_FULL = 112


class LocalExportFiles:
    """Exports on a local disk. Any thread."""

    def save(self, path: Path, pieces: Iterable[bytes]) -> int:
        """Save the pieces as one file, whole or not at all; return its length.

        Raises:
            FilesError: it cannot be saved there; what was there before is as it was.
            Exception: what the pieces raise.
        """
        try:
            if not path.is_absolute() or path.is_dir():
                raise FilesError(Reason.EXPORT_NOT_SAVED, "not a file")
            return atomic.write_pieces(path, pieces).length
        except OSError as error:
            is_full = error.errno in _FULL or getattr(error, "winerror", None) == _WINDOWS_FULL
            reason = Reason.EXPORT_DISK_FULL if is_full else Reason.EXPORT_NOT_SAVED
            raise FilesError(reason, type(error).__name__) from error


def with_ending(chosen: Path) -> Path:
    """Return the chosen path with ``.zip``, unless that would take a file that nobody chose."""
    if chosen.suffix.lower() == ".zip":
        return chosen
    ended = chosen.with_name(chosen.name + ".zip")
    return chosen if ended.exists() else ended
