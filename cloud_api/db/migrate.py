"""Apply the migrations: forward only, each whole or not at all, and never one that was changed afterwards.

They are recorded where the Supabase CLI records them, so that either tool goes on where the other stopped.
A Postgres without schema ``auth`` is prepared first with ``plain_postgres.sql``.

Example:
    ``python -m cloud_api.db.migrate``, with the owner's address in ``NJORDHR_CLOUD_ADMIN_URL`` (or as
    ``--database-url``, which other users of the machine can read). The password that the login role gets is
    taken from ``NJORDHR_CLOUD_API_PASSWORD`` when it is set.
"""

import argparse
import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import psycopg
from psycopg import sql

from cloud_api.secret_files import told

_LOCK = 5172_2026
_RECORD = b"""
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text primary key, statements text[], name text
);
create table if not exists supabase_migrations.njordhr_checksums (
  version text primary key, sha256 text not null
);
"""


class MigrationError(Exception):
    """A migration was changed after it was applied, or one is missing or out of order."""


@dataclass(frozen=True)
class Migration:
    """One file: ``<version>_<name>.sql``."""

    version: str
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest of the file as it was applied."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def load_migrations(folder: Traversable | None = None) -> list[Migration]:
    """Return the migrations in order."""
    source = folder or files("cloud_api").joinpath("supabase", "migrations")
    found = []
    for file in source.iterdir():
        if file.name.endswith(".sql"):
            version, _, name = file.name.removesuffix(".sql").partition("_")
            found.append(Migration(version, name, file.read_text(encoding="utf-8")))
    return sorted(found, key=lambda migration: migration.version)


def plan(
    migrations: Sequence[Migration], applied: Sequence[str], checksums: Mapping[str, str]
) -> list[Migration]:
    """Return what is still to be applied.

    Args:
        migrations: the files, in order.
        applied: the versions that the database has.
        checksums: version -> digest, where this tool applied it.

    Raises:
        MigrationError: an applied one was changed or has no file, or a new one is older than an applied one.
    """
    known = {migration.version: migration for migration in migrations}
    for version in applied:
        if version not in known:
            raise MigrationError(f"the database has {version}, and there is no file of it")
        if version in checksums and checksums[version] != known[version].sha256:
            raise MigrationError(f"{version} was changed after it was applied")
    newest = max(applied, default="")
    pending = [migration for migration in migrations if migration.version not in applied]
    late = [migration.version for migration in pending if migration.version < newest]
    if late:
        raise MigrationError(f"{late[0]} is older than {newest}, which is applied")
    return pending


def migrate(admin_url: str, api_password: str | None = None) -> list[str]:
    """Bring a database to the newest schema, and return the versions that were applied now.

    Args:
        admin_url: of a role that may create schemas and roles.
        api_password: what the login role ``njordhr_api`` gets as its password; None leaves it as it is.

    Raises:
        MigrationError: see `plan`.
        psycopg.Error: a statement failed; that migration left nothing behind.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_LOCK])
        if _is_plain(connection):
            connection.execute(_plain_preparation().encode())
        connection.execute(_RECORD)
        done = [_apply(connection, migration) for migration in _pending(connection)]
        if api_password is not None:
            connection.execute(
                sql.SQL("alter role njordhr_api password {}").format(sql.Literal(api_password))
            )
        return done


def _is_plain(connection: "psycopg.Connection[Any]") -> bool:
    """Tell a plain Postgres (new, or prepared by us) from Supabase's, whose ``auth`` is GoTrue's."""
    row = connection.execute(
        "select to_regnamespace('auth') is null or to_regnamespace('local_auth') is not null"
    ).fetchone()
    return bool(row and row[0])


def _plain_preparation() -> str:
    return files("cloud_api.db").joinpath("plain_postgres.sql").read_text(encoding="utf-8")


def _pending(connection: "psycopg.Connection[Any]") -> list[Migration]:
    applied = connection.execute("select version from supabase_migrations.schema_migrations").fetchall()
    checksums = connection.execute("select version, sha256 from supabase_migrations.njordhr_checksums")
    return plan(load_migrations(), [row[0] for row in applied], dict(checksums.fetchall()))


def _apply(connection: "psycopg.Connection[Any]", migration: Migration) -> str:
    with connection.transaction():
        connection.execute(migration.text.encode())
        connection.execute(
            "insert into supabase_migrations.schema_migrations (version, statements, name)"
            " values (%s, %s, %s)",
            [migration.version, [migration.text], migration.name],
        )
        connection.execute(
            "insert into supabase_migrations.njordhr_checksums (version, sha256) values (%s, %s)",
            [migration.version, migration.sha256],
        )
    return migration.version


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m cloud_api.db.migrate", description=__doc__)
    url = told("NJORDHR_CLOUD_ADMIN_URL", os.environ)
    parser.add_argument(
        "--database-url", default=url, required=url is None, help="of a role that owns schemas"
    )
    options = parser.parse_args(arguments)
    try:
        done = migrate(options.database_url, told("NJORDHR_CLOUD_API_PASSWORD", os.environ))
    except (MigrationError, psycopg.Error) as error:
        sys.stderr.write(f"not migrated: {error}\n")
        return 1
    sys.stdout.write(f"applied: {', '.join(done) or 'nothing, it is up to date'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
