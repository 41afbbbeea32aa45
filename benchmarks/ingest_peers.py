"""The peers of the ingest: the same rows into the same tables, from ready values, as the same caller."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]
Become = Callable[[Connection], None]


@dataclass(frozen=True)
class Rows:
    """Rows of one table.

    Attributes:
        types: column -> its type, in the order of the values.
    """

    table: str
    types: dict[str, str]
    values: Sequence[tuple[Any, ...]]

    @property
    def name(self) -> sql.Identifier:
        """The table, in schema `app`."""
        return sql.Identifier("app", self.table)

    @property
    def columns(self) -> sql.Composed:
        """The columns, in order."""
        return sql.SQL(", ").join(map(sql.Identifier, self.types))

    def insert(self) -> sql.Composed:
        """Return the statement that adds one row."""
        places = sql.SQL(", ").join(sql.SQL("%s::{}").format(sql.SQL(kind)) for kind in self.types.values())
        return sql.SQL("insert into {} ({}) values ({})").format(self.name, self.columns, places)


def single_rows(connection: Connection, become: Become, batch: Sequence[Rows]) -> None:
    """Write one row a statement, and commit after each event."""
    for place in range(len(batch[0].values)):
        become(connection)
        for rows in batch:
            connection.execute(rows.insert(), rows.values[place])
        connection.commit()


def executemany(connection: Connection, become: Become, batch: Sequence[Rows]) -> None:
    """Write each table's rows with ``executemany``, which sends them in a pipeline."""
    become(connection)
    with connection.cursor() as cursor:
        for rows in batch:
            cursor.executemany(rows.insert(), rows.values)
    connection.commit()


def unnest(connection: Connection, become: Become, batch: Sequence[Rows]) -> None:
    """Write each table's rows in one statement, from an array a column."""
    become(connection)
    for rows in batch:
        arrays = [list(column) for column in zip(*rows.values, strict=True)]
        places = sql.SQL(", ").join(sql.SQL("%s::{}[]").format(sql.SQL(kind)) for kind in rows.types.values())
        statement = sql.SQL("insert into {} ({}) select * from unnest({})")
        connection.execute(statement.format(rows.name, rows.columns, places), arrays)
    connection.commit()


def copy_to_temporary(connection: Connection, become: Become, batch: Sequence[Rows]) -> None:
    """Write each table's rows with COPY into a temporary table, and from there."""
    become(connection)
    for rows in batch:
        made = sql.SQL("create temporary table copied on commit drop as select {} from {} limit 0")
        connection.execute(made.format(rows.columns, rows.name))
        with connection.cursor().copy("copy copied from stdin") as copy:
            for row in rows.values:
                copy.write_row(row)
        connection.execute(
            sql.SQL("insert into {} ({}) select * from copied").format(rows.name, rows.columns)
        )
        connection.execute("drop table copied")
    connection.commit()


BATCHED = {"executemany": executemany, "unnest": unnest, "COPY into a temporary table": copy_to_temporary}
"""The ways that take a batch at once."""
