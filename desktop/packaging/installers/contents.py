"""What an installer puts on a computer: one version and the launcher, as `build.py bundle` made them."""

from dataclasses import dataclass
from pathlib import Path

from desktop.install.places import LAUNCHER, PROGRAM
from desktop.install.state import InstallState
from update_manifest.build_info import BuildInfo, read_build_info, resources_of
from update_manifest.errors import UpdateError


class ContentsError(Exception):
    """These folders are not what a bundle and a launcher look like."""


@dataclass(frozen=True)
class Contents:
    """One version of the program, and the launcher.

    Attributes:
        bundle: the folder of the version, as it lies in `versions/<version>`.
        launcher: the folder of the launcher, as it lies in `launcher`.
        about: what the version says of itself.
    """

    bundle: Path
    launcher: Path
    about: BuildInfo

    @property
    def version(self) -> str:
        """Its version."""
        return self.about.version

    @property
    def first_state(self) -> str:
        """What `state.json` says where nothing was installed before: this version is the good one."""
        return InstallState(self.version, self.version, max_build=self.about.build).text()

    @property
    def kilobytes(self) -> int:
        """How much room it takes."""
        files = [path for folder in (self.bundle, self.launcher) for path in folder.rglob("*")]
        return -(-sum(path.stat().st_size for path in files if path.is_file()) // 1024)


def contents_of(bundle: Path, launcher: Path) -> Contents:
    """Look at what `build.py bundle` made.

    Raises:
        ContentsError: the program, the launcher or what the version says of itself is not there.
    """
    program = _program_of(bundle)
    try:
        about = read_build_info(resources_of(program))
    except UpdateError as error:
        raise ContentsError(f"{bundle} has no good build.json: it is none of build.py bundle") from error
    suffix = ".exe" if about.platform.startswith("windows-") else ""
    for path in (program, launcher / f"{LAUNCHER}{suffix}"):
        if not path.is_file():
            raise ContentsError(f"{path} is not there")
    return Contents(bundle, launcher, about)


def _program_of(bundle: Path) -> Path:
    """Return where the program is: beside `build.json`, or inside of an app."""
    for place in (f"{PROGRAM}.exe", f"NjordHR.app/Contents/MacOS/{PROGRAM}"):
        if (bundle / place).is_file():
            return bundle / place
    return bundle / PROGRAM
