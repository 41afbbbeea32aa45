"""Commands: a person asks a computer of theirs, which claims what waits for it and answers.

Whatever was handed out and not answered is handed out again, so that a computer that crashed in the middle
gets it once more; it knows by the id what it has done. A one-time code is handed out once and forgotten.
"""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Device, Principal
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Transaction
from cloud_api.devices.schemas import CommandRequest, CommandView
from cloud_api.errors import Conflict
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from protocol.commands import Command, CommandKind, CommandList, CommandState
from protocol.devices import CommandRefusal
from protocol.jobs import JobRequest
from protocol.reasons import Reason

LOGIN_WAITS = timedelta(minutes=2)
"""A login that somebody wants now is not begun later, when nobody waits for its code any more."""

_SQL = NamedQueries("cloud_api.devices", "commands.sql")


class _Claimed(NamedTuple):
    command_id: UUID
    kind: str
    job_id: UUID | None
    sealed_code: str | None
    rank: str | None
    ship_type: str | None
    force_redownload: bool | None

    def command(self) -> Command:
        download = None
        if self.kind == CommandKind.START_DOWNLOAD:
            download = JobRequest(
                rank=self.rank or "",
                ship_type=self.ship_type or "",
                force_redownload=bool(self.force_redownload),
            )
        return Command(
            command_id=self.command_id,
            kind=CommandKind(self.kind),
            job_id=self.job_id,
            download=download,
            sealed_code=self.sealed_code,
        )


class _Device(NamedTuple):
    status: str


class _Answered(NamedTuple):
    kind: str
    job_id: UUID | None


class _Row(NamedTuple):
    command_id: UUID
    device_id: UUID
    kind: str
    state: str
    reason: str | None
    is_claimed: bool
    created_at: datetime
    expires_at: datetime
    sealed_sha256: str | None

    def view(self) -> CommandView:
        return CommandView.model_validate(self._asdict())

    def is_what_was_wanted(self, row: dict[str, object]) -> bool:
        return (self.kind, self.device_id, self.sealed_sha256) == (
            row["kind"], row["device_id"], row["sealed_sha256"]
        )  # fmt: skip


def ask(
    database: Database, principal: Principal, device_id: UUID, wanted: CommandRequest
) -> tuple[CommandView, bool]:
    """Ask a computer of the person's own for something, once for each ``command_id``.

    Returns:
        The command, and whether it is new.

    Raises:
        NotFound: the person has no such computer.
        Conflict: the computer is disconnected, or the id belongs to another command.
    """
    row: dict[str, object] = {"device_id": device_id, "command_id": wanted.command_id, "kind": wanted.kind}
    row["sealed_sha256"] = None
    if wanted.sealed_code is not None:
        row["sealed_sha256"] = hashlib.sha256(wanted.sealed_code.encode()).hexdigest()
    with database.authenticated(principal.claims) as tx:
        made = tx.run(_SQL["ask"], row | {"waits": LOGIN_WAITS}) == 1
        if made and wanted.sealed_code is not None:
            tx.run(_SQL["hand_in_code"], row | {"sealed": wanted.sealed_code})
        if made:
            told = {"kind": wanted.kind, "command_id": str(wanted.command_id)}
            audit.write(tx, principal, Act.COMMAND_ASKED, Subject("device", device_id), told)
        found = tx.maybe(_SQL["command"], row, _Row)
        if found is None:
            _explain_refusal(tx, device_id)
            raise Conflict(Reason.INGEST_ID_REUSED, "command_id")
    if not found.is_what_was_wanted(row):
        raise Conflict(Reason.INGEST_ID_REUSED, "command_id")
    return found.view(), made


def one(database: Database, principal: Principal, command_id: UUID) -> CommandView:
    """Return how a command stands that this person asked.

    Raises:
        NotFound: they asked none of this id.
    """
    with database.authenticated(principal.claims) as tx:
        return tx.one(_SQL["command"], {"command_id": command_id}, _Row).view()


def claim(database: Database, principal: Device) -> CommandList:
    """Hand out what waits for a computer, in the order in which it was asked; codes are forgotten by it."""
    device = {"device_id": principal.device_id}
    with database.authenticated(principal.claims) as tx:
        rows = tx.all(_SQL["claim"], device, _Claimed)
        uploads_wanted = tx.run(_SQL["tell_of_uploads"], device) > 0
    return CommandList(commands=tuple(row.command() for row in rows), uploads_wanted=uploads_wanted)


def finish(database: Database, principal: Device, command_id: UUID) -> None:
    """Keep that a computer did what it was asked. Once is as good as twice.

    Raises:
        NotFound: this computer was asked nothing of the kind.
    """
    _answer(database, principal, command_id, CommandState.DONE, None)


def refuse(database: Database, principal: Device, command_id: UUID, refusal: CommandRefusal) -> None:
    """Keep why a computer does not do what it was asked; a download that it will not begin has failed.

    Raises:
        NotFound: this computer was asked nothing of the kind.
    """
    _answer(database, principal, command_id, CommandState.REFUSED, refusal.reason)


def forget_old(database: Database) -> None:
    """Delete codes that are over, and end what its computer did not come for in time."""
    with database.anonymous() as tx:
        tx.run(_SQL["forget_old"], {})


def _answer(
    database: Database, principal: Device, command_id: UUID, state: CommandState, reason: Reason | None
) -> None:
    answer = {
        "command_id": command_id,
        "device_id": principal.device_id,
        "state": state.value,
        "reason": reason and reason.value,
    }
    with database.authenticated(principal.claims) as tx:
        answered = tx.maybe(_SQL["answer"], answer, _Answered)
        if answered is None:
            tx.one(_SQL["asked_of_device"], answer, _Answered)
        elif reason is not None and answered.kind == CommandKind.START_DOWNLOAD:
            tx.run(_SQL["end_job"], {"job_id": answered.job_id, "reason": reason.value})


def _explain_refusal(tx: Transaction, device_id: UUID) -> None:
    device = tx.one(_SQL["own_device"], {"device_id": device_id}, _Device)
    if device.status != "active":
        raise Conflict(Reason.DEVICE_NOT_PAIRED, "device_id")
