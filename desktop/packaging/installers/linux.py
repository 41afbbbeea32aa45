"""What both packages for Linux have: menu entry and icons."""

import os
import shutil
from pathlib import Path

from agent_core.autostart.entries import exec_line
from desktop.packaging.product import NAME, PACKAGE, SUMMARY

EPOCH = 1_577_836_800
"""2020: the age of every file in a package, so that the same contents make the same bytes."""

DIRECTORY_MODE = 0o755
EXECUTABLE_MODE = 0o755
FILE_MODE = 0o644


def menu_entry(launcher: str) -> str:
    """Return the desktop entry by which menus start the launcher."""
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Version=1.5\n"
        f"Name={NAME}\n"
        f"Comment={SUMMARY}\n"
        f"Exec={exec_line([launcher])}\n"
        f"Icon={PACKAGE}\n"
        "Terminal=false\n"
        "Categories=Office;Network;\n"
        "Keywords=resume;recruiting;crew;\n"
        f"StartupWMClass={PACKAGE}\n"
    )


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder with its executable bits and nothing else of its permissions, times or links."""
    for path in sorted(source.rglob("*")):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        else:
            write(copy, path.read_bytes(), executable=os.access(path, os.X_OK))


def write(path: Path, data: bytes, *, executable: bool = False) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(EXECUTABLE_MODE if executable else FILE_MODE)


def make_even(folder: Path) -> None:
    """Give all below a folder the same age, and folders the same permissions."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(DIRECTORY_MODE)
        os.utime(path, (EPOCH, EPOCH))


def emptied(folder: Path) -> Path:
    """Return the folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
