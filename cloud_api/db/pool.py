"""The connections to Postgres, and the error that people are told when it is away.

``prepare_threshold=None`` keeps it safe behind a pooler in transaction mode. The pool opens without waiting:
the API starts, and says so, while the database is down.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors as pg
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from cloud_api.db.unit_of_work import Claims, Origin, Transaction, become, come_from
from cloud_api.errors import DatabaseUnavailable

_AWAY = (
    pg.AdminShutdown,
    pg.CannotConnectNow,
    pg.CrashShutdown,
    pg.QueryCanceled,
    pg.TooManyConnections,
)


class Database:
    """The office's database as the API's login role reaches it. Any thread.

    Example:
        >>> with database.authenticated(Claims(user_id)) as tx:  # doctest: +SKIP
        ...     tx.one(queries["me"], {}, MeRow)
    """

    def __init__(self, url: str, *, size: int = 8, wait_seconds: float = 5.0) -> None:
        """Set the pool up; nothing connects before `open`.

        Args:
            url: of the login role, or of a pooler.
            size: the most connections at once.
            wait_seconds: how long a request waits for a connection.
        """
        self._pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
            url,
            min_size=1,
            max_size=size,
            timeout=wait_seconds,
            open=False,
            kwargs={"prepare_threshold": None, "connect_timeout": 5},
            check=ConnectionPool.check_connection,
            name="njordhr",
        )

    def open(self) -> None:
        """Let it connect, in the background."""
        self._pool.open(wait=False)

    def close(self) -> None:
        """Give all connections back."""
        self._pool.close()

    def figures(self) -> dict[str, int]:
        """Return how the connections are used: sizes now, and counts since the start."""
        return self._pool.get_stats()

    @contextmanager
    def authenticated(self, claims: Claims) -> Iterator[Transaction]:
        """Open a transaction of a caller: committed at the end, rolled back when it raises.

        Raises:
            DatabaseUnavailable: it cannot be reached, or did not answer in time.
        """
        with self._connection() as connection:
            become(connection, claims)
            yield Transaction(connection, claims)

    @contextmanager
    def anonymous(self, origin: Origin | None = None) -> Iterator[Transaction]:
        """Open a transaction of nobody, for the look-up functions of the login role only.

        Args:
            origin: where it comes from, when what is done in it is written into the audit log.

        Raises:
            DatabaseUnavailable: it cannot be reached, or did not answer in time.
        """
        with self._connection() as connection:
            if origin is not None:
                come_from(connection, origin)
            yield Transaction(connection)

    @contextmanager
    def _connection(self) -> Iterator["psycopg.Connection[Any]"]:
        try:
            with self._pool.connection() as connection, connection.transaction():
                yield connection
        except (PoolTimeout, PoolClosed, *_AWAY) as error:
            raise DatabaseUnavailable(type(error).__name__) from error
        except psycopg.OperationalError as error:
            # A lost connection has no SQLSTATE; a deadlock and the like do, and are the caller's to retry.
            if error.sqlstate is not None and not error.sqlstate.startswith("08"):
                raise
            raise DatabaseUnavailable(type(error).__name__) from error
