"""Telling a person something when there is no program that could."""

import sys
from collections.abc import Sequence
from typing import Any

_TITLE = "NjordHR"
_ERROR_ICON = 0x10


def say(text: str) -> None:
    """Show a text in a window of the system, and write it to the error stream."""
    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write(f"{_TITLE}: {text}\n")
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - hardly ever needed

        library: Any = ctypes
        library.windll.user32.MessageBoxW(None, text, _TITLE, _ERROR_ICON)
        return
    import subprocess  # noqa: PLC0415 - hardly ever needed

    for command in commands(sys.platform, text):
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=600)
        except (OSError, subprocess.SubprocessError):
            continue
        return


def commands(system: str, text: str) -> Sequence[Sequence[str]]:
    """Return the programs that can show a text, the best first."""
    if system == "darwin":
        script = f'display alert "{_TITLE}" message (item 1 of argv) as critical'
        return [("osascript", "-e", f"on run argv\n{script}\nend run", text)]
    return [
        ("zenity", "--error", "--no-markup", f"--title={_TITLE}", f"--text={text}"),
        ("kdialog", "--title", _TITLE, "--error", text),
        ("xmessage", "-center", text),
    ]
