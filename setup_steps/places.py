"""Where things are in the project."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STATE = ROOT / ".njordhr"
WEB_UI = ROOT / "web_ui"
LOCKS = ROOT / "locks"

_SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
_SUFFIX = ".exe" if sys.platform == "win32" else ""


def in_venv(program: str) -> Path:
    """Return the path of a program of the virtual environment, whether or not it is there yet."""
    return VENV / _SCRIPTS / f"{program}{_SUFFIX}"


def with_venv_first(first: Path | None = None) -> dict[str, str]:
    """Return the environment for programs of the project: its own programs come first on the path."""
    places = [str(place) for place in (first, VENV / _SCRIPTS) if place is not None]
    return {
        **os.environ,
        "PATH": os.pathsep.join([*places, os.environ.get("PATH", "")]),
        "VIRTUAL_ENV": str(VENV),
    }
