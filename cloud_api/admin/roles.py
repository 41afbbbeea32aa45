"""The roles that a server of Postgres needs beside the database: no dump of a database holds them.

The API logs in as one of two roles, `FIRST` and `SECOND`, so that its password can be changed while it
serves: the other one gets a new password, the API is started again with it, and then the first is closed.
"""

import secrets
from typing import Any

from psycopg import Connection, sql

FIRST, SECOND = "njordhr_api", "njordhr_api_2"
"""`SECOND` may what `FIRST` may, and is made when a password is changed for the first time."""

_PREPARE = b"""
do $$
declare v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
      execute format('create role %I nologin', v_role);
    end if;
  end loop;
  if not exists (select from pg_catalog.pg_roles where rolname = 'njordhr_api') then
    create role njordhr_api login noinherit;
  end if;
end
$$;
grant authenticated to njordhr_api;
"""
_LIMITS = (("statement_timeout", "15s"), ("idle_in_transaction_session_timeout", "60s"), ("timezone", "UTC"))
"""As migration 20261124060000 has them for `FIRST`."""


class StillUsed(Exception):  # noqa: N818 - named after what stands in the way
    """Connections are open with the password that is to be closed."""


def prepare(connection: "Connection[Any]") -> None:
    """Make the roles that a dump's grants name, where they are not there yet."""
    connection.execute(_PREPARE)
    _limit(connection, FIRST)


def open_other(connection: "Connection[Any]", current: str) -> tuple[str, str]:
    """Give the role that the API does not use a new password; return its name and the password.

    The one in use goes on working until `close`.

    Raises:
        ValueError: ``current`` is none of the two.
    """
    if current not in {FIRST, SECOND}:
        raise ValueError(f"the API logs in as {FIRST} or {SECOND}")
    other = SECOND if current == FIRST else FIRST
    if connection.execute("select from pg_roles where rolname = %s", [other]).fetchone() is None:
        name = sql.Identifier(other)
        connection.execute(sql.SQL("create role {} inherit in role {}").format(name, sql.Identifier(FIRST)))
        _limit(connection, other)
    password = secrets.token_urlsafe(32)
    statement = sql.SQL("alter role {} login password {}")
    connection.execute(statement.format(sql.Identifier(other), sql.Literal(password)))
    return other, password


def close(connection: "Connection[Any]", name: str) -> None:
    """Let nobody log in as this role any more.

    Raises:
        ValueError: ``name`` is none of the two.
        StillUsed: somebody is connected as it.
    """
    if name not in {FIRST, SECOND}:
        raise ValueError(f"the API logs in as {FIRST} or {SECOND}")
    row = connection.execute("select count(*) from pg_stat_activity where usename = %s", [name]).fetchone()
    if row and row[0]:
        raise StillUsed(f"{row[0]} connections are open as {name}: start the API again with the other role")
    connection.execute(sql.SQL("alter role {} nologin password null").format(sql.Identifier(name)))


def _limit(connection: "Connection[Any]", name: str) -> None:
    for setting, value in _LIMITS:
        statement = sql.SQL("alter role {} set {} = {}")
        connection.execute(
            statement.format(sql.Identifier(name), sql.Identifier(setting), sql.Literal(value))
        )
