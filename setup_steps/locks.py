"""The lock files: pinned with hashes, for every system and Python, and without any registry's address."""

import re
from pathlib import Path

from setup_steps.places import LOCKS, in_venv
from setup_steps.progress import run_step
from setup_steps.python_packages import INSTALLER, NETWORK, PACKAGES

INSTALLER_NAME = "uv"

CLOUD = LOCKS / "cloud.txt"
"""What the cloud's container installs."""

_OPTIONS = (
    "--quiet --universal --python-version 3.11 --generate-hashes "
    "--no-emit-index-url --no-annotate --no-header --extra"
)


def compile_again() -> None:
    """Resolve the dependencies of `pyproject.toml` anew and write the lock files.

    Raises:
        StepError: they could not be resolved.
    """
    for extra, lock in (("dev", PACKAGES), ("cloud", CLOUD)):
        command = [in_venv("uv"), "pip", "compile", *_OPTIONS.split(), extra, "pyproject.toml", "-o", lock]
        run_step(f"Resolving dependencies ({extra})", command, NETWORK)
    write_installer_lock(PACKAGES, INSTALLER)


def write_installer_lock(packages: Path, installer: Path) -> None:
    """Copy the pin of the installer from the large lock file into its own."""
    installer.write_text(pin_of(INSTALLER_NAME, packages.read_text(encoding="utf-8")), encoding="utf-8")


def pin_of(name: str, lock: str) -> str:
    """Return the lines with which a lock file pins one package.

    Raises:
        ValueError: the file does not pin it.
    """
    found = re.search(rf"^{re.escape(name)}==[^\n]*\\\n(?: +--hash=[^\n]*\n)+", lock, re.MULTILINE)
    if found is None:
        raise ValueError(f"{LOCKS.name} pins no {name}")
    return found[0]
