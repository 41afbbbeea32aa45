"""A transaction with typed rows, and on whose behalf it runs.

A caller's transaction becomes role ``authenticated`` with their claims for its own length, so that row-level
security decides what it sees; it works the same through a pooler in transaction mode.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from cloud_api.errors import NotFound
from protocol.reasons import Reason

Row = TypeVar("Row")
Params = Mapping[str, Any]

_BECOME = b"""
select set_config('role', 'authenticated', true), set_config('request.jwt.claims', %(claims)s, true)
"""


@dataclass(frozen=True)
class Claims:
    """Who asks: a person, or a device on behalf of its person. What they may is the database's to say.

    Attributes:
        address: where the request comes from, for the audit log; an IP address or empty.
        trace_id: which request it is, for the audit log.
    """

    user_id: UUID
    device_id: UUID | None = None
    address: str = ""
    trace_id: str = ""

    def as_json(self) -> str:
        """Return them as ``request.jwt.claims`` holds them."""
        claims = {"sub": str(self.user_id), "role": "authenticated"}
        if self.device_id is not None:
            claims["device_id"] = str(self.device_id)
        if self.address:
            claims["address"] = self.address
        if self.trace_id:
            claims["trace_id"] = self.trace_id
        return json.dumps(claims)


@dataclass(frozen=True)
class Origin:
    """Where a request of nobody yet comes from, for the audit log: as in `Claims`."""

    address: str = ""
    trace_id: str = ""

    def as_json(self) -> str:
        """Return it as ``request.jwt.claims`` holds it: without anybody in it."""
        claims = {"address": self.address, "trace_id": self.trace_id}
        return json.dumps({name: value for name, value in claims.items() if value})


class Transaction:
    """One open transaction. Parameters are named, rows come as instances of a dataclass or model.

    Column names must be the fields' names.
    """

    def __init__(self, connection: "psycopg.Connection[Any]", claims: Claims | None = None) -> None:
        """Wrap a connection that is in a transaction."""
        self._connection = connection
        self.claims = claims

    def all(self, query: bytes, params: Params, row: type[Row]) -> list[Row]:
        """Return every row."""
        with self._connection.cursor(row_factory=class_row(row)) as cursor:
            return cursor.execute(query, params).fetchall()

    def maybe(self, query: bytes, params: Params, row: type[Row]) -> Row | None:
        """Return the first row, or None."""
        with self._connection.cursor(row_factory=class_row(row)) as cursor:
            return cursor.execute(query, params).fetchone()

    def one(self, query: bytes, params: Params, row: type[Row]) -> Row:
        """Return the first row.

        Raises:
            NotFound: there is none that the caller may see.
        """
        found = self.maybe(query, params, row)
        if found is None:
            raise NotFound(Reason.REQUEST_NOT_FOUND)
        return found

    def value(self, query: bytes, params: Params) -> Any:
        """Return the first column of the first row, or None."""
        found = self._connection.execute(query, params).fetchone()
        return None if found is None else found[0]

    def run(self, query: bytes, params: Params) -> int:
        """Run a statement and return how many rows it changed."""
        return self._connection.execute(query, params).rowcount

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what is done inside when it raises, and leave the rest of the transaction as it is."""
        with self._connection.transaction():
            yield


def come_from(connection: "psycopg.Connection[Any]", origin: Origin) -> None:
    """Have the open transaction, which is nobody's, say where it comes from."""
    connection.execute(b"select set_config('request.jwt.claims', %s, true)", [origin.as_json()])


def become(connection: "psycopg.Connection[Any]", claims: Claims) -> None:
    """Make the open transaction the caller's."""
    connection.execute(_BECOME, {"claims": claims.as_json()})
