"""Jobs: their states and counts. Every function runs inside the caller's transaction.

A job's ``change`` counts every change to it or to one of its people; a stream resumes from it, and the office
tells a newer report from an older one by it.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agent_core.errors import StoreError
from agent_core.store.values import to_optional_time, to_reason, to_text, to_time
from protocol.jobs import JobCounts, JobRequest, JobSnapshot, JobStatus, Outcome
from protocol.reasons import Reason

ACTIVE = (JobStatus.QUEUED, JobStatus.RUNNING)
"""A job that is not over."""


@dataclass(frozen=True)
class Pace:
    """Since when a running job has been running without a break, and how many people were done by then."""

    since: datetime | None
    done_before: int


def insert(
    connection: sqlite3.Connection,
    job_id: UUID,
    request: JobRequest,
    now: datetime,
    *,
    retry_of: UUID | None = None,
) -> JobSnapshot:
    """Add a queued job; one that fetches the failed people of another has no lists to walk."""
    connection.execute(
        "insert into jobs (job_id, rank, ship_type, force_redownload, status, change, created_at, retry_of,"
        " walked) values (?, ?, ?, ?, 'queued', 1, ?, ?, ?)",
        (
            str(job_id),
            request.rank,
            request.ship_type,
            int(request.force_redownload),
            to_text(now),
            None if retry_of is None else str(retry_of),
            int(retry_of is not None),
        ),
    )
    return get(connection, job_id)


def find(connection: sqlite3.Connection, job_id: UUID) -> JobSnapshot | None:
    """Return the job, if there is one of this id."""
    row = connection.execute("select * from jobs where job_id = ?", (str(job_id),)).fetchone()
    return None if row is None else _snapshot(row)


def get(connection: sqlite3.Connection, job_id: UUID) -> JobSnapshot:
    """Return the job.

    Raises:
        StoreError: there is none of this id.
    """
    job = find(connection, job_id)
    if job is None:
        raise StoreError(Reason.REQUEST_NOT_FOUND, "job")
    return job


def change_of(connection: sqlite3.Connection, job_id: UUID) -> int:
    """Return the job's change counter."""
    row = connection.execute("select change from jobs where job_id = ?", (str(job_id),)).fetchone()
    return 0 if row is None else int(row["change"])


def pace_of(connection: sqlite3.Connection, job_id: UUID) -> Pace:
    """Return what the time that is left can be guessed from."""
    row = connection.execute(
        "select went_on_at, done_before from jobs where job_id = ?", (str(job_id),)
    ).fetchone()
    return Pace(None, 0) if row is None else Pace(to_optional_time(row["went_on_at"]), row["done_before"])


def is_walked(connection: sqlite3.Connection, job_id: UUID) -> bool:
    """Tell whether the lists were walked to their end."""
    row = connection.execute("select walked from jobs where job_id = ?", (str(job_id),)).fetchone()
    return row is not None and bool(row["walked"])


def set_walked(connection: sqlite3.Connection, job_id: UUID) -> None:
    """Keep that the lists were walked to their end."""
    connection.execute("update jobs set walked = 1 where job_id = ?", (str(job_id),))


def active_of_pair(connection: sqlite3.Connection, request: JobRequest) -> JobSnapshot | None:
    """Return the job of this rank and ship type that is not over, other than retries of somebody."""
    row = connection.execute(
        "select * from jobs where rank = ? and ship_type = ? and status in ('queued', 'running')"
        " and retry_of is null order by position limit 1",
        (request.rank, request.ship_type),
    ).fetchone()
    return None if row is None else _snapshot(row)


def newest(connection: sqlite3.Connection, limit: int) -> list[JobSnapshot]:
    """Return the newest jobs and all that are not over, newest first."""
    rows = connection.execute(
        "select * from jobs where status in ('queued', 'running')"
        " or position > (select coalesce(max(position), 0) from jobs) - ? order by position desc",
        (limit,),
    )
    return [_snapshot(row) for row in rows]


def in_status(connection: sqlite3.Connection, status: JobStatus) -> Sequence[JobSnapshot]:
    """Return the jobs of a status, oldest first."""
    rows = connection.execute("select * from jobs where status = ? order by position", (status.value,))
    return [_snapshot(row) for row in rows]


def next_change(connection: sqlite3.Connection, job_id: UUID, *needed: JobStatus) -> int:
    """Count one more change of a job that is in one of the statuses which the caller relies on.

    Raises:
        StoreError: it is not; nothing may happen to it any more.
    """
    row = connection.execute(
        "update jobs set change = change + 1"
        " where job_id = ? and status in (select value from json_each(?)) returning change",
        (str(job_id), json.dumps(needed)),
    ).fetchone()
    if row is None:
        get(connection, job_id)
        raise StoreError(Reason.JOB_NOT_ACTIVE)
    return int(row["change"])


def set_running(connection: sqlite3.Connection, job_id: UUID, now: datetime) -> None:
    """Set a queued job running, for the first time or again."""
    next_change(connection, job_id, JobStatus.QUEUED)
    connection.execute(
        "update jobs set status = 'running', reason = null, started_at = coalesce(started_at, ?),"
        " went_on_at = ?, done_before = stored + skipped + failed where job_id = ?",
        (to_text(now), to_text(now), str(job_id)),
    )


def set_queued(connection: sqlite3.Connection, job_id: UUID, reason: Reason | None) -> None:
    """Queue a job that is not over, with a reason to wait or none.

    Raises:
        StoreError: it is over, or there is none of this id.
    """
    next_change(connection, job_id, *ACTIVE)
    connection.execute(
        "update jobs set status = 'queued', reason = ?, wish = null where job_id = ?",
        (None if reason is None else reason.value, str(job_id)),
    )


def set_ended(
    connection: sqlite3.Connection, job_id: UUID, status: JobStatus, reason: Reason | None, now: datetime
) -> None:
    """End a job whose people all have an outcome; the schema refuses any other."""
    connection.execute(
        "update jobs set status = ?, reason = ?, ended_at = ?, wish = null, change = change + 1"
        " where job_id = ?",
        (status.value, None if reason is None else reason.value, to_text(now), str(job_id)),
    )


def set_wish(connection: sqlite3.Connection, job_id: UUID, wish: Reason | None) -> None:
    """Keep why a running job is to stop, or that it is to go on, in case the agent dies before it has."""
    connection.execute(
        "update jobs set wish = ? where job_id = ? and status = 'running'",
        (None if wish is None else wish.value, str(job_id)),
    )


def wish_of(connection: sqlite3.Connection, job_id: UUID) -> Reason | None:
    """Return why somebody of the office wants the job to stop."""
    row = connection.execute("select wish from jobs where job_id = ?", (str(job_id),)).fetchone()
    return None if row is None else to_reason(row["wish"])


def count_listed(connection: sqlite3.Connection, job_id: UUID) -> None:
    """Count one more person."""
    connection.execute("update jobs set listed = listed + 1 where job_id = ?", (str(job_id),))


def count_outcome(connection: sqlite3.Connection, job_id: UUID, outcome: Outcome) -> None:
    """Count one more outcome."""
    # The column is one of three names of an enumeration, never a caller's text.
    connection.execute(
        f"update jobs set {outcome.value} = {outcome.value} + 1 where job_id = ?",  # noqa: S608 - see above
        (str(job_id),),
    )


def _snapshot(row: sqlite3.Row) -> JobSnapshot:
    reason = to_reason(row["reason"])
    return JobSnapshot(
        job_id=UUID(row["job_id"]),
        rank=row["rank"],
        ship_type=row["ship_type"],
        force_redownload=bool(row["force_redownload"]),
        status=JobStatus(row["status"]),
        counts=JobCounts(
            listed=row["listed"], stored=row["stored"], skipped=row["skipped"], failed=row["failed"]
        ),
        reason=reason,
        message="" if reason is None else reason.sentence,
        created_at=to_time(row["created_at"]),
        started_at=to_optional_time(row["started_at"]),
        ended_at=to_optional_time(row["ended_at"]),
        change=row["change"],
        retry_of=None if row["retry_of"] is None else UUID(row["retry_of"]),
    )
