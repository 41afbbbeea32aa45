"""Every table and view of schema `app` and every function that returns rows, in the order of references.

A new one gets its row in the file of its kind, or in a new file that is named here.
"""

from tests.tenancy import (
    tables_candidates,
    tables_changes,
    tables_governance,
    tables_joining,
    tables_people,
    tables_updates,
    tables_uploads,
)
from tests.tenancy.answers import Table


def _sorted() -> tuple[Table, ...]:
    """Put tables that others refer to first: those that give a parameter, then those that need it."""
    kinds = (
        tables_people,
        tables_candidates,
        tables_changes,
        tables_governance,
        tables_joining,
        tables_uploads,
        tables_updates,
    )
    waiting = [table for kind in kinds for table in kind.TABLES]
    given = {table.gives for table in waiting if table.gives}
    done: list[Table] = []
    while waiting:
        names = {table.name for table in done}
        have = {table.gives for table in done}
        ready = [table for table in waiting if _needs(table, given) <= have and _source(table) <= names]
        assert ready, [table.name for table in waiting]
        done += ready
        waiting = [table for table in waiting if table not in ready]
    return tuple(done)


def _needs(table: Table, given: set[str]) -> set[str]:
    text = table.inserts[0].statement if table.inserts else ""
    return {name for name in given if f"%({name})s" in text}


def _source(table: Table) -> set[str]:
    return set() if table.rows in {"made", "office", "person", "device", "shared"} else {table.rows}


TABLES: tuple[Table, ...] = _sorted()
