"""Exports are saved whole or not at all."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_core.errors import FilesError
from agent_core.files.exports import LocalExportFiles, with_ending
from protocol.reasons import Reason

FILES = LocalExportFiles()


def refusal(path: Path, *pieces: bytes) -> Reason:
    with pytest.raises(FilesError) as caught:
        FILES.save(path, pieces)
    return caught.value.reason


def test_pieces_become_one_file_and_replace_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"older")
    assert FILES.save(target, [b"one", b"", b"two"]) == 6
    assert target.read_bytes() == b"onetwo"
    assert [left.name for left in tmp_path.iterdir()] == ["a.zip"]


def test_what_the_pieces_raise_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"older")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionAbortedError

    with pytest.raises(FilesError):
        FILES.save(target, pieces())
    assert target.read_bytes() == b"older"
    assert [left.name for left in tmp_path.iterdir()] == ["a.zip"]


def test_a_full_disk_is_told_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"older")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert refusal(target, b"new") is Reason.EXPORT_DISK_FULL
    assert target.read_bytes() == b"older"
    assert [left.name for left in tmp_path.iterdir()] == ["a.zip"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone" / "a.zip", b"x") is Reason.EXPORT_NOT_SAVED
    assert refusal(tmp_path, b"x") is Reason.EXPORT_NOT_SAVED
    assert refusal(Path("relative.zip"), b"x") is Reason.EXPORT_NOT_SAVED


def test_the_ending_is_added_unless_that_takes_another_file(tmp_path: Path) -> None:
    assert with_ending(tmp_path / "a.ZIP") == tmp_path / "a.ZIP"
    assert with_ending(tmp_path / "crew 1.5") == tmp_path / "crew 1.5.zip"
    (tmp_path / "b.zip").touch()
    assert with_ending(tmp_path / "b") == tmp_path / "b"
