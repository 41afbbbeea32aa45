import json
import tempfile
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bundles import contents_of, listed, refused, write
from update_manifest.deltas import LENGTH, MAGIC, apply
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.release.deltas import make
from update_manifest.trees import files_of, tree_sha256

OLD = {"a": b"some words " * 90, "b/c": b"stays", "gone": b"gone"}
NEW = {
    "a": b"some words " * 40 + b"!" + b"some words " * 50,
    "b/c": b"stays",
    "new": b"new",
    "moved/c": b"gone",
}
ROOM = 10_000


def _apply(delta: bytes, folder: Path, new: dict[str, bytes] = NEW, *, old: dict[str, bytes] = OLD) -> Path:
    write(folder / "old", old)
    (folder / "delta").write_bytes(delta)
    apply(
        folder / "delta",
        folder / "old",
        listed(new),
        folder / "to",
        from_tree=tree_sha256(listed(OLD)),
        max_bytes=ROOM,
    )
    return folder / "to"


def _made(folder: Path) -> bytes:
    assert make(write(folder / "one", OLD), write(folder / "two", NEW), folder / "made", level=3)
    return (folder / "made").read_bytes()


def _delta(index: object, frames: bytes = b"") -> bytes:
    text = json.dumps(index).encode()
    return zstd.compress(MAGIC + LENGTH.pack(len(text)) + text + frames)


def test_the_old_bundle_and_a_delta_make_the_new_one(tmp_path: Path) -> None:
    made = _made(tmp_path)

    assert contents_of(_apply(made, tmp_path)) == NEW
    assert files_of(tmp_path / "to") == listed(NEW)
    assert len(made) < 200


def test_an_installed_bundle_that_changed_is_not_built_upon(tmp_path: Path) -> None:
    with pytest.raises(UpdateError) as error:
        _apply(_made(tmp_path), tmp_path, old={**OLD, "a": b"edited"})
    assert refused(error) is UpdateReason.BASE_CHANGED
    assert not (tmp_path / "to").exists()


FRAME = zstd.compress(b"new")


@pytest.mark.parametrize(
    ("delta", "reason"),
    [
        (b"", UpdateReason.ARCHIVE_DAMAGED),
        (b"NJDELTA1", UpdateReason.ARCHIVE_DAMAGED),
        (zstd.compress(b"NJDELTA2" + LENGTH.pack(2) + b"[]"), UpdateReason.ARCHIVE_DAMAGED),
        (zstd.compress(MAGIC + LENGTH.pack(5) + b"["), UpdateReason.ARCHIVE_DAMAGED),
        (zstd.compress(MAGIC + LENGTH.pack(2**32 - 1)), UpdateReason.TOO_LARGE),
        (_delta([{"path": "nowhere", "length": len(FRAME)}], FRAME), UpdateReason.ARCHIVE_DAMAGED),
        (_delta([{"path": "new", "length": len(FRAME)}], FRAME) + b"x", UpdateReason.ARCHIVE_DAMAGED),
        (_delta({"path": "new"}), UpdateReason.ARCHIVE_DAMAGED),
        (_delta([]), UpdateReason.ARCHIVE_DAMAGED),
        (_delta([{"path": "../new", "length": len(FRAME)}], FRAME), UpdateReason.ARCHIVE_DAMAGED),
        (
            _delta([{"path": "new", "base": "/etc/passwd", "length": len(FRAME)}], FRAME),
            UpdateReason.ARCHIVE_DAMAGED,
        ),
        (
            _delta([{"path": "new", "base": "nowhere", "length": len(FRAME)}], FRAME),
            UpdateReason.ARCHIVE_DAMAGED,
        ),
        (_delta([{"path": "new", "length": len(FRAME)}] * 2, FRAME * 2), UpdateReason.ARCHIVE_DAMAGED),
        (_delta([{"path": "new", "length": len(FRAME) + 1}], FRAME), UpdateReason.ARCHIVE_DAMAGED),
        (_delta([{"path": "new", "length": len(FRAME)}], FRAME + b"x"), UpdateReason.ARCHIVE_DAMAGED),
        (_delta([{"path": "new", "length": len(FRAME) + 1}], FRAME + b"x"), UpdateReason.ARCHIVE_DAMAGED),
        (_delta([{"path": "new", "length": -1}]), UpdateReason.ARCHIVE_DAMAGED),
    ],
)
def test_what_is_no_delta_is_refused(tmp_path: Path, delta: bytes, reason: UpdateReason) -> None:
    with pytest.raises(UpdateError) as error:
        _apply(delta, tmp_path, {"new": b"new"})
    assert refused(error) is reason


def test_a_patch_that_makes_another_file_is_refused(tmp_path: Path) -> None:
    other = zstd.compress(b"NEW")

    with pytest.raises(UpdateError) as error:
        _apply(_delta([{"path": "new", "length": len(other)}], other), tmp_path, {"new": b"new"})
    assert refused(error) is UpdateReason.CONTENT_WRONG


def test_a_bomb_is_cut_off(tmp_path: Path) -> None:
    bomb = zstd.compress(bytes(10_000_000))

    with pytest.raises(UpdateError) as error:
        _apply(_delta([{"path": "new", "length": len(bomb)}], bomb), tmp_path, {"new": bytes(3)})
    assert refused(error) is UpdateReason.ARCHIVE_DAMAGED


def test_more_than_there_is_room_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UpdateError) as error:
        _apply(_delta([]), tmp_path, {"a": bytes(ROOM + 1)})
    assert refused(error) is UpdateReason.TOO_LARGE


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_no_damage_makes_anything_but_the_signed_files(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = bytearray(_made(folder))
        at = data.draw(st.integers(0, len(made) - 1))
        if data.draw(st.booleans()):
            del made[at:]
        else:
            made[at] ^= data.draw(st.integers(1, 255))
        try:
            new = _apply(bytes(made), folder)
        except UpdateError:
            return
        assert contents_of(new) == NEW
