"""Small things that the agent knows of itself, such as the name of its office."""

import sqlite3

from agent_core.store.connection import Records


def replace(connection: sqlite3.Connection, name: str, value: str) -> bool:
    """Keep a text inside the caller's transaction; tell whether it is another one than before."""
    changed = connection.execute(
        "insert into facts (name, value) values (?, ?)"
        " on conflict (name) do update set value = excluded.value where value <> excluded.value",
        (name, value),
    )
    return changed.rowcount > 0


class Facts:
    """Named texts; no secrets."""

    def __init__(self, records: Records) -> None:
        """Work on these records."""
        self._records = records

    def get(self, name: str) -> str:
        """Return the text, empty when there is none."""
        with self._records.read() as connection:
            row = connection.execute("select value from facts where name = ?", (name,)).fetchone()
        return "" if row is None else str(row["value"])

    def put(self, values: dict[str, str]) -> None:
        """Keep these texts, all or none."""
        with self._records.write() as connection:
            connection.executemany(
                "insert into facts (name, value) values (?, ?)"
                " on conflict (name) do update set value = excluded.value",
                list(values.items()),
            )
