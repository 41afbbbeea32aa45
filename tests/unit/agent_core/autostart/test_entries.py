"""What each system is told, read back as that system would."""

import plistlib
import subprocess
from pathlib import PurePosixPath

import pytest

from agent_core.autostart.entries import (
    desktop_entry,
    desktop_entry_file,
    desktop_entry_is_on,
    exec_line,
    is_approved,
    launch_agent,
    launch_agent_file,
    launch_agent_is_on,
    run_value,
)

AWKWARD = ['/opt/Kari\'s "ships" & $crew/100%/NjordHR\\x', "--hidden", "a`b", ""]
HOME = PurePosixPath("/home/kari")


def test_a_desktop_entry_names_the_program_and_is_on() -> None:
    lines = desktop_entry(["/opt/NjordHR/njordhr", "--hidden"]).splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert 'Exec="/opt/NjordHR/njordhr" "--hidden"' in lines
    assert "Type=Application" in lines
    assert desktop_entry_is_on("\n".join(lines))


def test_an_exec_line_comes_back_as_it_was() -> None:
    """Unescape the value and undouble the per cent signs; in double quotes a shell then reads the same."""
    line = exec_line(AWKWARD).replace("\\\\", "\\").replace("%%", "%")
    read = subprocess.run(["sh", "-c", f"printf '%s|' {line}"], capture_output=True, text=True, check=True)
    assert read.stdout.split("|")[:-1] == AWKWARD


def test_an_exec_line_has_one_line() -> None:
    with pytest.raises(ValueError, match="control"):
        exec_line(["/opt/a\nExec=evil"])


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false", "Hidden = True"])
def test_an_entry_that_the_desktop_switched_off_is_off(line: str) -> None:
    assert not desktop_entry_is_on(f"[Desktop Entry]\nExec=x\n{line}\n")


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, "/home/kari/.config/autostart/njordhr.desktop"),
        ({"XDG_CONFIG_HOME": "/config"}, "/config/autostart/njordhr.desktop"),
        ({"XDG_CONFIG_HOME": "relative"}, "/home/kari/.config/autostart/njordhr.desktop"),
    ],
)
def test_the_entry_is_where_the_desktop_looks(env: dict[str, str], expected: str) -> None:
    assert str(desktop_entry_file(env, HOME)) == expected


def test_launchd_is_told_to_run_it_at_login_and_not_again() -> None:
    data = launch_agent(["/Applications/NjordHR.app/Contents/MacOS/NjordHR", "--hidden"])
    found = plistlib.loads(data)
    assert found["ProgramArguments"] == ["/Applications/NjordHR.app/Contents/MacOS/NjordHR", "--hidden"]
    assert (found["RunAtLoad"], found["KeepAlive"]) == (True, False)
    assert launch_agent_is_on(data)
    assert launch_agent_file(HOME) == HOME / "Library/LaunchAgents" / f"{found['Label']}.plist"


@pytest.mark.parametrize(
    "data",
    [b"", b"no plist", plistlib.dumps(["a list"]), plistlib.dumps({"RunAtLoad": True, "Disabled": True})],
)
def test_a_property_list_that_launchd_would_not_run_is_off(data: bytes) -> None:
    assert not launch_agent_is_on(data)


def test_windows_reads_the_path_back_whole() -> None:
    value = run_value([r"C:\Users\Kari Nordmann\AppData\Local\NjordHR\NjordHR.exe", "--hidden"])
    assert value == r'"C:\Users\Kari Nordmann\AppData\Local\NjordHR\NjordHR.exe" --hidden'


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, True), (b"", True), (b"\x02" + b"\x00" * 11, True), (b"\x03" + b"\x00" * 11, False)],
)
def test_the_task_managers_word_counts(value: bytes | None, *, expected: bool) -> None:
    assert is_approved(value) is expected
