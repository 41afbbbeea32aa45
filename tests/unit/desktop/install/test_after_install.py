"""What an installation sets up, once; a later one leaves the person's choices alone."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from agent_core.autostart.systems import FileAutoStart
from desktop.install.after_install import Computer, Wishes, after_install, cloud_address, default_settings
from desktop.install.connection import Place
from desktop.install.places import Places
from desktop.install.state import StateFile


class Installation:
    """Places with versions in them, and a computer around them."""

    def __init__(self, folder: Path) -> None:
        self.places = Places(folder / "root")
        self.settings = folder / "settings" / "agent.json"
        self.entry = folder / "autostart.desktop"
        self.asked: list[str] = []

    def put(self, version: str) -> None:
        program = self.places.program(version)
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("x")
        program.chmod(0o755)
        about = {"version": version, "build": int(version.replace(".", "")), "schema_max": 3}
        self.places.about(version).write_text(json.dumps(about))

    def install(self, version: str, wishes: Wishes | None = None) -> tuple[int, list[str]]:
        self.put(version)
        entry = FileAutoStart(self.entry, b"start", lambda found: found == b"start")
        updates = Place("the place for new versions", "https://updates.example.com/timestamp.json")
        computer = Computer(self.settings, entry, updates, self._connect)
        return after_install(self.places, version, wishes or Wishes(), computer)

    def _connect(self, places: Sequence[Place]) -> list[str]:
        self.asked += [place.address for place in places]
        return ["It was tried."]


@pytest.fixture
def computer(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def test_the_first_time_everything_is_set_up(computer: Installation) -> None:
    code, said = computer.install("1.0.0", Wishes("office.example.com"))
    assert code == 0
    state = StateFile(computer.places.state).read()
    assert (state.current, state.good, state.max_build) == ("1.0.0", "1.0.0", 100)
    written = json.loads(computer.settings.read_text())
    assert (written["api_base_url"], written["auto_start"]) == ("https://office.example.com", True)
    assert "portal" not in written
    assert computer.entry.read_bytes() == b"start"
    assert computer.asked == [
        "https://office.example.com/api/health",
        "https://updates.example.com/timestamp.json",
    ]
    assert said == ["NjordHR 1.0.0 is installed.", "It was tried."]


def test_who_does_not_want_it_at_login_does_not_get_it(computer: Installation) -> None:
    computer.install("1.0.0", Wishes(start_at_login=False))
    assert not computer.entry.exists()
    assert json.loads(computer.settings.read_text())["auto_start"] is False


def test_a_newer_installer_leaves_settings_and_choices(computer: Installation) -> None:
    computer.install("1.0.0", Wishes("office.example.com"))
    before = computer.settings.read_bytes()
    computer.entry.unlink()  # the person took it away in the system's settings
    assert computer.install("1.1.0", Wishes("elsewhere.example.com"))[0] == 0
    assert computer.settings.read_bytes() == before
    assert not computer.entry.exists()
    state = StateFile(computer.places.state).read()
    assert (state.current, state.previous) == ("1.1.0", "1.0.0")


def test_an_older_one_changes_nothing(computer: Installation) -> None:
    computer.install("1.1.0")
    before = computer.places.state.read_bytes()
    code, said = computer.install("1.0.0")
    assert code == 3
    assert "1.1.0 is installed already" in said[0]
    assert computer.places.state.read_bytes() == before


def test_installed_again_after_it_was_removed_it_starts_at_login_again(computer: Installation) -> None:
    computer.install("1.0.0")
    computer.entry.unlink()
    computer.places.state.unlink()
    computer.install("1.0.0")
    assert computer.entry.exists()


def test_settings_that_cannot_be_read_stay_as_they_are(computer: Installation) -> None:
    computer.settings.parent.mkdir()
    computer.settings.write_text("{ broken")
    code, said = computer.install("1.0.0")
    assert code == 0
    assert computer.settings.read_text() == "{ broken"
    assert "when you start it" in said[-1]


def test_an_address_that_is_none_costs_only_the_settings(computer: Installation) -> None:
    code, said = computer.install("1.0.0", Wishes("http://office.example.com"))
    assert code == 0
    assert not computer.settings.exists()
    assert "address is not one" in said[-1]


def test_a_version_that_is_not_there_is_not_made_the_one_that_starts(computer: Installation) -> None:
    computer.put("1.0.0")
    computer.places.about("1.0.0").unlink()
    entry = FileAutoStart(computer.entry, b"", bool)
    parts = Computer(computer.settings, entry, None, lambda _: [])
    code, said = after_install(computer.places, "1.0.0", Wishes(), parts)
    assert code == 2
    assert "could not be made" in said[0]


def test_an_address_may_leave_out_what_everybody_leaves_out() -> None:
    assert cloud_address("office.example.com") == "https://office.example.com"
    assert cloud_address("http://127.0.0.1:8000") == "http://127.0.0.1:8000"
    assert default_settings(Wishes())["api_base_url"] == ""
