"""A backup: the database as ``pg_dump`` has it, the inventory of the file store, and a manifest of both.

Dump and figures are of one snapshot, so that a restored database can be compared with the manifest row by
row while people went on working.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from cloud_api import __version__
from cloud_api.admin import inventory
from cloud_api.admin.postgres_programs import run
from cloud_api.admin.tables import TableFigure, figures
from cloud_api.resumes.object_store import ObjectStore

DUMP, INVENTORY, MANIFEST = "database.dump", "objects.jsonl", "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        migrations: the newest one that the database had.
        files: name -> SHA-256 of the backup's other files.
        objects: how many the file store had.
    """

    made_at: str
    version: str
    postgres: str
    migrations: str
    files: Mapping[str, str]
    objects: int
    tables: Mapping[str, TableFigure]


def make(
    admin_url: str, objects: ObjectStore, folder: Path, now: datetime, programs: Path | None = None
) -> Manifest:
    """Write a backup into a new folder; the manifest comes last, so a folder with one is whole.

    Args:
        admin_url: of a role that row-level security does not hold.
        objects: the file store.
        folder: must not be there yet.
        now: for the manifest.
        programs: the folder of ``pg_dump``.

    Raises:
        FileExistsError: the folder is there.
        ProgramError: ``pg_dump`` failed.
    """
    folder.mkdir(mode=0o700, parents=True)
    with psycopg.connect(admin_url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute(
            "select pg_export_snapshot(), current_setting('server_version'),"
            " (select max(version) from supabase_migrations.schema_migrations)"
        ).fetchone()
        if row is None:
            raise psycopg.DataError("the database told nothing")
        snapshot, postgres, migrations = row
        dump = ["--format=custom", f"--snapshot={snapshot}", "--file", str(folder / DUMP)]
        run("pg_dump", dump, admin_url, programs)
        tables = figures(connection)
    count = inventory.write(folder / INVENTORY, inventory.take(objects))
    files = {name: sha256_of(folder / name) for name in (DUMP, INVENTORY)}
    made = Manifest(now.isoformat(), __version__, postgres, migrations, files, count, tables)
    text = json.dumps(asdict(made), indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return made


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a backup.

    Raises:
        FileNotFoundError: the backup is not whole.
    """
    told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    told["tables"] = {name: TableFigure(**figure) for name, figure in told["tables"].items()}
    return Manifest(**told)


def sha256_of(path: Path) -> str:
    """Return the digest of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
