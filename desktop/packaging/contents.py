"""What may be in a bundle: a checked-in list by pattern, and what must not be there whatever the list says.

The list names each top-level part and each native library; a new dependency, or a library that slips in from
the build machine, fails the build until somebody writes it down.
"""

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

OPTIONAL = "? "
LISTS = Path(__file__).with_name("lists")
FORBIDDEN_MODULES = (
    "cloud_api", "demo", "tests", "benchmarks", "tools", "setup_steps", "signing.release",
    "update_manifest.release", "desktop.packaging", "psycopg", "gunicorn", "pytest", "hypothesis",
)  # fmt: skip
PRIVATE_KEY = re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE" rb" KEY-----")
_READ_WHOLE = 1 << 20


class ContentsError(Exception):
    """A bundle has what it must not have, or lacks what it must have."""


def patterns_for(platform: str, name: str) -> tuple[str, ...]:
    """Return the list of one program on one platform; empty lines and comments do not count.

    Raises:
        OSError: there is no such list.
    """
    lines = (LISTS / f"{name}.{platform}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def check_files(paths: Sequence[str], patterns: Sequence[str]) -> None:
    """Compare the files of a bundle with its list.

    Raises:
        ContentsError: a file that no pattern names, or a pattern that names no file.
    """
    allowed = [one.removeprefix(OPTIONAL) for one in patterns]
    unknown = [path for path in paths if not any(fnmatchcase(path, one) for one in allowed)]
    wanted = [one for one in patterns if not one.startswith(OPTIONAL)]
    unmet = [one for one in wanted if not any(fnmatchcase(path, one) for path in paths)]
    if unknown or unmet:
        raise ContentsError(f"not in the list: {unknown[:20]}; in the list and not there: {unmet[:20]}")


def check_modules(names: Iterable[str]) -> None:
    """Refuse modules that must not ship.

    Raises:
        ContentsError: there is one.
    """
    found = sorted(name for name in names if any(_is_in(name, one) for one in FORBIDDEN_MODULES))
    if found:
        raise ContentsError(f"must not ship: {found[:20]}")


def check_no_keys(folder: Path) -> None:
    """Refuse private keys in any file that is small enough to be one.

    Raises:
        ContentsError: there is one.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size < _READ_WHOLE and PRIVATE_KEY.search(path.read_bytes()):
            raise ContentsError(f"a private key: {path.name}")


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")
