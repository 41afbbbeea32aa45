"""Making one frozen program of staged sources with PyInstaller, always to the same bytes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from desktop.packaging.recipes import Recipe
from desktop.packaging.staged_sources import data_of, modules_of

SPEC = Path(__file__).with_name("onedir.spec")
EPOCH = "1767225600"
"""Every file in a bundle is as old as this; what it was made at is not in it."""
PARTS_ARE_TAKEN_BY_LIST = tuple(
    f"PySide6.Qt{name}"
    for name in (
        "Core", "DBus", "Gui", "Network", "OpenGL", "Positioning", "PrintSupport", "Qml", "Quick",
        "QuickWidgets", "WebChannel", "WebEngineCore", "WebEngineWidgets", "Widgets",
    )
)  # fmt: skip
"""PyInstaller would add all of Qt's plugins and QML for these; `qt_parts` says what is needed."""
_ENTRY = """\
import os
import sys

from desktop.frozen_environment import restore

restore(os.environ)

from {module} import main

sys.exit(main(sys.argv[1:]))
"""


class FreezingError(Exception):
    """PyInstaller did not make the program."""


def freeze(recipe: Recipe, sources: Path, work: Path, *, icon: Path | None = None) -> Path:
    """Make a program and its folder.

    Args:
        recipe: what goes in.
        sources: as `staged_sources.stage` makes them.
        work: a folder for what is made on the way. Where it has the analysis of an earlier run, only what
            changed within modules is made anew: whoever adds an import begins with an empty one.
        icon: of the program, where the system shows one.

    Returns:
        The folder, in `work`.

    Raises:
        FreezingError: with what PyInstaller said last.
    """
    work.mkdir(parents=True, exist_ok=True)
    entry = work / f"{recipe.name}.py"
    entry.write_text(_ENTRY.format(module=recipe.module), encoding="utf-8", newline="\n")
    told = {
        "name": recipe.name,
        "entry": str(entry),
        "sources": str(sources),
        "hidden": [*modules_of(sources, recipe.packages), *recipe.hidden],
        "data": data_of(sources, recipe.packages),
        "excluded": recipe.excluded,
        "whole": recipe.whole,
        "libraries": recipe.libraries,
        "left_out": recipe.left_out,
        "console": not recipe.has_window,
        "icon": None if icon is None else str(icon),
        "hooks": str(_write_hooks(work / "hooks")),
        "analysis": str(work / "analysis.marshal"),
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(work / "dist"), "--workpath", str(work / "build"), str(SPEC)]
    done = subprocess.run(
        command, cwd=work, env=_environment(os.environ, told), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise FreezingError(done.stderr[-4000:])
    return work / "dist" / recipe.name


def _write_hooks(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for module in PARTS_ARE_TAKEN_BY_LIST:
        (folder / f"hook-{module}.py").write_text("", encoding="utf-8")
    return folder


def _environment(environ: Mapping[str, str], told: Mapping[str, object]) -> dict[str, str]:
    """Return an environment in which the repository itself is not found."""
    kept = {name: value for name, value in environ.items() if not name.startswith(("PYTHON", "NJORDHR_"))}
    return {
        **kept,
        "PYTHONHASHSEED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": EPOCH,
        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",  # a change within what is compressed changes all after it
        "NJORDHR_ONEDIR": json.dumps(told),
    }
