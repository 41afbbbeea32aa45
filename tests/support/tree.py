"""The repository's files, as git sees them or would."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("protocol", "signing", "update_manifest", "agent_core", "cloud_api", "desktop", "demo", "tools")


@cache
def repository_files() -> tuple[str, ...]:
    """Return every file that is tracked, or would be, by its path below the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return tuple(sorted(path for path in listed if path and (ROOT / path).is_file()))


def python_files() -> tuple[str, ...]:
    """Return every Python file of the repository."""
    return tuple(path for path in repository_files() if path.endswith(".py"))


def product_modules() -> tuple[str, ...]:
    """Return the Python files of the packages that make up the product."""
    return tuple(path for path in python_files() if path.split("/")[0] in PACKAGES)
