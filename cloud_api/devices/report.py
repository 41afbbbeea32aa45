"""The office's computers: what each says of itself, the list of them, and disconnecting one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from cloud_api.auth.principal import Device, Principal
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.devices.schemas import DeviceList, DevicePortal, DeviceView
from cloud_api.errors import Forbidden
from protocol.devices import Heartbeat, HeartbeatAnswer, WaitingJob, WantedUpload
from protocol.reasons import Reason

ONLINE = timedelta(seconds=75)
"""A computer is taken for switched on so long after it was heard of: it speaks every half minute."""

_SQL = NamedQueries("cloud_api.devices", "devices.sql")


class _DeviceRow(NamedTuple):
    device_id: UUID
    device_name: str
    platform: str
    agent_version: str
    user_email: str
    status: str
    last_seen_at: datetime | None
    waiting: int
    parked: int
    is_own: bool
    is_online: bool
    portal_state: str | None
    portal_reason: str | None
    login_is_kept: bool | None
    phone_ends: str | None
    folder_reason: str | None
    sealing_key: str | None
    otp_seconds_left: int | None

    def view(self) -> DeviceView:
        values = self._asdict()
        told = {"state": self.portal_state, "reason": self.portal_reason}
        told |= {name: values[name] for name in DevicePortal.model_fields if name in values}
        portal = None if self.portal_state is None else DevicePortal.model_validate(told)
        return DeviceView.model_validate(values | {"portal": portal})


class _Revocable(NamedTuple):
    may_revoke: bool


def heartbeat(
    database: Database, principal: Device, report: Heartbeat, clock: Callable[[], datetime]
) -> HeartbeatAnswer:
    """Keep what a computer says of itself, and tell it which jobs wait for it."""
    device = {"organisation_id": principal.organisation_id, "device_id": principal.device_id}
    with database.authenticated(principal.claims) as tx:
        tx.run(_SQL["report"], report.model_dump(exclude={"portal"}) | device)
        if report.portal is not None:
            tx.run(_SQL["keep_portal"], device | report.portal.model_dump(mode="json"))
        tx.run(_SQL["keep_folder"], device | {"download_folder": report.download_folder})
        jobs = tx.all(_SQL["waiting_jobs"], device, WaitingJob)
        uploads = tx.all(_SQL["claim_uploads"], device, WantedUpload)
    return HeartbeatAnswer(server_time=clock(), waiting_jobs=tuple(jobs), wanted_uploads=tuple(uploads))


def devices(database: Database, principal: Principal) -> DeviceList:
    """Return the computers that this person may see."""
    with database.authenticated(principal.claims) as tx:
        rows = tx.all(_SQL["devices"], {"online": ONLINE}, _DeviceRow)
    return DeviceList(devices=[row.view() for row in rows])


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
