"""What an installation needs no more: old versions, archives, and the saved records of updates that ended.

Standard library only. A folder leaves `versions` by one rename, so that none is ever half there.
"""

import contextlib
import shutil
import uuid
from pathlib import Path

from desktop.install.durable_file import move
from desktop.install.journal import Happened, Journal
from desktop.install.places import Places, is_version
from desktop.install.saved import saved_files
from desktop.install.state import InstallState, StateBusyError, StateFile, StateUnreadableError

_GONE = "gone-"


def clean_up(places: Places, *, keep_downloads: frozenset[str] = frozenset()) -> list[str]:
    """Remove what is needed no more; what cannot be removed now stays until the next time.

    Args:
        places: of the installation.
        keep_downloads: SHA-256 of archives that are still wanted.

    Returns:
        The versions that were removed.
    """
    file = StateFile(places.state)
    removed: list[str] = []
    try:
        with file.held():
            state = file.read()
            removed = _retire(places, state)
            _remove_gone(places)
            _remove_saved(state)
            _remove_attempts(places, state)
    except (StateUnreadableError, StateBusyError, OSError):
        return removed  # the launcher makes a state first, or somebody works here; there is a next time
    for path in _children(places.downloads):
        if path.name.partition(".")[0] not in keep_downloads:
            _remove(path)
    return removed


def set_aside(places: Places, folder: Path) -> None:
    """Take a version out of `versions` at once, to be removed.

    Raises:
        OSError: it cannot be moved, as while it runs on Windows.
    """
    places.staging.mkdir(parents=True, exist_ok=True)
    gone = places.staging / f"{_GONE}{uuid.uuid4().hex}"
    move(folder, gone)
    shutil.rmtree(gone, ignore_errors=True)


def _retire(places: Places, state: InstallState) -> list[str]:
    removed = []
    for folder in _children(places.versions):
        if not is_version(folder.name) or folder.name in state.needed:
            continue
        with contextlib.suppress(OSError):
            set_aside(places, folder)
            places.list_of(folder.name).unlink(missing_ok=True)
            Journal(places.journal).note(Happened.REMOVED, folder.name)
            removed.append(folder.name)
    return removed


def _remove_gone(places: Places) -> None:
    """Remove what was to be removed. What is being built is `stage`'s, which begins anew by itself."""
    for path in _children(places.staging):
        if path.name.startswith(_GONE):
            _remove(path)


def _remove_saved(state: InstallState) -> None:
    if state.person is None:
        return
    for version, path in saved_files(Path(state.person.database)):
        if version != state.pending:
            _remove(path)


def _remove_attempts(places: Places, state: InstallState) -> None:
    for path in _children(places.probation):
        if path.name.partition(".")[0] != state.attempt:
            _remove(path)


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
