"""The download folder: what it is good for, and resumes in it that never leave it."""

import errno
import os
import shutil
from pathlib import Path, PurePosixPath

from agent_core.durable import sync_folder
from agent_core.errors import FilesError
from agent_core.files import atomic
from agent_core.files.names import resume_path
from agent_core.ports import FolderState, StoredFile
from protocol.file_names import is_legal_name
from protocol.reasons import Reason

LEAST_FREE_BYTES = 1 << 20
"""Below this a folder counts as full: no resume is sure to fit."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE})
_WINDOWS_FULL = 112


class LocalResumeFiles:
    """`ports.ResumeFiles` on a local disk. Any thread."""

    def check(self, folder: Path) -> FolderState:
        """Look whether resumes can be written into this folder; leaves nothing behind."""
        if not folder.is_absolute():
            return FolderState(str(folder), reason=Reason.FOLDER_NOT_ABSOLUTE)
        try:
            if not folder.is_dir():
                return FolderState(str(folder), reason=Reason.FOLDER_NOT_THERE)
            free = shutil.disk_usage(folder).free
            atomic.probe(folder)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = _reason(error, folder)
            # No resume was being written yet: the folder itself is what is wrong.
            if reason is Reason.FILE_WRITE:
                reason = Reason.FOLDER_NOT_WRITABLE
            return FolderState(str(folder), reason=reason)
        return FolderState(str(folder), free, Reason.FOLDER_FULL if free < LEAST_FREE_BYTES else None)

    def resume_path(self, rank: str, candidate_external_id: str) -> str:
        """Return where a person's resume lies below the download folder, by the portal's label of the rank.

        Raises:
            ValueError: the id is not 1 to 20 digits.
        """
        return resume_path(rank, candidate_external_id)

    def write(self, folder: Path, relative_path: str, data: bytes) -> StoredFile:
        """Write the file whole or not at all, replacing an older one; it is durable when this returns.

        The folder itself is never made: a drive that is not connected must not turn into a folder.

        Raises:
            FilesError: with the old file as it was.
        """
        path = _inside(folder, relative_path, Reason.FILE_WRITE)
        if not data:
            raise FilesError(Reason.FILE_WRITE, "nothing to write")
        try:
            if not folder.is_dir():
                raise FilesError(Reason.FOLDER_NOT_THERE)
            _make_parents(folder, path.parent)
            written = atomic.write_whole(path, data)
        except atomic.ReplaceRefusedError as error:
            raise FilesError(Reason.FILE_IN_USE, relative_path) from error
        except atomic.FileProtectedError as error:
            raise FilesError(Reason.FILE_PROTECTED, relative_path) from error
        except OSError as error:
            raise FilesError(_reason(error, folder), relative_path) from error
        return StoredFile(relative_path, written.sha256, written.length)

    def exists(self, folder: Path, relative_path: str) -> bool:
        """Tell whether the file is there, not empty."""
        try:
            path = _inside(folder, relative_path, Reason.RESUME_NOT_HERE)
            return path.is_file() and path.stat().st_size > 0
        except (FilesError, OSError):
            return False

    def locate(self, folder: Path, relative_path: str) -> Path:
        """Return where the file lies, for another program.

        Raises:
            FilesError: it is gone, or lies outside the folder.
        """
        path = _inside(folder, relative_path, Reason.RESUME_NOT_HERE)
        if not path.is_file():
            raise FilesError(Reason.RESUME_NOT_HERE, relative_path)
        return path

    def read(self, folder: Path, relative_path: str) -> bytes:
        """Return the file's bytes.

        Raises:
            FilesError: `folder.not-there` when the whole folder is gone, as a drive that is not connected;
                else the file is gone, cannot be read, or lies outside the folder.
        """
        path = _inside(folder, relative_path, Reason.RESUME_NOT_HERE)
        try:
            return path.read_bytes()
        except OSError as error:
            if not os.path.isdir(folder):  # noqa: PTH112 - must not raise for a dead drive
                raise FilesError(Reason.FOLDER_NOT_THERE, relative_path) from error
            raise FilesError(Reason.RESUME_NOT_HERE, relative_path) from error


def _inside(folder: Path, relative_path: str, reason: Reason) -> Path:
    """Return the file's path, after making sure that it stays in the folder, through links too."""
    parts = relative_path.split("/")
    if PurePosixPath(relative_path).is_absolute() or not all(is_legal_name(part) for part in parts):
        raise FilesError(reason, "the path leaves the folder")
    path = folder
    for part in parts:
        path /= part
        try:
            leads_away = path.is_symlink() or (hasattr(path, "is_junction") and path.is_junction())
        except OSError as error:
            raise FilesError(reason, relative_path) from error
        if leads_away:
            raise FilesError(reason, "a link stands in the path")
    return path


def _make_parents(folder: Path, parent: Path) -> None:
    for part in reversed([parent, *parent.parents]):
        if not part.is_relative_to(folder) or part == folder or part.is_dir():
            continue
        part.mkdir(exist_ok=True)
        sync_folder(part.parent)


def _reason(error: OSError | ValueError, folder: Path) -> Reason:
    if isinstance(error, ValueError):
        return Reason.FOLDER_NOT_THERE
    if error.errno in _FULL or getattr(error, "winerror", None) == _WINDOWS_FULL:
        return Reason.FOLDER_FULL
    if error.errno in _FORBIDDEN:
        return Reason.FOLDER_NOT_WRITABLE
    if error.errno in _GONE and not os.path.isdir(folder):  # noqa: PTH112 - must not raise for a dead drive
        return Reason.FOLDER_NOT_THERE
    return Reason.FILE_WRITE
