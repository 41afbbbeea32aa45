"""Folders of this computer, for a page that chooses one. Names of files are never told."""

import os
from pathlib import Path

from agent_core.errors import FilesError
from agent_core.local_api.schemas import FolderEntry, FolderListing
from protocol.reasons import Reason

MOST_LISTED = 1000


def list_folder(path: str) -> FolderListing:
    """Return the folders inside this one, hidden ones left out; the person's home without a path.

    Raises:
        FilesError: the path is not whole, is not there, or may not be read.
    """
    folder = _whole(path) if path else Path.home()
    try:
        with os.scandir(folder) as entries:
            names = sorted((entry.name for entry in entries if _is_shown(entry)), key=str.casefold)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FilesError(Reason.FOLDER_NOT_THERE) from error
    except (OSError, ValueError) as error:
        raise FilesError(Reason.FOLDER_NOT_WRITABLE, type(error).__name__) from error
    return FolderListing(
        path=str(folder),
        parent=None if folder.parent == folder else str(folder.parent),
        folders=[FolderEntry(name=name, path=str(folder / name)) for name in names[:MOST_LISTED]],
    )


def make_folder(path: str) -> Path:
    """Make a folder inside one that is there; one that is there already is no error.

    Raises:
        FilesError: the path is not whole, or the folder cannot be made.
    """
    folder = _whole(path)
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError as error:
        raise FilesError(Reason.FOLDER_NOT_THERE) from error
    except (OSError, ValueError) as error:
        raise FilesError(Reason.FOLDER_NOT_WRITABLE, type(error).__name__) from error
    return folder


def _whole(path: str) -> Path:
    folder = Path(path)
    if "\0" in path or not folder.is_absolute() or ".." in folder.parts:
        raise FilesError(Reason.FOLDER_NOT_ABSOLUTE)
    return folder


def _is_shown(entry: "os.DirEntry[str]") -> bool:
    try:
        return not entry.name.startswith(".") and entry.is_dir()
    except OSError:
        return False  # a broken link or a drive that went away: nothing to choose
