"""Write schema `app` as the migrations leave it: `cloud_api/supabase/schema.sql`.

It is read from the catalogue of a Postgres that all migrations were applied to, in an order of its own, so
that it is the same text on every version that we run on and changes only where the schema does. It is for
reading and reviewing, and it is valid SQL: on a plain Postgres that was prepared it makes the same schema,
which a test proves. Databases are made by the migrations all the same.

Example:
    ``python -m tools.schema_text`` prints it, from a Postgres that is started for it.
"""

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from cloud_api.db.migrate import migrate
from cloud_api.db.queries import NamedQueries
from demo.postgres import LocalPostgres

Connection = psycopg.Connection[Any]
_QUERIES = NamedQueries("tools", "schema_text.sql")
_HEADER = """\
-- Schema `app` as the migrations leave it: made by `python -m tools.generate`, and a test proves that it is
-- their sum. To be read, and never applied to a database of somebody's: that is what the migrations are for.
set check_function_bodies = off;
create schema if not exists extensions;
create extension if not exists pg_trgm with schema extensions;
create schema app;
"""


def describe(connection: Connection) -> str:
    """Return the text of schema `app` in this database."""
    connection.execute("set search_path = ''")
    tables = _all(connection, "relations")
    views = _all(connection, "views")
    functions = _all(connection, "functions")
    parts = [
        _HEADER,
        *_titled("Functions", (text for text, _, needs_table in functions if not needs_table)),
        *_titled("Tables", (text for row in tables for text in _table(connection, *row[:3]))),
        *_titled("Foreign keys", _texts(connection, "foreign_keys")),
        *_titled("Functions of tables", (text for text, _, needs_table in functions if needs_table)),
        *_titled("Views", (_qualified_alike(text) for _, text in views)),
        *_titled("What is there from the start", _contents(connection, [row[1] for row in tables])),
        *_titled("Triggers", _texts(connection, "triggers")),
        *_titled("Access", _access(connection, tables, views)),
    ]
    connection.execute("reset search_path")
    return "\n".join(parts)


def _all(connection: Connection, name: str, *parameters: object) -> list[tuple[Any, ...]]:
    return connection.execute(_QUERIES[name], parameters or None).fetchall()


def _texts(connection: Connection, name: str, *parameters: object) -> Iterator[str]:
    return (str(row[0]) for row in _all(connection, name, *parameters))


def _titled(title: str, statements: Iterable[str]) -> Iterator[str]:
    yield f"\n-- {title} {'-' * (106 - len(title))}\n"
    for statement in statements:
        lines = [line.rstrip() for line in statement.strip().removesuffix(";").splitlines()]
        yield "\n".join(lines) + ";\n"


def _table(connection: Connection, oid: int, _: str, create: str) -> Iterator[str]:
    lines = [*_texts(connection, "columns", oid), *_texts(connection, "constraints", oid)]
    yield f"{create} (\n  " + ",\n  ".join(lines) + "\n)"
    yield from _texts(connection, "indexes", oid)
    yield from _texts(connection, "comments", oid)


def _qualified_alike(view: str) -> str:
    """Return a view's text without the alias of its only table, which only older versions print."""
    aliases = re.findall(r"(?:FROM|JOIN) app\.\w+ (\w+)", view)
    return re.sub(rf"\b{aliases[0]}\.(?=\w)", "", view) if len(aliases) == 1 else view


def _contents(connection: Connection, tables: list[str]) -> Iterator[str]:
    """Yield what the migrations themselves put into tables."""
    for name in tables:
        table = sql.Identifier("app", name)
        rows = connection.execute(sql.SQL("select row_to_json(t)::text from {} t order by 1").format(table))
        for (row,) in rows.fetchall():
            made = sql.SQL("insert into {0} select * from json_populate_record(null::{0}, {1})")
            yield made.format(table, sql.Literal(row)).as_string(connection)


def _access(
    connection: Connection, tables: list[tuple[Any, ...]], views: list[tuple[Any, ...]]
) -> Iterator[str]:
    yield from _texts(connection, "schema_grants")
    for oid, name, _, secured in tables:
        yield secured
        yield from _texts(connection, "policies", name)
        yield from _texts(connection, "relation_grants", oid)
        yield from _texts(connection, "column_grants", oid)
    for oid, _ in views:
        yield from _texts(connection, "relation_grants", oid)
    yield from _texts(connection, "function_grants")


def main() -> int:
    """Print what the migrations make."""
    with tempfile.TemporaryDirectory(prefix="njordhr-schema-") as folder:
        Path(folder).chmod(0o755)  # root's server runs as another user; the data folder stays closed
        server = LocalPostgres(Path(folder) / "data", durable=False)
        try:
            server.start()
            migrate(server.admin_url())
            with psycopg.connect(server.admin_url()) as connection:
                sys.stdout.write(describe(connection))
        finally:
            server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
