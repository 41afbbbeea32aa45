"""Which versions are on the disk, and whether they are whole. Standard library only."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.install.durable_file import write_whole
from desktop.install.places import Places, is_version, order_of


@dataclass(frozen=True)
class VersionThere:
    """A version whose program and `build.json` are there.

    Attributes:
        schema_max: the schema that it leaves the agent's records in, and the latest that it can read.
    """

    version: str
    build: int
    schema_max: int


def versions_there(places: Places) -> list[VersionThere]:
    """Return the versions on the disk that could be started, newest first."""
    try:
        names = [folder.name for folder in places.versions.iterdir()]
    except OSError:
        return []
    found = [version_there(places, name) for name in names if is_version(name)]
    there = [version for version in found if version is not None]
    return sorted(there, key=lambda version: order_of(version.version), reverse=True)


def version_there(places: Places, version: str) -> VersionThere | None:
    """Return a version if all of it is there, as far as names and lengths tell."""
    try:
        about = json.loads(places.about(version).read_text(encoding="utf-8"))
        build, schema_max = about["build"], about["schema_max"]
        is_right = about["version"] == version and type(build) is int and type(schema_max) is int
        is_there = is_right and _is_program(places.program(version)) and _has_all(places, version)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return VersionThere(version, build, schema_max) if is_there else None


def write_list(places: Places, version: str, files: Iterable[tuple[str, int]]) -> None:
    """Keep which files a version has; each as (path with `/`, length in bytes).

    Raises:
        OSError: the disk would not have it.
    """
    places.lists.mkdir(parents=True, exist_ok=True)
    write_whole(places.list_of(version), json.dumps({"files": list(files)}).encode())


def _is_program(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0 and os.access(path, os.X_OK)


def _has_all(places: Places, version: str) -> bool:
    """Compare with the list. A version that an installer put there has none, and is believed."""
    try:
        text = places.list_of(version).read_text(encoding="utf-8")
    except FileNotFoundError:
        return True
    listed = _files_of(text)
    folder = os.fspath(places.version(version))
    return all(os.stat(f"{folder}/{path}").st_size == length for path, length in listed)  # noqa: PTH116 - a start waits for a thousand of these


def _files_of(text: str) -> list[tuple[str, int]]:
    try:
        found: Any = json.loads(text)["files"]
        return [(str(path), int(length)) for path, length in found]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return []  # a list that is damaged says nothing of the version
