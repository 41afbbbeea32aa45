"""What there is beside what is declared here: a difference is a right that nobody decided on."""

from collections.abc import Iterator

from tests.tenancy.answers import Table
from tests.tenancy.functions import FUNCTIONS
from tests.tenancy.introspection import Connection, columns, columns_with, functions, relations
from tests.tenancy.tables import TABLES


def undeclared(connection: Connection) -> Iterator[str]:
    """Yield tables, views and functions without a row, and functions that others may call than it says."""
    for name in sorted(relations(connection) - {table.name for table in TABLES}):
        yield f"{name}: say what it answers in tests/tenancy/tables_<slice>.py"
    found = functions(connection)
    for name, roles in sorted(found.items()):
        if FUNCTIONS.get(name) != roles:
            yield f"{name} is callable by {sorted(roles)}: say in tests/tenancy/functions.py who may call it"
    for name in sorted(set(FUNCTIONS) - set(found)):
        yield f"{name} is not there any more: tests/tenancy/functions.py"


def undeclared_columns(connection: Connection, table: Table) -> Iterator[str]:
    """Yield in which columns of a table more or less may be read or changed than its row says."""
    if table.reading:
        return
    hidden = columns(connection, table.name) - columns_with(connection, table.name, "select")
    if hidden != set(table.hidden.split()):
        yield f"{table.name}: hidden are {' '.join(sorted(hidden))!r}"
    writable = columns_with(connection, table.name, "update")
    if writable != set(table.writable.split()):
        yield f"{table.name}: writable are {' '.join(sorted(writable))!r}"
