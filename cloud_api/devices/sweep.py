"""Forgets what is over, a few times a minute: codes nobody fetched, and what a computer did not come for."""

import threading

import psycopg
import structlog

from cloud_api.db.pool import Database
from cloud_api.devices.command import forget_old
from cloud_api.errors import CloudError

SECONDS_BETWEEN = 20.0
_log = structlog.get_logger("cloud_api.devices.sweep")


class Sweeper:
    """Sweeps on a thread of its own, until the server stops. Several processes may do so at once."""

    def __init__(self, database: Database, stopping: threading.Event) -> None:
        """Sweep here; nothing runs before ``start``."""
        self._database = database
        self._stopping = stopping
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin to sweep."""
        self._thread.start()

    def stop(self) -> None:
        """Wait for the end, after ``stopping`` was set."""
        if self._thread.is_alive():
            self._thread.join(SECONDS_BETWEEN)

    def _run(self) -> None:
        while not self._stopping.wait(SECONDS_BETWEEN):
            try:
                forget_old(self._database)
            except (CloudError, psycopg.Error) as error:
                _log.warning("not_swept", error=type(error).__name__)
