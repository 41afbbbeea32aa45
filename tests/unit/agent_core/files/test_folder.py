"""The download folder on a real disk."""

import errno
from pathlib import Path

import pytest

from agent_core.errors import FilesError
from agent_core.files import atomic
from agent_core.files.folder import LocalResumeFiles
from protocol.reasons import Reason

FILES = LocalResumeFiles()
PATH = "2nd_Officer/2nd_Officer_0042.pdf"


def test_what_was_written_can_be_read(tmp_path: Path) -> None:
    stored = FILES.write(tmp_path, PATH, b"%PDF")
    assert (stored.relative_path, stored.length) == (PATH, 4)
    assert FILES.exists(tmp_path, PATH)
    assert FILES.read(tmp_path, PATH) == b"%PDF"
    assert FILES.locate(tmp_path, PATH) == tmp_path / PATH


def test_only_what_lies_in_the_folder_is_located(tmp_path: Path) -> None:
    folder, outside = tmp_path / "resumes", tmp_path / "outside.pdf"
    folder.mkdir()
    outside.write_bytes(b"%PDF")
    (folder / "link.pdf").symlink_to(outside)
    for path in ("../outside.pdf", str(outside), "link.pdf", "gone.pdf"):
        with pytest.raises(FilesError) as caught:
            FILES.locate(folder, path)
        assert caught.value.reason is Reason.RESUME_NOT_HERE


def test_nothing_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(FilesError):
        FILES.write(tmp_path, PATH, b"")
    assert list(tmp_path.iterdir()) == []


def test_a_good_folder_is_left_as_it_was(tmp_path: Path) -> None:
    state = FILES.check(tmp_path)
    assert state.reason is None
    assert state.free_bytes
    assert list(tmp_path.iterdir()) == []


def test_folders_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert FILES.check(tmp_path / "gone").reason is Reason.FOLDER_NOT_THERE
    assert FILES.check(tmp_path / "file").reason is Reason.FOLDER_NOT_THERE
    assert FILES.check(tmp_path / "a\x00b").reason is Reason.FOLDER_NOT_THERE
    assert FILES.check(Path("resumes")).reason is Reason.FOLDER_NOT_ABSOLUTE


def test_a_folder_that_is_gone_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FilesError) as caught:
        FILES.write(tmp_path / "drive", PATH, b"%PDF")
    assert caught.value.reason is Reason.FOLDER_NOT_THERE
    assert not (tmp_path / "drive").exists()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "full"), Reason.FOLDER_FULL),
        (OSError(errno.EDQUOT, "quota"), Reason.FOLDER_FULL),
        (PermissionError(errno.EACCES, "no"), Reason.FOLDER_NOT_WRITABLE),
        (OSError(errno.EROFS, "read-only"), Reason.FOLDER_NOT_WRITABLE),
        (atomic.ReplaceRefusedError(errno.EACCES, "open elsewhere"), Reason.FILE_IN_USE),
        (OSError(errno.EIO, "broken"), Reason.FILE_WRITE),
        (FileNotFoundError(errno.ENOENT, "only the file"), Reason.FILE_WRITE),
    ],
)
def test_what_a_disk_says_has_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: Reason
) -> None:
    FILES.write(tmp_path, PATH, b"old")

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(atomic, "write_whole", refuse)
    with pytest.raises(FilesError) as caught:
        FILES.write(tmp_path, PATH, b"new")
    assert caught.value.reason is reason
    assert FILES.read(tmp_path, PATH) == b"old"


def test_a_folder_that_takes_no_file_is_not_a_resume_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise FileNotFoundError(errno.ENOENT, "as below /proc")

    monkeypatch.setattr(atomic, "probe", refuse)
    assert FILES.check(tmp_path).reason is Reason.FOLDER_NOT_WRITABLE


def test_a_file_that_another_program_holds_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FILES.write(tmp_path, PATH, b"old")

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "held by a reader")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FilesError) as caught:
        FILES.write(tmp_path, PATH, b"new")
    assert caught.value.reason is Reason.FILE_IN_USE
    assert FILES.read(tmp_path, PATH) == b"old"
    assert [path.name for path in (tmp_path / "2nd_Officer").iterdir()] == ["2nd_Officer_0042.pdf"]


@pytest.mark.parametrize(
    "path", ["../a.pdf", "/etc/passwd", "a/../../b.pdf", "", "a//b.pdf", "a\\..\\b.pdf", "C:/a.pdf", "a/./b"]
)
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(FilesError):
        FILES.write(folder, path, b"%PDF")
    with pytest.raises(FilesError):
        FILES.read(folder, path)
    assert not FILES.exists(folder, path)
    assert [each.name for each in tmp_path.rglob("*")] == ["folder"]


@pytest.mark.parametrize("link", ["folder", "file"])
def test_no_link_leads_out_of_the_folder(tmp_path: Path, link: str) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "2nd_Officer_0042.pdf").write_bytes(b"secret")
    if link == "folder":
        (inside / "2nd_Officer").symlink_to(outside, target_is_directory=True)
    else:
        (inside / "2nd_Officer").mkdir()
        (inside / PATH).symlink_to(outside / "2nd_Officer_0042.pdf")
    for act in (lambda: FILES.write(inside, PATH, b"%PDF"), lambda: FILES.read(inside, PATH)):
        with pytest.raises(FilesError):
            act()
    assert not FILES.exists(inside, PATH)
    assert (outside / "2nd_Officer_0042.pdf").read_bytes() == b"secret"


def test_reading_what_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FilesError) as caught:
        FILES.read(tmp_path, PATH)
    assert caught.value.reason is Reason.RESUME_NOT_HERE
    with pytest.raises(FilesError) as caught:
        FILES.read(tmp_path / "drive", PATH)
    assert caught.value.reason is Reason.FOLDER_NOT_THERE


def test_defect_5_the_path_of_one_person_is_never_the_path_of_another() -> None:
    assert FILES.resume_path("Master", "42") != FILES.resume_path("Master", "042")
    assert FILES.resume_path("Master", "2024") != FILES.resume_path("Master", "20240")
