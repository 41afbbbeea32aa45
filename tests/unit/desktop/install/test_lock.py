"""One has the lock, and the system takes it back from who ends."""

from pathlib import Path

import pytest

from desktop.install.lock import FileLock, LockedError


def test_one_at_a_time(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock"), pytest.raises(LockedError):
        FileLock(tmp_path / "lock", patience_seconds=0.06).take()
    again = FileLock(tmp_path / "lock")
    again.take()
    again.release()
    again.release()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "no" / "lock").take()
