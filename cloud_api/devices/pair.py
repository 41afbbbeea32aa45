"""Pairing: a signed-in person makes a code, a computer uses it up and becomes one of the office's devices."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from cloud_api.auth.guard import token_hash
from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.db.queries import NamedQueries
from cloud_api.db.unit_of_work import Origin
from cloud_api.devices.codes import (
    PAIRING_CODE_LIFETIME,
    new_device_token,
    new_pairing_code,
    pairing_code_hash,
)
from cloud_api.devices.schemas import PairingCode
from cloud_api.errors import InvalidRequest
from protocol.devices import DeviceRegistered, DeviceRegistration
from protocol.reasons import Reason

_SQL = NamedQueries("cloud_api.devices", "devices.sql")


class _Expiry(NamedTuple):
    expires_at: datetime


class _Registered(NamedTuple):
    device_id: UUID
    organisation_id: UUID
    organisation_name: str
    user_id: UUID
    user_email: str


def make_code(database: Database, principal: Principal) -> PairingCode:
    """Make a code for one computer of this person. Only its hash is kept."""
    code = new_pairing_code()
    row = {
        "organisation_id": principal.organisation_id,
        "user_id": principal.user_id,
        "code_hash": pairing_code_hash(code),
        "lifetime": PAIRING_CODE_LIFETIME,
    }
    with database.authenticated(principal.claims) as tx:
        made = tx.one(_SQL["add_pairing_code"], row, _Expiry)
    return PairingCode(pairing_code=code, expires_at=made.expires_at)


def register(database: Database, registration: DeviceRegistration, origin: Origin) -> DeviceRegistered:
    """Use a code up and make the device, or give the one that it was a new token; both or neither.

    Raises:
        InvalidRequest: `device.pairing-code-not-valid`: wrong, used or too old; which of them is not told.
    """
    token = new_device_token()
    row = {
        "code_hash": pairing_code_hash(registration.pairing_code),
        "token_hash": token_hash(token),
        "device_name": registration.device_name,
        "platform": registration.platform,
        "agent_version": registration.agent_version,
        "device_id": registration.device_id,
    }
    with database.anonymous(origin) as tx:
        made = tx.maybe(_SQL["register_device"], row, _Registered)
    if made is None:
        raise InvalidRequest(Reason.DEVICE_PAIRING_CODE)
    return DeviceRegistered(device_token=token, **made._asdict())
