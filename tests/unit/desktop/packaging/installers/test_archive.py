"""The archive for one person on Linux is unpacked, installed and removed for real."""

import io
import json
import os
import subprocess
import tarfile
from pathlib import Path

import pytest
from backports import zstd

from desktop.packaging.installers.archive import linux_archive
from desktop.packaging.installers.contents import Contents
from desktop.packaging.installers.linux import menu_entry
from tests.support.windows_program import make_contents


class Person:
    """Somebody's home, with an unpacked archive in it."""

    def __init__(self, folder: Path, archive: Path) -> None:
        """Unpack the archive."""
        self.home, self.unpacked, self._calls = (
            folder / "home",
            folder / f"unpacked-{archive.stem}",
            folder / "calls",
        )
        self.home.mkdir(exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(zstd.decompress(archive.read_bytes()))) as tar:
            tar.extractall(self.unpacked, filter="data")
        self.root = self.home / ".local" / "opt" / "njordhr"

    def start(self, script: Path, *arguments: str, code: int = 0) -> int:
        """Run a script as that person."""
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "CALLS": str(self._calls),
            "CODE": str(code),
        }
        self._calls.unlink(missing_ok=True)
        done = subprocess.run(
            [script, *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        return done.returncode

    def install(self, *arguments: str, code: int = 0) -> int:
        """Run the archive's installer."""
        (folder,) = self.unpacked.iterdir()
        return self.start(folder / "install.sh", *arguments, code=code)

    def called(self) -> list[str]:
        """Return how programs were called by the last script."""
        return self._calls.read_text().splitlines() if self._calls.exists() else []


@pytest.fixture
def person(tmp_path: Path, contents: Contents) -> Person:
    return Person(tmp_path, linux_archive(contents, tmp_path, tmp_path / "work"))


def test_the_same_contents_make_the_same_bytes(tmp_path: Path, contents: Contents) -> None:
    first = linux_archive(contents, tmp_path, tmp_path / "work").read_bytes()
    (contents.bundle / "build.json").touch()
    assert linux_archive(contents, tmp_path, tmp_path / "elsewhere").read_bytes() == first


def test_it_is_laid_out_as_the_launcher_expects(person: Person) -> None:
    assert person.install("--cloud", "office.example.com", "--no-start-at-login") == 0
    assert person.called() == ["njordhr --installed --cloud office.example.com --no-start-at-login"]
    assert json.loads((person.root / "versions/1.0.0/build.json").read_text())["version"] == "1.0.0"
    assert os.access(person.root / "launcher" / "njordhr-launcher", os.X_OK)
    entry = person.home / ".local/share/applications/njordhr.desktop"
    assert entry.read_text() == menu_entry(f"{person.root}/launcher/njordhr-launcher")
    assert (person.home / ".local/share/icons/hicolor/48x48/apps/njordhr.png").is_file()


def test_a_second_time_it_ends_what_runs_and_puts_a_whole_version_there(person: Person) -> None:
    person.install()
    (person.root / "versions/1.0.0/left over").touch()
    assert person.install("--no-start") == 0
    assert person.called() == ["njordhr-launcher --end-running", "njordhr --installed"]
    assert not (person.root / "versions/1.0.0/left over").exists()
    assert list((person.root / "staging").iterdir()) == []


def test_an_older_version_does_not_stay_beside_a_newer_one(tmp_path: Path, person: Person) -> None:
    person.install()
    newer = make_contents(
        tmp_path, (person.root / "launcher/njordhr-launcher").read_bytes(), "1.1.0", windows=False
    )
    other = Person(tmp_path, linux_archive(newer, tmp_path, tmp_path / "work"))
    assert other.install(code=3) == 3
    assert [path.name for path in (person.root / "versions").iterdir()] == ["1.0.0"]


def test_what_a_newer_version_goes_back_to_is_as_it_was_when_the_same_is_refused(person: Person) -> None:
    person.install()
    (person.root / "versions/1.0.0/its own").touch()
    (person.root / "lists").mkdir()
    (person.root / "lists/1.0.0.json").write_text("its own")
    assert person.install(code=3) == 3
    assert (person.root / "versions/1.0.0/its own").exists()
    assert (person.root / "lists/1.0.0.json").read_text() == "its own"
    assert list((person.root / "staging").iterdir()) == []


def test_the_menu_starts_the_launcher_of_a_home_with_odd_signs(tmp_path: Path, contents: Contents) -> None:
    odd = tmp_path / 'a \\ "b" $c `d` 100%'
    odd.mkdir()
    person = Person(odd, linux_archive(contents, tmp_path, tmp_path / "work"))
    assert person.install() == 0
    entry = person.home / ".local/share/applications/njordhr.desktop"
    assert entry.read_text() == menu_entry(f"{person.root}/launcher/njordhr-launcher")


def test_uninstalling_leaves_what_is_the_persons(person: Person) -> None:
    person.install()
    own = person.root / "my notes.txt"
    own.touch()
    assert person.start(person.root / "uninstall.sh") == 0
    assert person.called() == ["njordhr-launcher --uninstalling"]
    assert [path for path in person.home.rglob("*") if path.is_file()] == [own]
    person.install()
    assert person.start(person.root / "uninstall.sh", "--remove-records") == 0
    assert person.called() == ["njordhr-launcher --uninstalling --remove-records"]
