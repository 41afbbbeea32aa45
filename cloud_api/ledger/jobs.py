"""What a computer reports of its downloads: the job as it is, and its log, line by line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cloud_api.auth.principal import Device
from cloud_api.db.unit_of_work import Transaction
from cloud_api.ledger.candidate_rows import SQL
from cloud_api.ledger.decide import Refusal
from protocol.events import JobChangedEvent, JobLineEvent
from protocol.jobs import JobSnapshot, JobStatus
from protocol.reasons import Reason


@dataclass(frozen=True)
class _JobRow:
    job_id: UUID
    device_id: UUID
    rank: str
    ship_type: str
    force_redownload: bool
    status: str
    message: str
    reason: str | None
    listed: int
    stored: int
    skipped: int
    failed: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    reported_at: datetime | None
    change: int


@dataclass(frozen=True)
class Known:
    """What is known of a job.

    Attributes:
        reported_at: when that was true; None for a job that its computer has not reported on.
        change: the job's own counter then; 0 when its computer does not count.
    """

    status: JobStatus
    reported_at: datetime | None
    change: int


def replaces(known: Known, snapshot: JobSnapshot, occurred_at: datetime) -> bool:
    """Tell whether a report is newer than what is known: a job that is over stays over.

    Args:
        known: what is known.
        snapshot: the report.
        occurred_at: when the report was true; it counts only where one of the two has no counter.
    """
    if known.status.is_final and snapshot.status is not known.status:
        return False
    if known.reported_at is None:
        return True
    if snapshot.change and known.change:
        return snapshot.change >= known.change
    return occurred_at >= known.reported_at


def change(tx: Transaction, device: Device, event: JobChangedEvent) -> None:
    """Keep the job as its own computer reports it, making it when it is new.

    Raises:
        Refusal: the job is another computer's.
    """
    snapshot = event.payload
    known = tx.maybe(SQL["lock_job"], {"job_id": snapshot.job_id}, _JobRow)
    values = _values(snapshot) | {"reported_at": event.occurred_at}
    if known is None:
        made = {"organisation_id": device.organisation_id, "user_id": device.user_id}
        if tx.run(SQL["add_job"], values | made | {"device_id": device.device_id}) == 0:
            raise Refusal(Reason.INGEST_NOT_YOURS, "job_id")
    elif replaces(_known(known), snapshot, event.occurred_at):
        tx.run(SQL["save_job"], values)


def append_line(tx: Transaction, device: Device, event: JobLineEvent) -> None:
    """Append a line to the log of a job of the computer's person; row-level security says which these are.

    Raises:
        Refusal: the office does not have this job of theirs.
    """
    line = event.payload
    seq = tx.value(SQL["next_seq"], {"job_id": line.job_id})
    if seq is None:
        raise Refusal(Reason.INGEST_UNKNOWN_JOB, "job_id")
    values = line.model_dump(mode="json") | {"job_id": line.job_id, "seq": seq}
    tx.run(
        SQL["add_line"],
        values | {"organisation_id": device.organisation_id, "created_at": event.occurred_at},
    )


def _known(row: _JobRow) -> Known:
    return Known(JobStatus(row.status), row.reported_at, row.change)


def _values(snapshot: JobSnapshot) -> dict[str, Any]:
    values = snapshot.model_dump(exclude={"counts"}) | snapshot.counts.model_dump()
    values |= {"status": snapshot.status.value, "reason": snapshot.reason and snapshot.reason.value}
    return values
