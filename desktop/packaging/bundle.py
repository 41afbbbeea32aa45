"""Making what is released: the desktop app and its launcher, each a folder that runs by itself."""

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader

from desktop.build import OLDEST_SCHEMA, WEB_UI
from desktop.packaging import contents, recipes
from desktop.packaging.freezing import freeze
from desktop.packaging.qt_parts import copy_qt
from desktop.packaging.staged_sources import stage
from update_manifest import build_info, trees
from update_manifest.build_info import BuildInfo
from update_manifest.releases import APP_ID, Platform

INTERNAL = "_internal"
LAUNCHER_FOLDER = "launcher"
TRUST = "trust"
TRUST_FILES = ("root.json", "updates.json")
DRIVER_FINDERS: Mapping[Platform, str] = {
    "linux-x86_64": "linux-x86_64",
    "linux-aarch64": "linux-arm64",
    "macos-arm64": "macos",
    "macos-x86_64": "macos",
    "windows-x86_64": "windows",
}
"""What Selenium calls them."""
_SUFFIX = ".exe" if sys.platform == "win32" else ""


@dataclass(frozen=True)
class Order:
    """What to make.

    Attributes:
        root: of the repository; its web UI is built.
        schema_max: of the agent's records.
        trust: a folder with `TRUST_FILES`; without one the app does not update itself.
    """

    root: Path
    version: str
    build: int
    channel: str
    platform: Platform
    schema_max: int
    trust: Path | None = None


def make_program(order: Order, work: Path, out: Path) -> Path:
    """Make the desktop app's folder in `out`.

    Args:
        order: what to make.
        work: a folder for what is made on the way; see `freezing.freeze`.
        out: a folder; what it has of an earlier run is replaced.

    Returns:
        The folder.

    Raises:
        FreezingError: PyInstaller did not make it.
        ContentsError: something is in it, or missing, that the list does not say.
        UpdateError: a file in it is no plain file.
    """
    recipe = recipes.program(sys.platform, DRIVER_FINDERS[order.platform])
    sources = _staged(order, work)
    folder = _moved(freeze(recipe, sources, work), out / recipe.name)
    if sys.platform == "linux":
        copy_qt(folder / INTERNAL)
    shutil.copytree(order.root / "web_ui" / "dist", folder / WEB_UI)
    _write_json(folder / build_info.FILE, _info(order).model_dump(mode="json"))
    if order.trust is not None:
        for name in TRUST_FILES:
            _copy(order.trust / name, folder / TRUST / name)
    _check(folder, recipe.name, order)
    return folder


def make_launcher(order: Order, work: Path, out: Path) -> Path:
    """Make the launcher's folder in `out`; arguments and errors are those of `make_program`."""
    recipe = recipes.launcher(sys.platform)
    folder = _moved(freeze(recipe, _staged(order, work), work), out / LAUNCHER_FOLDER)
    _check(folder, recipe.name, order)
    return folder


def modules_in(program: Path) -> tuple[str, ...]:
    """Return the names of the Python modules in a frozen program."""
    archive = CArchiveReader(str(program))
    return tuple(sorted(archive.open_embedded_archive("PYZ.pyz").toc))


def _staged(order: Order, work: Path) -> Path:
    sources = work / "sources"
    shutil.rmtree(sources, ignore_errors=True)
    stage(order.root, sources, order.version)
    return sources


def _info(order: Order) -> BuildInfo:
    return BuildInfo(
        app_id=APP_ID,
        version=order.version,
        build=order.build,
        platform=order.platform,
        channel=order.channel,
        schema_min=OLDEST_SCHEMA,
        schema_max=order.schema_max,
    )


def _check(folder: Path, name: str, order: Order) -> None:
    _settle_modes(folder)
    files = trees.files_of(folder)
    optional = {f"{TRUST}/{one}" for one in TRUST_FILES}
    paths = [file.path for file in files if file.path not in optional]
    contents.check_files(paths, contents.patterns_for(order.platform, name))
    contents.check_modules(modules_in(folder / f"{name}{_SUFFIX}"))
    contents.check_no_keys(folder)


def _settle_modes(folder: Path) -> None:
    """Give each file one of the two modes that a bundle knows, whatever the mask of this process is."""
    for path in folder.rglob("*"):
        runs = path.is_dir() or bool(path.stat().st_mode & 0o100)
        path.chmod(trees.PROGRAM if runs else trees.PLAIN)


def _moved(made: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    to.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.move(made, to))


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    shutil.copyfile(file, to)


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    path.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
