"""The names in a folder are synced with the folder."""

from pathlib import Path

import pytest

from agent_core.durable import sync_folder


def test_a_folder_is_synced(tmp_path: Path) -> None:
    sync_folder(tmp_path)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "gone")
