"""The sources that a bundle is made of, in a folder of their own: what is not there cannot get in."""

import re
import shutil
from pathlib import Path

PACKAGES = ("agent_core", "desktop", "protocol", "signing", "update_manifest")
LEFT_OUT = ("desktop/packaging", "signing/release", "update_manifest/release")
"""What makes and signs releases never ships."""
_VERSION_FILE = "agent_core/__init__.py"
_VERSION_LINE = re.compile(r'^VERSION = "[^"]*"$', re.MULTILINE)


def stage(root: Path, to: Path, version: str) -> None:
    """Copy the product's packages, with the version that the bundle has.

    Args:
        root: of the repository.
        to: a folder that does not exist yet.
        version: of the bundle.

    Raises:
        LookupError: the sources do not say their version where they used to.
    """
    left_out = {root / path for path in LEFT_OUT}

    def ignored(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name == "__pycache__" or Path(folder, name) in left_out}

    for package in PACKAGES:
        shutil.copytree(root / package, to / package, ignore=ignored, symlinks=True)
    file = to / _VERSION_FILE
    text, count = _VERSION_LINE.subn(f'VERSION = "{version}"', file.read_text(encoding="utf-8"))
    if count != 1:
        raise LookupError(f"{_VERSION_FILE} has no line that says the version")
    file.write_text(text, encoding="utf-8", newline="\n")


def modules_of(sources: Path, packages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of all modules of packages among staged sources."""
    found = set()
    for package in packages:
        for file in (sources / package.replace(".", "/")).rglob("*.py"):
            parts = file.relative_to(sources).with_suffix("").parts
            found.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return tuple(sorted(found))


def data_of(sources: Path, packages: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the files beside the modules that are no modules, each with the folder it goes to."""
    found: list[Path] = []
    for package in packages:
        files = sorted((sources / package.replace(".", "/")).rglob("*"))
        found += [file for file in files if file.is_file() and file.suffix not in {".py", ".typed"}]
    return tuple((str(file), file.parent.relative_to(sources).as_posix()) for file in found)
