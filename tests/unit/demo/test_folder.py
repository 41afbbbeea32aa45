"""The demo's folder: never anybody else's."""

from pathlib import Path

import pytest

from demo.folder import DemoFolder, NotADemoFolderError


def test_a_new_folder_is_claimed_and_known_again(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path / "demo")
    assert not folder.is_ours()
    folder.claim()
    folder.claim()
    assert folder.is_ours()


def test_an_empty_folder_is_claimed(tmp_path: Path) -> None:
    DemoFolder(tmp_path).claim()
    assert DemoFolder(tmp_path).is_ours()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    folder = DemoFolder(tmp_path)
    for refused in (folder.claim, folder.wipe):
        with pytest.raises(NotADemoFolderError):
            refused()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(NotADemoFolderError):
        DemoFolder(file).claim()


@pytest.mark.parametrize("mark", ["", "[]", "{}", '{"what": "something else"}', "\udcff"])
def test_another_mark_is_not_ours(tmp_path: Path, mark: str) -> None:
    folder = DemoFolder(tmp_path)
    folder.mark.write_bytes(mark.encode("utf-8", "surrogateescape"))
    assert not folder.is_ours()


def test_wiping_leaves_an_empty_demo_and_what_a_link_points_to(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.pdf").write_text("x")
    folder = DemoFolder(tmp_path / "demo")
    folder.claim()
    (folder.resumes / "Master").mkdir(parents=True)
    folder.agent_json.write_text("{}")
    (folder.root / "link").symlink_to(outside, target_is_directory=True)
    folder.wipe()
    assert [path.name for path in folder.root.iterdir()] == [folder.mark.name]
    assert (outside / "kept.pdf").exists()
