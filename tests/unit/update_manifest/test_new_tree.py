from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.bundles import contents_of, listed, refused
from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.new_tree import NewTree

(FILE,) = listed({"a/b/c": b"12"})


def test_a_file_gets_its_folders(tmp_path: Path) -> None:
    with NewTree(tmp_path / "to") as tree:
        tree.add(FILE, iter([b"1", b"2"]))

    assert contents_of(tmp_path / "to") == {"a/b/c": b"12"}


@pytest.mark.parametrize("blocks", [[b"1"], [b"12", b"3"], [b"21"], []])
def test_another_content_is_refused(tmp_path: Path, blocks: list[bytes]) -> None:
    with pytest.raises(UpdateError) as error, NewTree(tmp_path / "to") as tree:
        tree.add(FILE, blocks)
    assert refused(error) is UpdateReason.CONTENT_WRONG


def test_endless_content_is_cut_off(tmp_path: Path) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(100)

    with pytest.raises(UpdateError), NewTree(tmp_path / "to") as tree:
        tree.add(FILE, endless())


def test_a_file_is_never_written_twice_nor_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").touch()
    with NewTree(tmp_path / "to") as tree:
        (tmp_path / "to" / "a").mkdir()
        (tmp_path / "to" / "a" / "b").mkdir()
        (tmp_path / "to" / "a" / "b" / "c").symlink_to(tmp_path / "outside")
        with pytest.raises(FileExistsError):
            tree.add(FILE, [b"12"])

    assert (tmp_path / "outside").read_bytes() == b""
