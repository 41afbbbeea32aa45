"""Show a file or a folder in the system's own file manager."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

from agent_core.errors import FilesError
from protocol.reasons import Reason


def show(path: Path, platform: str = sys.platform) -> None:
    """Open the file manager on a file, or on a folder.

    Raises:
        FilesError: there is no file manager here.
    """
    program, *arguments = command(path, platform)
    found = shutil.which(program)
    if found is None:
        raise FilesError(Reason.FOLDER_NOT_SHOWN)
    try:
        process = subprocess.Popen(
            [found, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise FilesError(Reason.FOLDER_NOT_SHOWN, type(error).__name__) from error
    # Somebody has to hear that it ended, or it stays as a zombie.
    threading.Thread(target=process.wait, name="file-manager", daemon=True).start()


def command(path: Path, platform: str) -> list[str]:
    """Return the program and its arguments; Linux's file managers have no common way to mark one file."""
    is_folder = path.is_dir()
    if platform == "win32":
        return ["explorer.exe", str(path)] if is_folder else ["explorer.exe", "/select,", str(path)]
    if platform == "darwin":
        return ["open", str(path)] if is_folder else ["open", "-R", str(path)]
    return ["xdg-open", str(path if is_folder else path.parent)]
