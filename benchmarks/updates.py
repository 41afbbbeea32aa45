"""Bytes and memory of an update of the frozen app, beside tufup and PyUpdater on the same two bundles.

Two updates are made of real bundles: one line of a module changed, and a dependency (urllib3) one release on.
The peers are installed into environments of their own, and get the bundles without Qt, as they are on Windows
and macOS, where the system has a web view: over the whole, bsdiff takes seventeen times its size of memory.
The promise is about the patches: what the manifest adds is printed beside them.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.updates_bundles import Bundles, without_qt
from update_manifest import archives, deltas, trees
from update_manifest.release import deltas as making

ROOT = Path(__file__).resolve().parents[1]
PROMISED_BYTES = 2048
"""Of patches, for one line."""
PEERS = {"tufup": "updates_tufup.py", "pyupdater": "updates_pyupdater.py"}
ROOM = 1 << 31


def main() -> bool:
    """Print what each takes; tell whether the promise was kept."""
    with tempfile.TemporaryDirectory(prefix="njordhr-benchmark-") as name:
        folder = Path(name)
        bundles = Bundles(folder / "bundles")
        first, line, bump = bundles.first(), bundles.one_line(), bundles.bump()
        kept = _own(folder, "one line, as it ships on Linux", first, line) <= PROMISED_BYTES
        _own(folder, "urllib3 one release on, the same", first, bump)
        slim = [without_qt(one, folder / f"slim-{number}") for number, one in enumerate((first, line, bump))]
        for what, new in (("one line", slim[1]), ("urllib3", slim[2])):
            _own(folder, f"{what}, without Qt", slim[0], new)
            for peer in PEERS:
                _peer(folder, peer, what, slim[0], new)
    return kept


def _own(folder: Path, what: str, old: Path, new: Path) -> int:
    """Print what this product takes; return the bytes of the patches."""
    made = _measured("make", folder, old, new)
    applied = _measured("apply", folder, old, new)
    print(
        f"{what}: patches {made['patch']:,} B, manifest {made['manifest']:,} B of {made['files']} files, "
        f"whole {made['whole']:,} B; memory: making {made['peak_mb']} MB, applying {applied['peak_mb']} MB"
    )
    return int(made["patch"])


def _measured(what: str, folder: Path, old: Path, new: Path) -> dict[str, Any]:
    """Do a part in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.updates", what, str(folder), str(old), str(new)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _make(folder: Path, old: Path, new: Path) -> Mapping[str, object]:
    making.make(old, new, folder / "delta")
    peak = _peak_mb()
    files = archives.pack(new, folder / "whole.tar.zst", level=9)
    listed = json.dumps([file.model_dump() for file in files], separators=(",", ":"))
    return {
        "patch": (folder / "delta").stat().st_size,
        "manifest": len(listed),
        "files": len(files),
        "whole": (folder / "whole.tar.zst").stat().st_size,
        "peak_mb": peak,
    }


def _apply(folder: Path, old: Path, new: Path) -> Mapping[str, object]:
    from_tree, files = trees.tree_sha256(trees.files_of(old)), trees.files_of(new)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        to = Path(name) / "new"
        deltas.apply(folder / "delta", old, files, to, from_tree=from_tree, max_bytes=ROOM)
    return {"peak_mb": _peak_mb()}


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _peer(folder: Path, peer: str, what: str, old: Path, new: Path) -> None:
    """Print what a peer takes, or what its installation said."""
    python = folder / peer / "bin" / "python"
    if not python.exists():
        uv = Path(sys.executable).with_name("uv")
        for step in (
            ["venv", "--python", sys.executable, str(python.parents[1])],
            ["pip", "install", "--python", str(python), peer],
        ):
            done = subprocess.run([uv, *step], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                print(f"{peer} cannot be installed: {done.stderr[-500:]}")
                return
    work = Path(tempfile.mkdtemp(dir=folder)) / peer
    script = ROOT / "benchmarks" / PEERS[peer]
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [python, script, work, old, new], capture_output=True, text=True, check=False, env=environ, cwd=folder
    )
    if done.returncode != 0:
        print(f"{peer} ended with an error: {done.stderr[-700:]}")
        return
    found = json.loads(done.stdout.splitlines()[-1])
    if found.get("broke"):
        print(f"{peer}'s own packaging broke; its algorithm alone follows. What broke: {found['broke']}")
    print(
        f"{what}, {peer}: patch {found['patch']:,} B, whole {found['whole']:,} B; "
        f"memory: making {found['making_mb']} MB"
    )


if __name__ == "__main__":
    part = {"make": _make, "apply": _apply}[sys.argv[1]]
    print(json.dumps(part(*map(Path, sys.argv[2:]))))
