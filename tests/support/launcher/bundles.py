"""Tiny bundles: a program of a few lines with what a real one has around it."""

import json
import sys

from desktop.install.places import Places
from tests.support.tree import ROOT

SCHEMA = 7
PROGRAM = """#!{python} -IS
import json, os, signal, subprocess, sqlite3, sys, time
sys.path.insert(0, {root!r})
VERSION = {version!r}
FOLDER = {folder!r}
def tell(text):
    try:
        with open(os.path.join(FOLDER, "told"), "a") as file:
            file.write(VERSION + " " + text + "\\n")
    except OSError:
        print(VERSION, text, file=sys.stderr)  # a full disk
from desktop.install.probation import CHECKS, Probation
probation = Probation.from_arguments(sys.argv[1:])
rest = [argument for argument in sys.argv[1:] if not argument.startswith("--probation")]
tell(" ".join(["probation" if probation else "plain", *rest]))
{does}
"""
GOOD = """
if probation:
    probation.report(dict.fromkeys(CHECKS, True))
    while not probation.is_committed():
        time.sleep(0.01)
    tell("committed")
"""


def build_of(version: str) -> int:
    major, minor, patch = map(int, version.split("."))
    return major * 10_000 + minor * 100 + patch


def about(version: str, schema: int = SCHEMA) -> bytes:
    return json.dumps({"version": version, "build": build_of(version), "schema_max": schema}).encode()


def put(places: Places, version: str, does: str = GOOD, schema: int = SCHEMA) -> None:
    """Put a version there, as an installer would."""
    folder = places.version(version)
    folder.mkdir(parents=True)
    values = {"python": sys.executable, "root": str(ROOT), "version": version, "folder": str(places.root)}
    places.program(version).write_text(PROGRAM.format(does=does, **values), encoding="utf-8")
    places.program(version).chmod(0o755)
    places.about(version).write_bytes(about(version, schema))


def told(places: Places) -> list[str]:
    """Return what the programs told, in order."""
    file = places.root / "told"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
