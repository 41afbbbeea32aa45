"""Run by the Python of an environment with PyUpdater: ``FOLDER OLD NEW``; prints lengths of what it makes.

Its own packaging is tried first, as its command line does it. Where that breaks, what broke is printed, and
its way of making patches (bsdiff4 over two of its archives) is taken by itself.
"""

import json
import os
import resource
import shutil
import sys
import traceback
from pathlib import Path
from typing import Any


def main(folder: Path, old: Path, new: Path) -> None:
    """Print lengths, memory, and what broke, as JSON."""
    from pyupdater.utils import make_archive  # type: ignore[import-not-found]  # noqa: PLC0415 - only that environment has it

    folder.mkdir()
    os.chdir(folder)
    archives = [
        folder / _archived(make_archive, bundle, version)
        for bundle, version in ((old, "1.0.0"), (new, "2.0.0"))
    ]
    broke = ""
    try:
        length = _as_pyupdater_does(folder, archives)
    except Exception:  # noqa: BLE001 - what broke is the answer
        broke = traceback.format_exc(limit=-1)
        length = _bsdiff(archives)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024
    whole = max(path.stat().st_size for path in folder.rglob("*2.0.0.tar.gz"))
    print(json.dumps({"whole": whole, "patch": length, "making_mb": peak, "broke": broke}))


def _archived(make_archive: Any, bundle: Path, version: str) -> str:
    """Make an archive as its build step does, which names folder and program after the platform."""
    built = Path("nix64")
    shutil.rmtree(built, ignore_errors=True)
    shutil.copytree(bundle, built)
    (built / "njordhr").rename(built / "nix64")
    return str(make_archive("njordhr", "nix64", version, "default"))


def _as_pyupdater_does(folder: Path, archives: list[Path]) -> int:
    from pyupdater.core import PyUpdater  # type: ignore[import-not-found]  # noqa: PLC0415 - as above
    from pyupdater.utils.config import Config  # type: ignore[import-not-found]  # noqa: PLC0415 - as above

    config = Config(
        {"APP_NAME": "njordhr", "DATA_DIR": str(folder), "UPDATE_PATCHES": True, "COMPANY_NAME": "njordhr"}
    )
    updater = PyUpdater(config)
    updater.setup()
    for archive in archives:
        archive.rename(folder / "pyu-data" / "new" / archive.name)
        updater.process_packages()
    made = [path for path in (folder / "pyu-data").rglob("njordhr-*") if not path.name.endswith(".gz")]
    return max(path.stat().st_size for path in made)


def _bsdiff(archives: list[Path]) -> int:
    import bsdiff4  # type: ignore[import-not-found]  # noqa: PLC0415 - as above

    old, new = (next(Path.cwd().rglob(path.name)) for path in archives)
    bsdiff4.file_diff(str(old), str(new), "patch")
    return Path("patch").stat().st_size


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
