"""The people of a job. Every function runs inside the caller's transaction."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from agent_core.errors import StoreError
from agent_core.ports import Listing, ListingRow, ListingState
from agent_core.store.values import to_optional_time, to_reason, to_text
from protocol.facts import ResumeFacts
from protocol.reasons import Reason

_OPEN = "state in ('waiting', 'fetching')"


def insert(connection: sqlite3.Connection, job_id: UUID, change: int, listing: Listing) -> ListingRow:
    """Add a person as waiting, with the next number of the job."""
    row = connection.execute(
        "insert into listings (job_id, seq, change, candidate_external_id, details_url, state)"
        " values (?, (select coalesce(max(seq), 0) + 1 from listings where job_id = ?), ?, ?, ?, 'waiting')"
        " returning *",
        (str(job_id), str(job_id), change, listing.candidate_external_id, listing.details_url),
    ).fetchone()
    return _listing(row)


def get(connection: sqlite3.Connection, job_id: UUID, seq: int) -> ListingRow:
    """Return a person of the job.

    Raises:
        StoreError: there is none of this number.
    """
    row = connection.execute(
        "select * from listings where job_id = ? and seq = ?", (str(job_id), seq)
    ).fetchone()
    if row is None:
        raise StoreError(Reason.REQUEST_NOT_FOUND, "listing")
    return _listing(row)


def of_job(connection: sqlite3.Connection, job_id: UUID) -> list[ListingRow]:
    """Return every person of the job, in the order of listing."""
    rows = connection.execute("select * from listings where job_id = ? order by seq", (str(job_id),))
    return [_listing(row) for row in rows]


def changed_since(connection: sqlite3.Connection, job_id: UUID, change: int) -> list[ListingRow]:
    """Return the people of the job that changed after ``change``, in the order of change."""
    rows = connection.execute(
        "select * from listings where job_id = ? and change > ? order by change", (str(job_id), change)
    )
    return [_listing(row) for row in rows]


def still_open(connection: sqlite3.Connection, job_id: UUID) -> list[ListingRow]:
    """Return the people of the job without an outcome."""
    rows = connection.execute(
        f"select * from listings where job_id = ? and {_OPEN} order by seq",  # noqa: S608 - a constant
        (str(job_id),),
    )
    return [_listing(row) for row in rows]


def set_fetching(connection: sqlite3.Connection, job_id: UUID, seq: int, change: int) -> None:
    """Say that a waiting person is being fetched.

    Raises:
        StoreError: there is no such person, or they have an outcome.
    """
    done = connection.execute(
        "update listings set state = 'fetching', change = ?"
        " where job_id = ? and seq = ? and state = 'waiting'",
        (change, str(job_id), seq),
    )
    _one_row(done)


def put_back(connection: sqlite3.Connection, job_id: UUID, seq: int, change: int, *, tried: bool) -> None:
    """Let somebody who was being fetched wait again.

    Raises:
        StoreError: nobody of this number is being fetched.
    """
    done = connection.execute(
        "update listings set state = 'waiting', change = ?, tries = tries + ?"
        " where job_id = ? and seq = ? and state = 'fetching'",
        (change, int(tried), str(job_id), seq),
    )
    _one_row(done)


def to_retry(connection: sqlite3.Connection, job_id: UUID, seqs: Sequence[int] | None) -> list[ListingRow]:
    """Return those who failed, or were left when the job was cancelled; of these numbers alone if given."""
    rows = connection.execute(
        "select * from listings where job_id = ? and (state = 'failed' or (state = 'skipped' and reason = ?))"
        " and (? or seq in (select value from json_each(?))) order by seq",
        (str(job_id), Reason.JOB_CANCELLED.value, int(seqs is None), json.dumps(list(seqs or ()))),
    )
    return [_listing(row) for row in rows]


def active_job_of(connection: sqlite3.Connection, rows: Sequence[ListingRow]) -> UUID | None:
    """Return a job that is not over in which one of these people has no outcome yet."""
    numbers = [row.candidate_external_id for row in rows if row.candidate_external_id]
    row = connection.execute(
        "select l.job_id from listings l join jobs j on j.job_id = l.job_id"  # noqa: S608 - a constant
        f" where j.status in ('queued', 'running') and l.{_OPEN}"
        " and l.candidate_external_id in (select value from json_each(?)) limit 1",
        (json.dumps(numbers),),
    ).fetchone()
    return None if row is None else UUID(row["job_id"])


def finish(
    connection: sqlite3.Connection,
    job_id: UUID,
    seq: int,
    *,
    change: int,
    state: ListingState,
    reason: Reason | None,
    now: datetime,
) -> ListingRow:
    """Give a person their outcome, once.

    Raises:
        StoreError: there is no such person, or they have an outcome already.
    """
    row = connection.execute(
        f"update listings set state = ?, reason = ?, change = ?, at = ?"  # noqa: S608 - a constant
        f" where job_id = ? and seq = ? and {_OPEN} returning *",
        (state.value, None if reason is None else reason.value, change, to_text(now), str(job_id), seq),
    ).fetchone()
    if row is None:
        raise StoreError(Reason.JOB_NOT_ACTIVE, "this person has an outcome")
    return _listing(row)


def describe(connection: sqlite3.Connection, job_id: UUID, seq: int, facts: ResumeFacts) -> None:
    """Keep what this computer shows of the person."""
    connection.execute(
        "update listings set name = ?, present_rank = ? where job_id = ? and seq = ?",
        (facts.name, facts.present_rank, str(job_id), seq),
    )


def set_file(connection: sqlite3.Connection, job_id: UUID, seq: int, relative_path: str) -> None:
    """Keep where the person's resume lies."""
    connection.execute(
        "update listings set relative_path = ? where job_id = ? and seq = ?",
        (relative_path, str(job_id), seq),
    )


def _one_row(cursor: sqlite3.Cursor) -> None:
    if cursor.rowcount != 1:
        raise StoreError(Reason.JOB_NOT_ACTIVE, "this person has an outcome")


def _listing(row: sqlite3.Row) -> ListingRow:
    return ListingRow(
        job_id=UUID(row["job_id"]),
        seq=row["seq"],
        change=row["change"],
        candidate_external_id=row["candidate_external_id"],
        details_url=row["details_url"],
        state=ListingState(row["state"]),
        reason=to_reason(row["reason"]),
        name=row["name"],
        present_rank=row["present_rank"],
        relative_path=row["relative_path"],
        at=to_optional_time(row["at"]),
        tries=row["tries"],
    )
