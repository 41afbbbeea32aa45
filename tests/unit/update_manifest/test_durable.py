"""Files that are whole or as they were, and one writer at a time."""

from pathlib import Path

import pytest

from update_manifest import durable
from update_manifest.errors import UpdateError, UpdateReason


def test_a_file_is_put_in_place_and_left_alone_when_it_is_right(tmp_path: Path) -> None:
    path = tmp_path / "file"
    durable.write(path, b"one")
    first = path.stat().st_ino
    durable.write(path, b"one")
    assert path.stat().st_ino == first
    durable.write(path, b"two")
    assert durable.read(path) == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_nothing_is_read_of_what_is_not_there(tmp_path: Path) -> None:
    assert durable.read(tmp_path / "none") is None


def test_one_at_a_time(tmp_path: Path) -> None:
    with durable.alone(tmp_path):
        with pytest.raises(UpdateError) as refused, durable.alone(tmp_path):
            pass
        assert refused.value.reason is UpdateReason.BUSY
    with durable.alone(tmp_path):
        pass
