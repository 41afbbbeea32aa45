"""Pairing and the list of an office's computers. Registration and heartbeat are in `protocol.devices`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from protocol.commands import CommandKind, CommandState, SealedCode, SessionState
from protocol.reasons import Reason


class PairingCode(BaseModel):
    """A code that connects one computer, once, until ``expires_at``."""

    pairing_code: str
    expires_at: datetime


class DevicePortal(BaseModel):
    """A computer's session with the job portal as its person sees it from elsewhere; see `PortalReport`."""

    state: SessionState
    otp_seconds_left: int | None = None
    reason: Reason | None = None
    login_is_kept: bool = False
    phone_ends: str = ""
    folder_reason: Reason | None = None
    sealing_key: str = ""


class DeviceView(BaseModel):
    """A computer of the organisation; ``status`` is ``active`` or ``revoked``.

    Attributes:
        is_own: whether it is the person's own, so that they may ask it for something.
        is_online: whether it was heard of just now, by the cloud's clock.
        portal: its session with the job portal; absent when it never told.
    """

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
    portal: DevicePortal | None = None


class DeviceList(BaseModel):
    """Newest first."""

    devices: list[DeviceView]


class CommandRequest(BaseModel):
    """What a computer is to do about the portal; ``command_id`` is the caller's: sent twice counts once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    command_id: UUID
    kind: Literal["connect_portal", "resend_code", "portal_code", "disconnect_portal"]
    sealed_code: SealedCode | None = None

    @model_validator(mode="after")
    def _has_a_code_or_not(self) -> "CommandRequest":
        if (self.kind == "portal_code") != (self.sealed_code is not None):
            raise ValueError("sealed_code belongs to portal_code")
        return self


class CommandsQuery(BaseModel):
    """How many seconds the cloud may hold the question until something waits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wait: int = Field(default=0, ge=0, le=25)


class CommandView(BaseModel):
    """A command as the person sees it who asked.

    Attributes:
        is_claimed: whether the computer has it.
        expires_at: until when it waits for the computer.
    """

    command_id: UUID
    device_id: UUID
    kind: CommandKind
    state: CommandState
    reason: Reason | None = None
    is_claimed: bool = False
    created_at: datetime
    expires_at: datetime
