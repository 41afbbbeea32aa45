from pathlib import Path

import pytest

from update_manifest.release.placing import put


def test_bytes_and_files_are_put_in_place_with_their_folders(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b" / "one", b"bytes")
    put(tmp_path / "c" / "two", tmp_path / "a" / "b" / "one")
    assert (tmp_path / "c" / "two").read_bytes() == b"bytes"
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["one", "two"]


def test_what_was_there_stays_when_the_new_cannot_be_read(tmp_path: Path) -> None:
    put(tmp_path / "one", b"before")
    with pytest.raises(FileNotFoundError):
        put(tmp_path / "one", tmp_path / "nothing")
    assert (tmp_path / "one").read_bytes() == b"before"
