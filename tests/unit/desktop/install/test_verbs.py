"""What installers call the program for, as whole processes with a home of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.install.places import Places
from desktop.install.verbs import announced_at
from tests.support.tree import ROOT

if sys.platform != "linux":
    pytest.skip("the folders are Linux's", allow_module_level=True)


class Home:
    """Somebody's home with a version in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places = Places(folder / ".local" / "opt" / "njordhr")
        program = self.places.program("1.0.0")
        program.parent.mkdir(parents=True)
        program.write_text("x")
        program.chmod(0o755)
        about = {"version": "1.0.0", "build": 7, "schema_max": 3}
        self.places.about("1.0.0").write_text(json.dumps(about))
        self.settings = folder / ".config" / "njordhr" / "agent.json"
        self.entry = folder / ".config" / "autostart" / "njordhr.desktop"

    def call(self, *arguments: str) -> tuple[int, str]:
        code = (
            "import sys; from desktop.install import verbs; "
            "sys.exit(verbs.main(sys.argv[1:], '1.0.0', ['njordhr']))"
        )
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], env=env, capture_output=True, text=True, check=False
        )
        assert done.stderr == "" or "keyring" in done.stderr
        return done.returncode, done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_installed_and_uninstalled_again(home: Home) -> None:
    words = home.folder / "words.txt"
    code, said = home.call("--installed", "--cloud", "http://127.0.0.1:9", "--words", str(words))
    assert code == 0
    assert words.read_text() == said
    assert "could not be reached" in said
    assert json.loads(home.places.state.read_text())["good"] == "1.0.0"
    assert json.loads(home.settings.read_text())["api_base_url"] == "http://127.0.0.1:9"
    assert home.entry.exists()

    assert home.call("--end-running")[0] == 0
    code, said = home.call("--uninstalling")
    assert code == 0
    assert home.settings.exists()
    assert not home.entry.exists()

    resumes = home.folder / "resumes"
    resumes.mkdir()
    home.settings.write_text(json.dumps({"download_folder": str(resumes)}))
    code, said = home.call("--uninstalling", "--remove-records")
    assert code == 0
    assert "were removed" in said
    assert not home.settings.exists()
    assert resumes.is_dir()


def test_where_new_versions_are_announced_is_read_from_the_bundle(tmp_path: Path) -> None:
    file = tmp_path / "updates.json"
    assert announced_at(file) is None
    file.write_text('{"metadata_url": "https://updates.example.com/metadata/"}')
    place = announced_at(file)
    assert place is not None
    assert place.address == "https://updates.example.com/metadata/timestamp.json"
