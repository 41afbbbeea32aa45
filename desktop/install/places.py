"""Where an installation lies, and what is in it (`InstallPlaces`). Pure; standard library only.

Example:
    >>> InstallPlaces(PurePosixPath("/opt/njordhr"), "linux").program("1.4.2").as_posix()
    '/opt/njordhr/versions/1.4.2/njordhr'
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Generic, TypeVar

AnyPath = TypeVar("AnyPath", bound=PurePath)

APP = "NjordHR.app"
PROGRAM = "njordhr"
LAUNCHER = "njordhr-launcher"
_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")


@dataclass(frozen=True)
class InstallPlaces(Generic[AnyPath]):
    """The folders and files of one installation.

    Attributes:
        root: the one folder that everything lies in.
        system: as `sys.platform` has it.
    """

    root: AnyPath
    system: str = field(default=sys.platform)

    @property
    def launcher(self) -> AnyPath:
        """The program whose path never changes."""
        return self.root / "launcher" / self._executable(LAUNCHER)

    @property
    def state(self) -> AnyPath:
        """Says which version starts."""
        return self.root / "state.json"

    @property
    def journal(self) -> AnyPath:
        """Says what happened, a line each."""
        return self.root / "journal.jsonl"

    @property
    def versions(self) -> AnyPath:
        """Has one folder a version, which nobody changes once it is there."""
        return self.root / "versions"

    @property
    def lists(self) -> AnyPath:
        """Has one list of files a version, by which it is looked through before it starts."""
        return self.root / "lists"

    @property
    def staging(self) -> AnyPath:
        """Has what is being built or removed. Nothing in it is ever started."""
        return self.root / "staging"

    @property
    def tuf(self) -> AnyPath:
        """Has what is believed of the published releases."""
        return self.root / "tuf"

    @property
    def downloads(self) -> AnyPath:
        """Has archives, whole or in part."""
        return self.root / "downloads"

    @property
    def probation(self) -> AnyPath:
        """Has what launcher and program tell each other about a start on probation; its owner's alone."""
        return self.root / "probation"

    def version(self, version: str) -> AnyPath:
        """Return the folder of a version."""
        return self.versions / version

    def program(self, version: str) -> AnyPath:
        """Return a version's program."""
        folder = self.version(version)
        holder = folder / APP / "Contents" / "MacOS" if self.system == "darwin" else folder
        return holder / self._executable(PROGRAM)

    def about(self, version: str) -> AnyPath:
        """Return what a version says of itself."""
        folder = self.version(version)
        holder = folder / APP / "Contents" / "Resources" if self.system == "darwin" else folder
        return holder / "build.json"

    def list_of(self, version: str) -> AnyPath:
        """Return the list of a version's files."""
        return self.lists / f"{version}.json"

    def _executable(self, name: str) -> str:
        return f"{name}.exe" if self.system == "win32" else name


Places = InstallPlaces[Path]
"""Those of this computer."""


def is_version(text: object) -> bool:
    """Tell whether this is the name of a version, and nothing that leads out of a folder."""
    return isinstance(text, str) and _VERSION.fullmatch(text) is not None


def order_of(version: str) -> tuple[int, ...]:
    """Return what versions are put in order by."""
    return tuple(int(part) for part in version.split("."))


def default_root(system: str, env: Mapping[str, str]) -> PurePath:
    """Return where one person's installation lies.

    Args:
        system: as `sys.platform` has it.
        env: the process's environment.

    Raises:
        KeyError: the environment does not say where the person's home is.
    """
    if system == "win32":
        local = env.get("LOCALAPPDATA")
        home = PureWindowsPath(local) if local else PureWindowsPath(env["USERPROFILE"]) / "AppData" / "Local"
        return home / "Programs" / "NjordHR"
    home_folder = PurePosixPath(env["HOME"])
    if system == "darwin":
        return home_folder / "Library" / "Application Support" / "NjordHR" / "Installation"
    return home_folder / ".local" / "opt" / "njordhr"


def root_of_program(executable: Path, system: str) -> Path | None:
    """Return the installation that a running program of a version belongs to; nothing when to none."""
    depth = 3 if system == "darwin" else 0
    if len(executable.parents) < depth + 3:
        return None
    folder = executable.parents[depth]
    is_installed = is_version(folder.name) and folder.parent.name == "versions"
    return folder.parent.parent if is_installed else None
