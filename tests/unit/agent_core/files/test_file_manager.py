"""The file manager is started with an argument list, and its absence is said."""

from pathlib import Path

import pytest

from agent_core.errors import FilesError
from agent_core.files.file_manager import command, show
from protocol.reasons import Reason
from tests.support.agent_rig import eventually


@pytest.mark.parametrize(
    ("platform", "of_file", "of_folder"),
    [
        ("linux", ["xdg-open", "{folder}"], ["xdg-open", "{folder}"]),
        ("darwin", ["open", "-R", "{file}"], ["open", "{folder}"]),
        ("win32", ["explorer.exe", "/select,", "{file}"], ["explorer.exe", "{folder}"]),
    ],
)
def test_the_file_is_marked_where_that_can_be_done(
    tmp_path: Path, platform: str, of_file: list[str], of_folder: list[str]
) -> None:
    file = tmp_path / "a resume; rm -rf $HOME.pdf"
    file.touch()
    assert command(file, platform) == [part.format(file=file, folder=tmp_path) for part in of_file]
    assert command(tmp_path, platform) == [part.format(folder=tmp_path) for part in of_folder]


def test_the_program_is_started_with_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, programs = tmp_path / "seen", tmp_path / "programs"
    programs.mkdir()
    stand_in = programs / "xdg-open"
    stand_in.write_text(f'#!/bin/sh\nprintf %s "$1" > "{seen}.part"\nmv "{seen}.part" "{seen}"\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    show(tmp_path, "linux")
    eventually(seen.exists)
    assert seen.read_text() == str(tmp_path)


def test_a_computer_without_a_file_manager_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FilesError) as caught:
        show(tmp_path, "linux")
    assert caught.value.reason is Reason.FOLDER_NOT_SHOWN
