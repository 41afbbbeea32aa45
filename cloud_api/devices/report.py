"""The office's computers: what each says of itself, the list of them, and disconnecting one."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Device, Principal
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.devices.schemas import DeviceList, DeviceView
from cloud_api.errors import Forbidden
from protocol.devices import CommandRefusal, Heartbeat, HeartbeatAnswer, WaitingJob, WantedUpload
from protocol.reasons import Reason

_SQL = NamedQueries("cloud_api.devices", "devices.sql")


class _Command(NamedTuple):
    state: str


class _Revocable(NamedTuple):
    may_revoke: bool


def heartbeat(
    database: Database, principal: Device, report: Heartbeat, clock: Callable[[], datetime]
) -> HeartbeatAnswer:
    """Keep what a computer says of itself, and tell it which jobs wait for it."""
    device = {"organisation_id": principal.organisation_id, "device_id": principal.device_id}
    with database.authenticated(principal.claims) as tx:
        tx.run(_SQL["report"], report.model_dump() | device)
        tx.run(_SQL["keep_folder"], device | {"download_folder": report.download_folder})
        jobs = tx.all(_SQL["waiting_jobs"], device, WaitingJob)
        uploads = tx.all(_SQL["claim_uploads"], device, WantedUpload)
    return HeartbeatAnswer(server_time=clock(), waiting_jobs=tuple(jobs), wanted_uploads=tuple(uploads))


def refuse(database: Database, principal: Device, command_id: UUID, refusal: CommandRefusal) -> None:
    """Keep why a computer does not do what it was asked, for whoever asked. Once is as good as twice.

    Raises:
        NotFound: this computer was asked nothing of the kind.
    """
    what = {"command_id": command_id, "device_id": principal.device_id, "reason": refusal.reason.value}
    with database.authenticated(principal.claims) as tx:
        if not tx.run(_SQL["refuse_command"], what):
            tx.one(_SQL["command"], what, _Command)


def devices(database: Database, principal: Principal) -> DeviceList:
    """Return the computers that this person may see."""
    with database.authenticated(principal.claims) as tx:
        return DeviceList(devices=tx.all(_SQL["devices"], {}, DeviceView))


def revoke(database: Database, principal: Principal, device_id: UUID) -> None:
    """Disconnect a computer: its token stops working with its next request. Once is as good as twice.

    Raises:
        NotFound: there is none that this person may see.
        Forbidden: it is a colleague's, and this person is no admin.
    """
    with database.authenticated(principal.claims) as tx:
        device = {"device_id": device_id}
        if not tx.one(_SQL["device_to_revoke"], device, _Revocable).may_revoke:
            raise Forbidden(Reason.AUTH_FORBIDDEN)
        if tx.run(_SQL["revoke_device"], device):
            who = {"organisation_id": principal.organisation_id, "user_id": principal.user_id}
            tx.run(_SQL["audit_revocation"], device | who)
