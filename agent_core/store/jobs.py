"""Jobs: their states and counts. Every function runs inside the caller's transaction.

A job's ``change`` counts every change to it or to one of its people; a stream resumes from it.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from agent_core.errors import StoreError
from agent_core.store.values import to_optional_time, to_reason, to_text, to_time
from protocol.jobs import JobCounts, JobRequest, JobSnapshot, JobStatus, Outcome
from protocol.reasons import Reason


def insert(connection: sqlite3.Connection, job_id: UUID, request: JobRequest, now: datetime) -> JobSnapshot:
    """Add a queued job."""
    connection.execute(
        "insert into jobs (job_id, rank, ship_type, force_redownload, status, change, created_at)"
        " values (?, ?, ?, ?, 'queued', 1, ?)",
        (str(job_id), request.rank, request.ship_type, int(request.force_redownload), to_text(now)),
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


def newest(connection: sqlite3.Connection, limit: int) -> list[JobSnapshot]:
    """Return the newest jobs, newest first."""
    rows = connection.execute("select * from jobs order by position desc limit ?", (limit,))
    return [_snapshot(row) for row in rows]


def in_status(connection: sqlite3.Connection, status: JobStatus) -> Sequence[JobSnapshot]:
    """Return the jobs of a status, oldest first."""
    rows = connection.execute("select * from jobs where status = ? order by position", (status.value,))
    return [_snapshot(row) for row in rows]


def next_change(connection: sqlite3.Connection, job_id: UUID, needed: JobStatus) -> int:
    """Count one more change of a job that is in the status which the caller relies on.

    Raises:
        StoreError: it is not; nothing may happen to it any more.
    """
    row = connection.execute(
        "update jobs set change = change + 1 where job_id = ? and status = ? returning change",
        (str(job_id), needed.value),
    ).fetchone()
    if row is None:
        get(connection, job_id)
        raise StoreError(Reason.JOB_NOT_ACTIVE)
    return int(row["change"])


def set_running(connection: sqlite3.Connection, job_id: UUID, now: datetime) -> None:
    """Set a queued job running."""
    next_change(connection, job_id, JobStatus.QUEUED)
    connection.execute(
        "update jobs set status = 'running', started_at = ? where job_id = ?", (to_text(now), str(job_id))
    )


def set_ended(
    connection: sqlite3.Connection, job_id: UUID, status: JobStatus, reason: Reason | None, now: datetime
) -> None:
    """End a job whose people all have an outcome; the schema refuses any other."""
    connection.execute(
        "update jobs set status = ?, reason = ?, ended_at = ?, change = change + 1 where job_id = ?",
        (status.value, None if reason is None else reason.value, to_text(now), str(job_id)),
    )


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
    )
