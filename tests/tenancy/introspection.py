"""What there is, as the database says it itself."""

from collections import defaultdict
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]
ROLES = ("public", "anon", "authenticated", "service_role", "njordhr_api")


def relations(connection: Connection) -> set[str]:
    """Return every table, view and materialised view of schema `app`."""
    found = connection.execute(
        "select relname from pg_class where relnamespace = 'app'::regnamespace"
        " and relkind in ('r', 'p', 'v', 'm', 'f')"
    )
    return {row[0] for row in found}


def functions(connection: Connection) -> dict[str, frozenset[str]]:
    """Return "schema.function" -> which of `ROLES` may call it, for all functions of ours."""
    found = connection.execute(
        "select p.pronamespace::regnamespace || '.' || p.proname, r.role from pg_proc p"
        " cross join unnest(%s::text[]) r (role)"
        " where p.pronamespace::regnamespace::text in ('app', 'local_auth')"
        " and (r.role = 'nobody' or has_function_privilege(r.role, p.oid, 'execute'))",
        [[*ROLES, "nobody"]],
    )
    allowed: dict[str, set[str]] = defaultdict(set)
    for name, role in found:
        allowed[name].add(role)
    return {name: frozenset(roles - {"nobody"}) for name, roles in allowed.items()}


def columns_with(connection: Connection, relation: str, privilege: str) -> set[str]:
    """Return the columns of a table or view for which `authenticated` has a privilege."""
    found = connection.execute(
        "select a.attname from pg_attribute a where a.attrelid = format('app.%%I', %s::text)::regclass"
        " and a.attnum > 0 and not a.attisdropped"
        " and has_column_privilege('authenticated', a.attrelid, a.attnum, %s)",
        [relation, privilege],
    )
    return {row[0] for row in found}


def columns(connection: Connection, relation: str) -> set[str]:
    """Return all columns of a table or view."""
    found = connection.execute(
        "select attname from pg_attribute where attrelid = format('app.%%I', %s::text)::regclass"
        " and attnum > 0 and not attisdropped",
        [relation],
    )
    return {row[0] for row in found}
