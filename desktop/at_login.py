"""The command line that the system runs at login."""

import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.install.places import Places, root_of_program

HIDDEN = "--hidden"
_FROM_SOURCES = (
    "import runpy,sys;sys.path.insert(0,sys.argv.pop(1));runpy.run_module('desktop',run_name='__main__')"
)


def at_login_command(executable: str, root: Path, *, frozen: bool) -> Sequence[str]:
    """Return the command line that starts this program without showing it.

    An installed program is started by its launcher: a version comes and goes.

    Args:
        executable: the program, or the interpreter that runs the sources.
        root: where the sources are.
        frozen: whether it is the packaged program.
    """
    if frozen:
        root_of_all = root_of_program(Path(executable), sys.platform)
        program = Places(root_of_all).launcher if root_of_all is not None else executable
        return (str(program), HIDDEN)
    return (_without_console(executable), "-c", _FROM_SOURCES, str(root), HIDDEN)


def this_program() -> Sequence[str]:
    """Return the command line of the program that runs now."""
    root = Path(__file__).resolve().parents[1]
    return at_login_command(sys.executable, root, frozen=bool(getattr(sys, "frozen", False)))


def _without_console(executable: str) -> str:
    """Prefer the interpreter that opens no black window on Windows."""
    quiet = Path(executable).with_name("pythonw.exe")
    return str(quiet) if quiet.name != Path(executable).name and quiet.is_file() else executable
