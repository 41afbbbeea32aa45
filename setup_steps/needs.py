"""What the system must have that no package registry of Python or of the web gives: named as data.

A need counts as met by whatever meets it, not by the name of a package: any Chrome will do.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """Something of the system.

    Attributes:
        package: the Debian package that brings it.
        programs: one of these on the path, or as an absolute path, is enough.
        library: this shared library is enough.
        module: this module of the Python that runs now is enough.
    """

    package: str
    programs: tuple[str, ...] = ()
    library: str = ""
    module: str = ""


FOR_PYTHON = (Need("python3-venv", module="ensurepip"),)
FOR_THE_BROWSER = (
    Need("chromium", programs=("chromium", "google-chrome", "google-chrome-stable", "microsoft-edge")),
    Need("chromium-driver", programs=("chromedriver",)),
)
FOR_THE_WINDOW = tuple(
    Need(package, library=library)
    for package, library in (
        ("libasound2", "libasound.so.2"),
        ("libdbus-1-3", "libdbus-1.so.3"),
        ("libegl1", "libEGL.so.1"),
        ("libfontconfig1", "libfontconfig.so.1"),
        ("libfreetype6", "libfreetype.so.6"),
        ("libgbm1", "libgbm.so.1"),
        ("libgl1", "libGL.so.1"),
        ("libglib2.0-0", "libglib-2.0.so.0"),
        ("libgssapi-krb5-2", "libgssapi_krb5.so.2"),
        ("libnss3", "libnss3.so"),
        ("libx11-xcb1", "libX11-xcb.so.1"),
        ("libxcb-cursor0", "libxcb-cursor.so.0"),
        ("libxcb-dri3-0", "libxcb-dri3.so.0"),
        ("libxcb-icccm4", "libxcb-icccm.so.4"),
        ("libxcb-keysyms1", "libxcb-keysyms.so.1"),
        ("libxcb-randr0", "libxcb-randr.so.0"),
        ("libxcb-shape0", "libxcb-shape.so.0"),
        ("libxcb-sync1", "libxcb-sync.so.1"),
        ("libxcb-xfixes0", "libxcb-xfixes.so.0"),
        ("libxcomposite1", "libXcomposite.so.1"),
        ("libxdamage1", "libXdamage.so.1"),
        ("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
        ("libxkbfile1", "libxkbfile.so.1"),
        ("libxrandr2", "libXrandr.so.2"),
        ("libxtst6", "libXtst.so.6"),
    )
)
"""The shared libraries that Qt's wheels want and do not bring (`readelf -d`), but for those that
the others draw in."""
FOR_INSTALLERS = (
    Need("nsis", programs=("makensis",)),
    Need("osslsigncode", programs=("osslsigncode",)),
)
"""Installers for Windows are made and signed on Linux too; a Mac's only on a Mac."""
FOR_TESTS = (
    *FOR_INSTALLERS,
    Need("dbus", programs=("dbus-run-session",)),
    Need("fuse3", programs=("fusermount3",)),
    Need("git", programs=("git",)),
    Need("gnome-keyring", programs=("gnome-keyring-daemon",)),
    Need("libatomic1", library="libatomic.so.1"),  # of Playwright's driver
    Need("libfuse2", library="libfuse.so.2"),  # which mfusepy loads
    Need("pgbouncer", programs=("pgbouncer", "/usr/sbin/pgbouncer")),
    Need("postgresql-15", programs=("/usr/lib/postgresql/15/bin/postgres",)),
    Need("softhsm2", programs=("softhsm2-util",)),
    Need("xvfb", programs=("Xvfb",)),
)


def missing(needs: Iterable[Need], is_met: Callable[[Need], bool]) -> tuple[str, ...]:
    """Return the packages of the needs that are not met."""
    return tuple(need.package for need in needs if not is_met(need))


class System:
    """The machine as it is; a program's and a library's presence is looked up when asked."""

    def __init__(self) -> None:
        """List the shared libraries once."""
        self._libraries = _shared_libraries()

    def meets(self, need: Need) -> bool:
        """Tell whether the machine has what is needed."""
        if need.module:
            return importlib.util.find_spec(need.module) is not None
        if need.library:
            return need.library in self._libraries
        return any(shutil.which(program) is not None for program in need.programs)


def has_display() -> bool:
    """Tell whether a window could be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_debian() -> bool:
    """Tell whether packages are installed with `apt-get` here."""
    return (
        sys.platform == "linux"
        and Path("/etc/debian_version").is_file()
        and shutil.which("apt-get") is not None
    )


def _shared_libraries() -> frozenset[str]:
    if sys.platform != "linux":
        return frozenset()
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"
    listed = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return frozenset(line.split()[0] for line in listed.splitlines() if "=>" in line)
