"""Pairing and the list of an office's computers. Registration and heartbeat are in `protocol.devices`."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel


class PairingCode(BaseModel):
    """A code that connects one computer, once, until ``expires_at``."""

    pairing_code: str
    expires_at: datetime


class DeviceView(BaseModel):
    """A computer of the organisation; ``status`` is ``active`` or ``revoked``."""

    device_id: UUID
    device_name: str
    platform: str
    agent_version: str
    user_email: str
    status: str
    last_seen_at: datetime | None
    waiting: int
    parked: int


class DeviceList(BaseModel):
    """Newest first."""

    devices: list[DeviceView]
