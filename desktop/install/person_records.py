"""Removing what NjordHR keeps of a person on this computer, when they ask for that; never their resumes."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from agent_core.cloud.pairing import DEVICE_TOKEN
from agent_core.cloud.people import REFRESH_TOKEN, USER_ID
from agent_core.cloud.sealing import PRIVATE_KEY
from agent_core.ports import Secrets
from agent_core.runtime.account import secret_name


def remove_records(folders: Sequence[Path], resumes: Path | None) -> list[Path]:
    """Remove these folders, but not the one with the resumes wherever it lies, nor what leads to it.

    Args:
        folders: the agent's records and settings.
        resumes: the download folder; nothing when none was chosen.

    Returns:
        What could not be removed, or was kept for the resumes.
    """
    kept: list[Path] = []
    for folder in folders:
        kept += _remove(folder, resumes.resolve() if resumes is not None else None)
    return kept


def forget_secrets(secrets: Secrets, username: str) -> None:
    """Have the keyring forget the logins, and what makes this computer one of the office's.

    Args:
        secrets: the keyring.
        username: of the job portal; empty when none is known.
    """
    for name in (DEVICE_TOKEN, REFRESH_TOKEN, USER_ID, PRIVATE_KEY, secret_name(username)):
        secrets.drop(name)


def _remove(path: Path, resumes: Path | None) -> list[Path]:
    """Remove one thing; a folder piece by piece where the resumes are inside of it."""
    here = path.resolve()
    if resumes is not None and (here == resumes or resumes in here.parents):
        return [path]
    if resumes is not None and here in resumes.parents and not path.is_symlink():
        return [kept for inside in path.iterdir() for kept in _remove(inside, resumes)]
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return [path]
    return []
