"""The bundles of the benchmark of updates: as it is, with one line changed, with a dependency moved on."""

import marshal
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.frozen_release import BundleMaker

EARLIER = "urllib3==2.5.0"
"""The release that the first bundle has; the others have what is locked."""
MODULE = "urllib3"


class Bundles:
    """Makes the three."""

    def __init__(self, folder: Path) -> None:
        """Work in this folder."""
        folder.mkdir()
        self._folder = folder
        self._maker = BundleMaker(folder)

    def first(self) -> Path:
        """Return the bundle that is installed."""
        return self._maker.program("1.0.0", None, {})

    def one_line(self) -> Path:
        """Return one that differs by a line, besides its version."""
        change = ('TITLE = "NjordHR"', 'TITLE = "NjordHR 2"')
        return self._maker.program("1.0.1", None, {"desktop/window.py": change})

    def bump(self) -> Path:
        """Return one with another release of a dependency: its modules are exchanged in the analysis."""
        target = self._folder / "earlier"
        uv = Path(sys.executable).with_name("uv")
        command: list[str | Path] = [
            uv,
            "pip",
            "install",
            "--no-deps",
            "--target",
            target,
            "--python",
            sys.executable,
            EARLIER,
        ]
        subprocess.run(command, check=True, capture_output=True)
        saved = self._folder / "work" / "analysis.marshal"
        parts = marshal.loads(saved.read_bytes())
        parts["pure"] = [self._moved(entry, target) for entry in parts["pure"]]
        parts["code"] = {
            name: code for name, code in parts["code"].items() if name.partition(".")[0] != MODULE
        }
        saved.write_bytes(marshal.dumps(parts))
        return self._maker.program("1.0.2", None, {})

    def _moved(self, entry: tuple[str, str, str], target: Path) -> tuple[str, str, str]:
        name, path, kind = entry
        if name.partition(".")[0] != MODULE:
            return entry
        moved = target / path[path.rindex(f"/{MODULE}/") + 1 :]
        return (name, str(moved), kind) if moved.exists() else entry


def without_qt(bundle: Path, to: Path) -> Path:
    """Return a copy as a bundle is where the system has a web view."""
    shutil.copytree(bundle, to, ignore=shutil.ignore_patterns("PySide6", "shiboken6"))
    return to
