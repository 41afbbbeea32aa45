"""Whether this process can serve: its database with all of its migrations, and the file store."""

import threading
from collections.abc import Callable
from typing import Literal

import psycopg
import structlog

from cloud_api.db.migrate import load_migrations
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.errors import CloudError
from cloud_api.health.schemas import Part, Readiness

KEPT_SECONDS = 5.0
"""So long an answer is given again: anyone may ask, and asking must cost the parts nothing."""

_SQL = NamedQueries("cloud_api.health", "health.sql")
_log = structlog.get_logger("cloud_api.health")

Migrations = Literal["ok", "missing", "unknown"]


class ReadinessCheck:
    """Asks the parts, at most once in `KEPT_SECONDS`. Any thread; one asks, the others wait for it."""

    def __init__(
        self,
        database: Database,
        reach_objects: Callable[[], object],
        version: str,
        ticks: Callable[[], float],
    ) -> None:
        """Ask these parts.

        Args:
            database: of this process.
            reach_objects: asks the file store for something; raises `CloudError` when it is away.
            version: of this process.
            ticks: seconds of a clock that never goes back.
        """
        self._database = database
        self._reach_objects = reach_objects
        self._version = version
        self._ticks = ticks
        self._lock = threading.Lock()
        self._kept: tuple[float, Readiness] | None = None

    def look(self) -> Readiness:
        """Return how the parts are, or were a moment ago."""
        with self._lock:
            if self._kept is None or self._ticks() - self._kept[0] >= KEPT_SECONDS:
                found = self._ask()
                self._kept = (self._ticks(), found)
            return self._kept[1]

    def _ask(self) -> Readiness:
        database, migrations = self._ask_database()
        objects = self._ask_objects()
        ready = (database, migrations, objects) == ("ok", "ok", "ok")
        return Readiness(
            status="ok" if ready else "not-ready",
            version=self._version,
            database=database,
            migrations=migrations,
            objects=objects,
        )

    def _ask_database(self) -> tuple[Part, Migrations]:
        try:
            with self._database.anonymous() as tx:
                applied = tx.value(_SQL["applied_migrations"], {})
        except psycopg.errors.UndefinedFunction:  # a database from before this question
            return "ok", "missing"
        except (CloudError, psycopg.Error) as error:
            _log.warning("not_ready", part="database", error=type(error).__name__)
            return "unavailable", "unknown"
        missing = {migration.version for migration in load_migrations()} - set(applied)
        return "ok", "missing" if missing else "ok"

    def _ask_objects(self) -> Part:
        try:
            self._reach_objects()
        except CloudError as error:
            _log.warning("not_ready", part="objects", reason=error.reason.value)
            return "unavailable"
        return "ok"
