"""Runs Postgres' own programs. The password travels in their environment, which no other user can read."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class ProgramError(Exception):
    """A program of Postgres did not do its work; the text is what it said."""


def run(program: str, arguments: list[str], url: str, folder: Path | None = None) -> str:
    """Run ``pg_dump`` or ``pg_restore`` on a database, and return what it printed.

    Args:
        program: its name.
        arguments: without the database.
        url: of the database.
        folder: where the program lies; None for wherever the shell finds it.

    Raises:
        ProgramError: it is not there, or it failed.
    """
    path = str(folder / program) if folder else program
    try:
        done = subprocess.run(
            [path, *arguments], env=environment(url, os.environ), capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ProgramError(f"{program} cannot be run: install the client programs of Postgres") from error
    if done.returncode:
        raise ProgramError(f"{program}: {done.stderr.strip()[-600:]}")
    return done.stdout


def environment(url: str, base: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that lead a program of Postgres to this database.

    Example:
        >>> environment("postgresql://ann:secret@db:5433/office", {})["PGPASSWORD"]
        'secret'
    """
    told = conninfo_to_dict(url)
    return {**base, **{name: str(told[key]) for key, name in _VARIABLES.items() if told.get(key)}}
