"""What is needed stays, the rest goes."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.install import cleanup, switch
from desktop.install.cleanup import clean_up, set_aside
from desktop.install.places import Places
from desktop.install.state import PersonFiles, StateFile
from desktop.install.versions import write_list
from tests.support.launcher.bundles import put

VERSIONS = ("0.8.0", "0.9.0", "1.0.0", "1.1.0", "1.2.0")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / "root", "linux")
    for version in VERSIONS:
        put(places, version)
        write_list(places, version, [])
    switch.adopt(places, "1.0.0")
    backups = tmp_path / "data" / "backups"
    backups.mkdir(parents=True)
    for name in ("pre-0.9.0.sqlite3", "pre-0.9.0.agent.json", "pre-1.1.0.sqlite3", "other.txt"):
        (backups / name).write_text("x", encoding="ascii")
    person = PersonFiles(str(tmp_path / "data" / "agent.sqlite3"), str(tmp_path / "agent.json"))
    file = StateFile(places.state)
    file.begin(replace(file.read(), previous="0.9.0", pending="1.1.0", attempt="a" * 32, person=person))
    return places


def test_old_versions_and_their_files_go(places: Places, tmp_path: Path) -> None:
    for folder, names in {
        places.staging: ("gone-x", "1.3.0"),
        places.downloads: ("aa", "bb.part", "cc.part"),
        places.probation: (f"{'a' * 32}.request.json", f"{'b' * 32}.request.json"),
    }.items():
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_text("x", encoding="ascii")
    (places.versions / "mine").mkdir()
    assert clean_up(places, keep_downloads=frozenset({"cc"})) == ["0.8.0", "1.2.0"]
    assert sorted(path.name for path in places.versions.iterdir()) == ["0.9.0", "1.0.0", "1.1.0", "mine"]
    assert sorted(path.stem for path in places.lists.iterdir()) == ["0.9.0", "1.0.0", "1.1.0"]
    assert [path.name for path in places.staging.iterdir()] == ["1.3.0"]
    assert [path.name for path in places.downloads.iterdir()] == ["cc.part"]
    assert [path.name for path in places.probation.iterdir()] == [f"{'a' * 32}.request.json"]
    backups = tmp_path / "data" / "backups"
    assert sorted(path.name for path in backups.iterdir()) == ["other.txt", "pre-1.1.0.sqlite3"]


def test_without_a_state_nothing_goes(places: Places) -> None:
    places.state.unlink()
    assert clean_up(places) == []
    assert len(list(places.versions.iterdir())) == len(VERSIONS)


def test_a_version_that_runs_on_windows_stays_whole(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(cleanup, "move", refuse)
    assert clean_up(places) == []
    assert places.program("0.8.0").is_file()
    assert places.list_of("0.8.0").is_file()


def test_a_version_leaves_at_once(places: Places) -> None:
    set_aside(places, places.version("0.8.0"))
    assert not places.version("0.8.0").exists()
    assert not list(places.staging.iterdir())
