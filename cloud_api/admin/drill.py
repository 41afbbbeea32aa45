"""The restore drill: a backup is restored into an empty database, and everything in it compared.

A backup that was never restored is a hope. Every step says what it found; the drill is passed when none
found anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from cloud_api.admin import backup, inventory, roles
from cloud_api.admin.postgres_programs import run
from cloud_api.admin.recompute import compare
from cloud_api.admin.tables import TableFigure, differences, figures
from cloud_api.resumes.object_store import ObjectStore


class DrillError(Exception):
    """The drill cannot begin; the text says why."""


@dataclass(frozen=True)
class Step:
    """One step of a drill, with what it found wrong."""

    name: str
    faults: tuple[str, ...]


def drill(folder: Path, target_url: str, objects: ObjectStore, programs: Path | None = None) -> list[Step]:
    """Restore and compare; nothing after a damaged backup.

    Args:
        folder: of the backup.
        target_url: an empty database, of a role that may make roles; it is left restored, to be looked at.
        objects: the file store, as it is now.
        programs: the folder of ``pg_restore``.

    Raises:
        DrillError: the target is not empty.
        ProgramError: ``pg_restore`` failed.
    """
    _must_be_empty(target_url)
    manifest = backup.read_manifest(folder)
    damaged = tuple(
        f"{name} is not what was written"
        for name, digest in manifest.files.items()
        if backup.sha256_of(folder / name) != digest
    )
    if damaged:
        return [Step("files of the backup", damaged)]
    with psycopg.connect(target_url) as connection:
        roles.prepare(connection)
    run("pg_restore", _arguments(folder, target_url), target_url, programs)
    checks: list[tuple[str, Callable[[], list[str]]]] = [
        ("rows of every table", lambda: differences(manifest.tables, _restored_figures(target_url))),
        ("current state from the events", lambda: _recomputed(target_url)),
        ("objects of the file store", lambda: _objects(folder, manifest.objects, objects)),
    ]
    return [Step("files of the backup", ()), *(Step(name, tuple(check())) for name, check in checks)]


def _arguments(folder: Path, target_url: str) -> list[str]:
    database = str(conninfo_to_dict(target_url).get("dbname") or "")
    return ["--exit-on-error", "--no-owner", "--dbname", database, str(folder / backup.DUMP)]


def _must_be_empty(url: str) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute("select to_regnamespace('app') is null").fetchone()
    if not (row and row[0]):
        raise DrillError("the database has schema app already; a drill needs an empty one")


def _restored_figures(url: str) -> dict[str, TableFigure]:
    with psycopg.connect(url) as connection:
        return figures(connection)


def _recomputed(url: str) -> list[str]:
    found = compare(url, mend=False)
    return [f"{item.candidate_id}: {', '.join(item.fields)}" for item in found]


def _objects(folder: Path, count: int, objects: ObjectStore) -> list[str]:
    items = list(inventory.read(folder / backup.INVENTORY))
    short = [] if len(items) == count else [f"{len(items)} objects in the inventory, {count} in the manifest"]
    return short + inventory.missing(items, objects)
