"""Whether the cloud lives, and which of its parts does not."""

import structlog

from cloud_api.db.pool import Database
from cloud_api.errors import DatabaseUnavailable
from cloud_api.health.schemas import CloudHealth
from protocol import PROTOCOL_VERSION

_log = structlog.get_logger("cloud_api.health")


def check(database: Database, version: str) -> CloudHealth:
    """Ask the database for an answer. ``degraded`` says that the API lives and the database does not."""
    try:
        with database.anonymous() as tx:
            tx.value(b"select 1", {})
    except DatabaseUnavailable as error:
        _log.warning("database_unavailable", detail=error.detail)
        return CloudHealth(
            status="degraded", version=version, protocol=PROTOCOL_VERSION, database="unavailable"
        )
    return CloudHealth(status="ok", version=version, protocol=PROTOCOL_VERSION, database="ok")
