"""NjordHR for all people of a Debian or Ubuntu computer, which its administrator installs and updates.

Nobody but root may write there, so the program only tells of new versions (`desktop.install.writable`).
Settings, records and the start at login are each person's own.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from desktop.packaging.icon import write_linux_icons
from desktop.packaging.installers.contents import Contents
from desktop.packaging.installers.linux import EPOCH, copy_tree, emptied, make_even, menu_entry, write
from desktop.packaging.product import DESCRIPTION, NAME, PACKAGE, ROOT, SUMMARY
from desktop.packaging.signing.steps import Step

FOLDER = f"opt/{PACKAGE}"
DEPENDS = (
    "libasound2 | libasound2t64, libc6 (>= 2.31), libdbus-1-3, libegl1, libfontconfig1, libgbm1, libgl1, "
    "libnss3, libx11-xcb1, libxcb-cursor0, libxcb-icccm4, libxcb-keysyms1, libxkbcommon-x11-0, libxtst6"
)
RECOMMENDS = "chromium | google-chrome-stable | microsoft-edge-stable, gnome-keyring | kwalletmanager"
_ARCHITECTURES = {"linux-x86_64": "amd64", "linux-aarch64": "arm64"}
_COMMAND = f'#!/bin/sh\nexec /{FOLDER}/launcher/njordhr-launcher "$@"\n'


def deb_name(contents: Contents) -> str:
    """Return the package's file name."""
    return f"{PACKAGE}_{contents.version}_{_ARCHITECTURES[contents.about.platform]}.deb"


def deb_package(contents: Contents, out: Path, work: Path) -> Sequence[Step]:
    """Lay out the package, and return the step that makes it: the same contents make the same bytes.

    Args:
        contents: what is installed.
        out: the folder that it goes to.
        work: a folder for what is needed meanwhile; it stays until the step is done.
    """
    folder = emptied(work)
    _lay_out(contents, folder)
    _describe(contents, folder)
    make_even(folder)
    target = out / deb_name(contents)
    command = ("dpkg-deb", "--root-owner-group", "-Zzstd", "-z10", "--build", str(folder), str(target))
    return (Step(f"Make {target.name}", ("env", f"SOURCE_DATE_EPOCH={EPOCH}", *command)),)


def control(contents: Contents, kilobytes: int) -> str:
    """Return what Debian is told of the package."""
    return (
        f"Package: {PACKAGE}\n"
        f"Version: {contents.version}\n"
        f"Architecture: {_ARCHITECTURES[contents.about.platform]}\n"
        f"Maintainer: {NAME} <support@njordhr.example>\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: {DEPENDS}\n"
        f"Recommends: {RECOMMENDS}\n"
        "Section: misc\n"
        "Priority: optional\n"
        f"Description: {SUMMARY[0].lower()}{SUMMARY[1:]}\n"
        f" {DESCRIPTION}\n"
    )


def _lay_out(contents: Contents, folder: Path) -> None:
    root = folder / FOLDER
    copy_tree(contents.bundle, root / "versions" / contents.version)
    copy_tree(contents.launcher, root / "launcher")
    write(root / "state.json", contents.first_state.encode())
    write(folder / "usr/bin" / PACKAGE, _COMMAND.encode(), executable=True)
    entry = menu_entry(f"/usr/bin/{PACKAGE}")
    write(folder / "usr/share/applications" / f"{PACKAGE}.desktop", entry.encode())
    write_linux_icons(folder / "usr/share/icons/hicolor")
    write(folder / "usr/share/doc" / PACKAGE / "copyright", (ROOT / "LICENSE").read_bytes())


def _describe(contents: Contents, folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    kilobytes = sum(-(-path.stat().st_size // 1024) for path in files)
    sums = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(folder)}\n"
        for path in files
    )
    write(folder / "DEBIAN" / "md5sums", sums.encode())
    write(folder / "DEBIAN" / "control", control(contents, kilobytes).encode())
