"""The folder picker sees folders and nothing else."""

from pathlib import Path

import pytest

from agent_core.errors import FilesError
from agent_core.local_api.folders import list_folder, make_folder
from protocol.reasons import Reason


def test_folders_are_listed_and_files_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("Zeta", "alpha", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "file.pdf").write_text("", encoding="utf-8")
    (tmp_path / "broken").symlink_to(tmp_path / "gone")
    listing = list_folder(str(tmp_path))
    assert [folder.name for folder in listing.folders] == ["alpha", "Zeta"]
    assert listing.parent == str(tmp_path.parent)
    assert listing.folders[0].path == str(tmp_path / "alpha")


def test_without_a_path_it_is_the_persons_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert list_folder("").path == str(tmp_path)


def test_the_root_has_no_parent() -> None:
    assert list_folder("/").parent is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("relative", Reason.FOLDER_NOT_ABSOLUTE),
        ("/tmp/../etc", Reason.FOLDER_NOT_ABSOLUTE),
        ("/a\0b", Reason.FOLDER_NOT_ABSOLUTE),
        ("/nowhere/at/all", Reason.FOLDER_NOT_THERE),
        ("/etc/hostname", Reason.FOLDER_NOT_THERE),
    ],
)
def test_what_is_no_folder_is_refused(path: str, reason: Reason) -> None:
    with pytest.raises(FilesError) as caught:
        list_folder(path)
    assert caught.value.reason is reason


def test_a_folder_is_made_inside_one_that_is_there(tmp_path: Path) -> None:
    made = make_folder(str(tmp_path / "Resumes"))
    assert made.is_dir()
    assert make_folder(str(made)) == made
    with pytest.raises(FilesError) as caught:
        make_folder(str(tmp_path / "a" / "b"))
    assert caught.value.reason is Reason.FOLDER_NOT_THERE
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FilesError):
        make_folder(str(tmp_path / "file"))
