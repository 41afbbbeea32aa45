import os
import stat
import tarfile
import tempfile
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.bundles import contents_of, hostile_tar, listed, member, refused, write
from update_manifest import tar_headers
from update_manifest.archives import pack, unpack
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.trees import files_of

CONTENTS = {"a": b"1" * 600, "b/c": b"", "b/d": b"22"}
ROOM = 10_000


def _unpack(archive: bytes, contents: dict[str, bytes], folder: Path, max_bytes: int = ROOM) -> Path:
    (folder / "archive").write_bytes(archive)
    unpack(folder / "archive", listed(contents), folder / "to", max_bytes=max_bytes)
    return folder / "to"


def _packed(folder: Path, contents: dict[str, bytes] = CONTENTS) -> bytes:
    pack(write(folder / "bundle", contents), folder / "packed", level=1)
    return (folder / "packed").read_bytes()


def test_what_was_packed_comes_out(tmp_path: Path) -> None:
    bundle = write(tmp_path / "bundle", CONTENTS, programs=("b/d",))

    files = pack(bundle, tmp_path / "packed", level=1)
    unpack(tmp_path / "packed", files, tmp_path / "to", max_bytes=ROOM)

    assert contents_of(tmp_path / "to") == CONTENTS
    assert files_of(tmp_path / "to") == files == files_of(bundle)


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "2").mkdir()
    one = _packed(tmp_path)
    os.utime(write(tmp_path / "2" / "bundle", CONTENTS) / "a", (5, 5))

    assert _packed(tmp_path / "2") == one


def test_the_mask_of_the_process_takes_nothing_away(tmp_path: Path) -> None:
    files = pack(write(tmp_path / "bundle", {"a": b"1"}, programs=("a",)), tmp_path / "packed", level=1)
    before = os.umask(0o077)
    try:
        unpack(tmp_path / "packed", files, tmp_path / "to", max_bytes=ROOM)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "to" / "a").stat().st_mode) == 0o755


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("a", tarfile.SYMTYPE, UpdateReason.NOT_A_PLAIN_FILE),
        ("a", tarfile.LNKTYPE, UpdateReason.NOT_A_PLAIN_FILE),
        ("a", tarfile.CHRTYPE, UpdateReason.NOT_A_PLAIN_FILE),
        ("a", tarfile.BLKTYPE, UpdateReason.NOT_A_PLAIN_FILE),
        ("a", tarfile.FIFOTYPE, UpdateReason.NOT_A_PLAIN_FILE),
        ("a", tarfile.DIRTYPE, UpdateReason.NOT_A_PLAIN_FILE),
        ("../a", tarfile.REGTYPE, UpdateReason.PATH_UNSAFE),
        ("/a", tarfile.REGTYPE, UpdateReason.PATH_UNSAFE),
        ("b/../../a", tarfile.REGTYPE, UpdateReason.PATH_UNSAFE),
        ("..\\a", tarfile.REGTYPE, UpdateReason.PATH_UNSAFE),
        ("C:a", tarfile.REGTYPE, UpdateReason.PATH_UNSAFE),
        ("A", tarfile.REGTYPE, UpdateReason.CONTENT_WRONG),
        ("a", b"x", UpdateReason.CONTENT_WRONG),
        ("a", b"L", UpdateReason.CONTENT_WRONG),
        ("a", b"S", UpdateReason.CONTENT_WRONG),
    ],
)
def test_a_member_that_is_not_the_signed_file_is_refused(
    tmp_path: Path, name: str, kind: bytes, reason: UpdateReason
) -> None:
    archive = hostile_tar((member(name, kind, "/etc/passwd"), b""))

    with pytest.raises(UpdateError) as error:
        _unpack(archive, {"a": b""}, tmp_path)

    assert refused(error) is reason
    assert not contents_of(tmp_path / "to")
    assert not (tmp_path / "a").exists()


def _raw(*parts: tuple[str, bytes]) -> bytes:
    whole = b""
    for path, content in parts:
        (file,) = listed({path: content})
        whole += tar_headers.header(file) + content + tar_headers.padding(len(content))
    return whole


ONE = _raw(("a", b"1"))


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        pytest.param(
            _raw(("a", b"1"), ("a", b"1")) + tar_headers.END, UpdateReason.CONTENT_WRONG, id="a file twice"
        ),
        pytest.param(
            _raw(("a", b"1"), ("b", b"1")) + tar_headers.END, UpdateReason.CONTENT_WRONG, id="one more file"
        ),
        pytest.param(_raw(("a", b"2")) + tar_headers.END, UpdateReason.CONTENT_WRONG, id="another content"),
        pytest.param(_raw(("a", b"22")) + tar_headers.END, UpdateReason.CONTENT_WRONG, id="a longer content"),
        pytest.param(_raw(("a", b"")) + tar_headers.END, UpdateReason.CONTENT_WRONG, id="a shorter content"),
        pytest.param(tar_headers.END, UpdateReason.ARCHIVE_DAMAGED, id="no file"),
        pytest.param(b"", UpdateReason.ARCHIVE_DAMAGED, id="nothing"),
        pytest.param(ONE, UpdateReason.ARCHIVE_DAMAGED, id="no end"),
        pytest.param(ONE[:-1], UpdateReason.ARCHIVE_DAMAGED, id="cut off"),
        pytest.param(ONE[:-1] + b"x" + tar_headers.END, UpdateReason.ARCHIVE_DAMAGED, id="padding"),
        pytest.param(ONE + tar_headers.END[:-1], UpdateReason.ARCHIVE_DAMAGED, id="end cut off"),
        pytest.param(ONE + tar_headers.END + b"x", UpdateReason.ARCHIVE_DAMAGED, id="one byte more"),
        pytest.param(
            ONE + tar_headers.END + bytes(5_000_000), UpdateReason.ARCHIVE_DAMAGED, id="a bomb behind"
        ),
        pytest.param(ONE + bytes(512) + ONE, UpdateReason.ARCHIVE_DAMAGED, id="a file behind the end"),
    ],
)
def test_an_archive_of_other_bytes_is_refused(tmp_path: Path, inside: bytes, reason: UpdateReason) -> None:
    with pytest.raises(UpdateError) as error:
        _unpack(zstd.compress(inside), {"a": b"1"}, tmp_path)
    assert refused(error) is reason


def test_another_mode_is_refused(tmp_path: Path) -> None:
    files = pack(write(tmp_path / "bundle", {"a": b"1"}, programs=("a",)), tmp_path / "packed", level=1)
    changed = tuple(file.model_copy(update={"mode": 0o644}) for file in files)

    with pytest.raises(UpdateError):
        unpack(tmp_path / "packed", changed, tmp_path / "to", max_bytes=ROOM)


@pytest.mark.parametrize(
    "after", [b"x", zstd.compress(b"more"), zstd.compress(b"")], ids=["bytes", "a frame", "an empty frame"]
)
def test_nothing_may_follow_the_frame(tmp_path: Path, after: bytes) -> None:
    with pytest.raises(UpdateError) as error:
        _unpack(_packed(tmp_path) + after, CONTENTS, tmp_path)
    assert refused(error) is UpdateReason.ARCHIVE_DAMAGED


def test_more_than_there_is_room_for_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UpdateError) as error:
        _unpack(_packed(tmp_path), CONTENTS, tmp_path, max_bytes=100)
    assert refused(error) is UpdateReason.TOO_LARGE
    assert not (tmp_path / "to").exists()


def test_a_frame_that_wants_much_memory_is_refused(tmp_path: Path) -> None:
    options: dict[int, int] = {
        zstd.CompressionParameter.window_log: 30,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    compressor = zstd.ZstdCompressor(options=options)
    archive = compressor.compress(ONE) + compressor.compress(tar_headers.END) + compressor.flush()

    with pytest.raises(UpdateError) as error:
        _unpack(archive, {"a": b"1"}, tmp_path)
    assert refused(error) is UpdateReason.TOO_LARGE


def test_two_names_that_are_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UpdateError) as error:
        _unpack(zstd.compress(b""), {"a": b"", "A": b""}, tmp_path)
    assert refused(error) is UpdateReason.PATH_UNSAFE


def test_a_folder_that_is_there_already_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()

    with pytest.raises(FileExistsError):
        _unpack(_packed(tmp_path), CONTENTS, tmp_path)


def test_a_file_that_changes_while_it_is_packed_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = write(tmp_path / "bundle", {"a": b"1"})
    files = files_of(bundle)
    monkeypatch.setattr("update_manifest.archives.files_of", lambda _: files)
    (bundle / "a").write_bytes(b"2")

    with pytest.raises(UpdateError) as error:
        pack(bundle, tmp_path / "packed", level=1)
    assert refused(error) is UpdateReason.CONTENT_WRONG


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_no_damage_makes_anything_but_the_signed_files(data: st.DataObject) -> None:
    """Cut off, changed or grown anywhere: it is refused, or it made what was signed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packed = bytearray(_packed(folder))
        at = data.draw(st.integers(0, len(packed) - 1))
        match data.draw(st.sampled_from(["cut", "flip", "grow"])):
            case "cut":
                del packed[at:]
            case "flip":
                packed[at] ^= data.draw(st.integers(1, 255))
            case _:
                packed[at:at] = data.draw(st.binary(min_size=1, max_size=20))
        try:
            made = _unpack(bytes(packed), CONTENTS, folder)
        except UpdateError:
            return
        assert contents_of(made) == CONTENTS
