"""The texts that have each system start a program when the person logs in. Pure."""

import plistlib
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import PurePath, PurePosixPath

NAME = "NjordHR"
LABEL = "com.njordhr.agent"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED_KEY = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where Windows keeps what the person switched off in the task manager."""

LONGEST_RUN_VALUE = 260
_DISABLED_BIT = 1
_QUOTED_IN_EXEC = re.compile(r'(["`$\\])')


def desktop_entry(command: Sequence[str]) -> str:
    """Return the XDG autostart entry that runs this command line."""
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        f"Name={NAME}\n"
        "Comment=Downloads and follows resumes\n"
        f"Exec={exec_line(command)}\n"
        "Terminal=false\n"
        "X-GNOME-Autostart-enabled=true\n"
    )


def exec_line(command: Sequence[str]) -> str:
    """Quote a command line as the Desktop Entry Specification wants it.

    Each part stands in double quotes; what is special inside them gets a backslash, the value's own
    backslashes are doubled, and a per cent sign is written twice.
    """
    return " ".join(_exec_part(part) for part in command)


def _exec_part(part: str) -> str:
    if any(ord(character) < ord(" ") for character in part):
        raise ValueError("a part of a command line has a control character")
    quoted = _QUOTED_IN_EXEC.sub(r"\\\1", part)
    return '"' + quoted.replace("\\", "\\\\").replace("%", "%%") + '"'


def desktop_entry_is_on(text: str) -> bool:
    """Tell whether an autostart entry is not switched off by the desktop's own settings."""
    values = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    values = {key.strip(): value.strip().lower() for key, value in values.items()}
    return values.get("Hidden") != "true" and values.get("X-GNOME-Autostart-enabled") != "false"


def desktop_entry_file(env: Mapping[str, str], home: PurePath) -> PurePath:
    """Return where a Linux desktop looks for the entry; a relative XDG folder counts for nothing."""
    given = env.get("XDG_CONFIG_HOME", "")
    config = PurePosixPath(given) if given.startswith("/") else home / ".config"
    return config / "autostart" / "njordhr.desktop"


def launch_agent(command: Sequence[str]) -> bytes:
    """Return the property list that has launchd start this command line at login."""
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "KeepAlive": False,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
    )


def launch_agent_is_on(data: bytes) -> bool:
    """Tell whether launchd would run this property list at login."""
    try:
        found = plistlib.loads(data)
    except (plistlib.InvalidFileException, ValueError, OverflowError):
        return False
    return isinstance(found, dict) and found.get("RunAtLoad") is True and found.get("Disabled") is not True


def launch_agent_file(home: PurePath) -> PurePath:
    """Return where launchd looks for a person's property lists."""
    return home / "Library" / "LaunchAgents" / f"{LABEL}.plist"


def run_value(command: Sequence[str]) -> str:
    """Quote a command line as Windows reads it back."""
    return subprocess.list2cmdline(command)


def is_approved(value: bytes | None) -> bool:
    """Tell whether the task manager lets a start-up program run; without a value it does."""
    return not value or not value[0] & _DISABLED_BIT
