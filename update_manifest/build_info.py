"""Which build this program is, as it was written beside the frozen program when it was made.

A program that runs from its sources has nothing written beside it: it is build 1 of the channel `source`.
"""

import platform
import sys
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from update_manifest.errors import UpdateError, UpdateReason
from update_manifest.releases import APP_ID, Build, Channel, Platform, Signed, Version

FILE = "build.json"
SOURCE_CHANNEL = "source"
_SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
_MACHINES = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "arm64", "aarch64": "aarch64"}
_Schema = Annotated[int, Field(ge=0)]


class BuildInfo(Signed):
    """What a build says of itself.

    Attributes:
        schema_min: the earliest schema of the agent's records that it can read.
        schema_max: the schema it leaves them in.
    """

    app_id: str
    version: Version
    build: Build
    platform: Platform
    channel: Channel
    schema_min: _Schema
    schema_max: _Schema


def build_info(source: BuildInfo) -> BuildInfo:
    """Return which build this process is.

    Args:
        source: what to answer where the program runs from its sources.

    Raises:
        UpdateError: `BUILD_UNKNOWN`: a frozen program without a readable `build.json`.
    """
    if not getattr(sys, "frozen", False):
        return source
    return read_build_info(resources_of(Path(sys.executable)))


def read_build_info(folder: Path) -> BuildInfo:
    """Read the `build.json` of a folder.

    Raises:
        UpdateError: `BUILD_UNKNOWN`: there is none, or it does not say what it must.
    """
    try:
        return BuildInfo.model_validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError) as error:
        raise UpdateError(UpdateReason.BUILD_UNKNOWN, {"file": FILE}) from error


def source_build(version: str, schema_min: int, schema_max: int) -> BuildInfo:
    """Return what a program that runs from its sources is."""
    return BuildInfo(
        app_id=APP_ID,
        version=version,
        build=1,
        platform=this_platform(),
        channel=SOURCE_CHANNEL,
        schema_min=schema_min,
        schema_max=schema_max,
    )


def resources_of(executable: Path) -> Path:
    """Return the folder with what a build brings for itself; on macOS not the one of the program."""
    folder = executable.parent
    return folder.parent / "Resources" if folder.name == "MacOS" else folder


def this_platform() -> Platform:
    """Return the platform that this process runs on.

    Raises:
        UpdateError: `BUILD_UNKNOWN`: there are no releases for it.
    """
    return platform_of(sys.platform, platform.machine())


def platform_of(system: str, machine: str) -> Platform:
    """Return the platform by the names that Python gives to system and processor.

    Raises:
        UpdateError: `BUILD_UNKNOWN`: there are no releases for it.

    Example:
        >>> platform_of("win32", "AMD64")
        'windows-x86_64'
    """
    match _SYSTEMS.get(system), _MACHINES.get(machine.lower()):
        case "linux", "x86_64":
            return "linux-x86_64"
        case "linux", "aarch64" | "arm64":
            return "linux-aarch64"
        case "macos", "arm64":
            return "macos-arm64"
        case "macos", "x86_64":
            return "macos-x86_64"
        case "windows", "x86_64":
            return "windows-x86_64"
    raise UpdateError(UpdateReason.BUILD_UNKNOWN, {"system": system, "machine": machine})
