"""What is in the tables of a database, as counts and digests that two databases can be compared by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, sql

_OURS = ["app", "local_auth", "supabase_migrations"]


@dataclass(frozen=True)
class TableFigure:
    """How many rows a table has, and what they add up to, in whatever order they lie."""

    rows: int
    digest: str


def figures(connection: "Connection[Any]") -> dict[str, TableFigure]:
    """Return table -> figure, of every table of ours, as this transaction sees them.

    Row-level security does not hold for who owns a backup: the connection must be of such a role.
    """
    connection.execute("set local row_security = off")
    connection.execute("set local timezone = 'UTC'")
    connection.execute("set local datestyle = 'ISO'")
    connection.execute("set local extra_float_digits = 1")
    found = connection.execute(
        "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname = any (%s) order by 1, 2",
        [_OURS],
    ).fetchall()
    return {f"{schema}.{table}": _figure(connection, schema, table) for schema, table in found}


def differences(before: Mapping[str, TableFigure], after: Mapping[str, TableFigure]) -> list[str]:
    """Say in which tables two databases differ, and how."""
    told = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            told.append(f"{name}: only in {'the restored database' if old is None else 'the backup'}")
        elif old.rows != new.rows:
            told.append(f"{name}: {new.rows} rows, {old.rows} in the backup")
        elif old.digest != new.digest:
            told.append(f"{name}: as many rows, with other contents")
    return told


def _figure(connection: "Connection[Any]", schema: str, table: str) -> TableFigure:
    # The rows' digests are added up: an order would cost a sort, and restoring keeps none.
    query = sql.SQL(
        "select count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 16))::bit(64)::bigint::numeric), 0)"
        "::text from {} t"
    )
    row = connection.execute(query.format(sql.Identifier(schema, table))).fetchone()
    return TableFigure(*row) if row else TableFigure(0, "0")
