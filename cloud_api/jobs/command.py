"""What a person wants of a download of theirs: that its computer begins, pauses, goes on with or cancels it.

Each wish is a row that the computer claims. A download that it has not heard of yet is cancelled here.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.errors import Conflict, NotFound
from cloud_api.jobs.schemas import JobCommandRequest
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from protocol.commands import CommandKind
from protocol.jobs import JobStatus
from protocol.reasons import Reason

START_WAITS = timedelta(hours=24)
"""How long a download waits for a computer that is off."""

WISH_WAITS = timedelta(days=7)

_SQL = NamedQueries("cloud_api.jobs", "commands.sql")


class _Job(NamedTuple):
    status: str
    device_id: UUID
    device_status: str
    is_own: bool


class _Known(NamedTuple):
    kind: str
    job_id: UUID | None


def start(tx: Transaction, principal: Principal, job_id: UUID, device_id: UUID) -> None:
    """Have the job's computer begin it, in the transaction that makes the job."""
    tx.run(_SQL["start"], {"job_id": job_id, "waits": START_WAITS})
    _note(tx, principal, device_id, CommandKind.START_DOWNLOAD, job_id)


def ask(database: Database, principal: Principal, job_id: UUID, wanted: JobCommandRequest) -> None:
    """Ask the job's computer for something, once for each ``command_id``.

    Raises:
        NotFound: the person may see no such job.
        Conflict: it is over, its computer is disconnected, or the id belongs to another command.
    """
    wish = {"job_id": job_id, "command_id": wanted.command_id, "kind": wanted.kind}
    with database.authenticated(principal.claims) as tx:
        if _is_known(tx, wish):
            return
        job = tx.one(_SQL["job"], wish, _Job)
        if not job.is_own:
            raise NotFound(Reason.REQUEST_NOT_FOUND)
        if JobStatus(job.status).is_final:
            raise Conflict(Reason.JOB_NOT_ACTIVE)
        _note(tx, principal, job.device_id, wanted.kind, job_id)
        if wanted.kind == "cancel_job" and _is_taken_back(tx, wish):
            return
        if job.device_status != "active":
            raise Conflict(Reason.DEVICE_NOT_PAIRED, "device_id")
        if not tx.run(_SQL["ask"], wish | {"waits": WISH_WAITS}):
            raise Conflict(Reason.INGEST_ID_REUSED, "command_id")


def _note(tx: Transaction, principal: Principal, device_id: UUID, kind: str, job_id: UUID) -> None:
    told = {"kind": str(kind), "job_id": str(job_id)}
    audit.write(tx, principal, Act.COMMAND_ASKED, Subject("device", device_id), told)


def _is_taken_back(tx: Transaction, wish: Mapping[str, object]) -> bool:
    """Cancel a job that its computer has not told of; tell whether the computer needs not know.

    One that was handed out may be on its way there, or lost with an answer that nobody read any more.
    """
    never_handed_out = tx.run(_SQL["withdraw"], wish) == 1
    tx.run(_SQL["cancel_unheard"], {**wish, "reason": Reason.COMMAND_WITHDRAWN.value})
    return never_handed_out


def _is_known(tx: Transaction, wish: Mapping[str, object]) -> bool:
    known = tx.maybe(_SQL["known"], wish, _Known)
    if known is not None and (known.kind, known.job_id) != (wish["kind"], wish["job_id"]):
        raise Conflict(Reason.INGEST_ID_REUSED, "command_id")
    return known is not None
