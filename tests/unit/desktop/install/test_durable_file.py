"""A file is the old one or the new one."""

import os
from pathlib import Path

import pytest

from desktop.install import durable_file
from desktop.install.durable_file import move, replace, write_whole


def test_a_file_is_replaced_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    write_whole(file, b"one")
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_failure_leaves_the_old_one_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "state.json"
    write_whole(file, b"one")

    def fail(descriptor: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        write_whole(file, b"two")
    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_is_moved(tmp_path: Path) -> None:
    (tmp_path / "a" / "one").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    move(tmp_path / "a" / "one", tmp_path / "b" / "one")
    assert (tmp_path / "b" / "one").is_dir()


def test_windows_is_asked_again_while_somebody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse_once(self: Path, target: Path) -> None:
        asked.append(target)
        if len(asked) == 1:
            raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse_once)
    with pytest.raises(PermissionError):
        replace(tmp_path, tmp_path)
    asked.clear()
    monkeypatch.setattr(durable_file, "_IS_PATIENT", True)
    replace(tmp_path, tmp_path)
    assert len(asked) == 2
