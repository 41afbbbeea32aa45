"""The command line that starts the program at login."""

import subprocess
import sys
from pathlib import Path

from desktop.at_login import at_login_command, this_program


def test_the_packaged_program_starts_itself_hidden() -> None:
    command = at_login_command("/opt/NjordHR/njordhr", Path("/nowhere"), frozen=True)
    assert command == ("/opt/NjordHR/njordhr", "--hidden")


def test_the_sources_are_started_from_anywhere(tmp_path: Path) -> None:
    command = list(this_program())
    assert command[-1] == "--hidden"
    done = subprocess.run(
        [*command, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120
    )
    assert "--hidden" in done.stdout


def test_no_black_window_on_windows(tmp_path: Path) -> None:
    python = tmp_path / "python.exe"
    assert at_login_command(str(python), tmp_path, frozen=False)[0] == str(python)
    (tmp_path / "pythonw.exe").touch()
    assert at_login_command(str(python), tmp_path, frozen=False)[0] == str(tmp_path / "pythonw.exe")
    assert at_login_command(sys.executable, tmp_path, frozen=False)[0] == sys.executable


def test_an_installed_version_is_started_by_its_launcher() -> None:
    program = "/home/kari/.local/opt/njordhr/versions/1.4.2/njordhr"
    command = at_login_command(program, Path("/nowhere"), frozen=True)
    assert command == ("/home/kari/.local/opt/njordhr/launcher/njordhr-launcher", "--hidden")
