"""Reading what of an office's running wants somebody to do something."""

from datetime import datetime, timedelta
from typing import NamedTuple

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.operations.schemas import ComputerState, FailedDownloads, OperationsView
from protocol.jobs import JobStatus

LIMIT = 200
ONLINE = timedelta(seconds=75)
"""As the list of computers has it; slices do not know each other, and a test keeps the two the same."""

_SQL = NamedQueries("cloud_api.operations", "operations.sql")


class _Ended(NamedTuple):
    status: str
    reason: str | None
    jobs: int
    computers: int
    last_at: datetime


def view(database: Database, principal: Principal, days: int) -> OperationsView:
    """Return how the office's computers and the downloads of the last days stand."""
    with database.authenticated(principal.claims) as tx:
        ended = tx.all(_SQL["jobs"], {"days": days}, _Ended)
        computers = tx.all(_SQL["computers"], {"online": ONLINE, "limit": LIMIT}, ComputerState)
    return OperationsView(
        days=days,
        succeeded=_count(ended, JobStatus.SUCCESS),
        cancelled=_count(ended, JobStatus.CANCELLED),
        failed=[
            FailedDownloads(reason=row.reason, jobs=row.jobs, computers=row.computers, last_at=row.last_at)
            for row in ended
            if row.status == JobStatus.FAILED
        ],
        computers=computers,
    )


def _count(ended: list[_Ended], status: JobStatus) -> int:
    return sum(row.jobs for row in ended if row.status == status)
