"""Download jobs as the office sees them: make one for a computer, list them, look at one."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from cloud_api.auth.principal import Principal
from cloud_api.db.keyset import Position, decode, encode
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import Conflict
from cloud_api.jobs import command
from cloud_api.jobs.feed import PAGE, Look
from cloud_api.jobs.schemas import JobCreate, JobLogLine, JobPage, JobsQuery, JobView
from protocol.jobs import JobCounts, JobStatus
from protocol.reasons import Reason

_SQL = NamedQueries("cloud_api.jobs", "jobs.sql")


class JobRow(BaseModel):
    """A job as the table has it."""

    model_config = ConfigDict(frozen=True)

    job_id: UUID
    rank: str
    ship_type: str
    force_redownload: bool
    status: JobStatus
    message: str
    reason: Reason | None
    listed: int
    stored: int
    skipped: int
    failed: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    change: int
    user_email: str
    device_id: UUID
    device_name: str
    is_heard_of: bool
    waits_until: datetime | None

    def view(self) -> JobView:
        """Return it as people see it."""
        counts = {"listed", "stored", "skipped", "failed"}
        return JobView(**self.model_dump(exclude=counts), counts=JobCounts(**self.model_dump(include=counts)))


class _Device(NamedTuple):
    status: str


def create(database: Database, principal: Principal, wanted: JobCreate) -> tuple[JobView, bool]:
    """Make a job for one of the person's own computers, once for each ``job_id``.

    Returns:
        The job, and whether it is new.

    Raises:
        NotFound: the person has no such computer.
        Conflict: the computer is disconnected, or the id belongs to another job.
    """
    with database.authenticated(principal.claims) as tx:
        made = tx.run(_SQL["create_job"], wanted.model_dump()) == 1
        if made:
            command.start(tx, principal, wanted.job_id, wanted.device_id)
        found = tx.maybe(_SQL["job"], {"job_id": wanted.job_id}, JobRow)
        if found is None:
            _explain_refusal(tx, wanted)
            raise Conflict(Reason.INGEST_ID_REUSED, "job_id")
    if not _is_what_was_wanted(found, wanted):
        raise Conflict(Reason.INGEST_ID_REUSED, "job_id")
    return found.view(), made


def page(database: Database, principal: Principal, query: JobsQuery) -> JobPage:
    """Return a page of the jobs that the person may see, newest first."""
    after = decode(query.cursor)
    parameters = {
        "after_at": after and after.moment,
        "after_id": after and after.row_id,
        "limit": query.limit + 1,
    }
    with database.authenticated(principal.claims) as tx:
        rows = tx.all(_SQL["jobs_page"], parameters, JobRow)
    shown = rows[: query.limit]
    more = len(rows) > query.limit
    return JobPage(
        jobs=[row.view() for row in shown],
        next_cursor=encode(Position(shown[-1].created_at, shown[-1].job_id)) if more else None,
    )


def one(database: Database, principal: Principal, job_id: UUID) -> JobView:
    """Return a job.

    Raises:
        NotFound: there is none that this person may see.
    """
    with database.authenticated(principal.claims) as tx:
        return tx.one(_SQL["job"], {"job_id": job_id}, JobRow).view()


def look(database: Database, principal: Principal, job_id: UUID, after_seq: int) -> Look:
    """Return a job, and what its log says after a line.

    The job is read first, so that a job which is seen to be over is seen with all of its lines.

    Raises:
        NotFound: there is none that this person may see.
    """
    with database.authenticated(principal.claims) as tx:
        job = tx.one(_SQL["job"], {"job_id": job_id}, JobRow).view()
        lines = tx.all(
            _SQL["log_after"], {"job_id": job_id, "after_seq": after_seq, "limit": PAGE}, JobLogLine
        )
    return Look(job, lines)


def _explain_refusal(tx: Transaction, wanted: JobCreate) -> None:
    device = tx.one(_SQL["own_device"], {"device_id": wanted.device_id}, _Device)
    if device.status != "active":
        raise Conflict(Reason.DEVICE_NOT_PAIRED, "device_id")


def _is_what_was_wanted(found: JobRow, wanted: JobCreate) -> bool:
    return JobCreate(**found.model_dump(include=set(JobCreate.model_fields))) == wanted
