"""What of an office's running wants somebody to do something, as the web UI gets it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class OperationsQuery(BaseModel):
    """How many days of ended downloads are counted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(default=7, ge=1, le=31)


class FailedDownloads(BaseModel):
    """Downloads that failed for the same reason.

    Attributes:
        reason: its code, which may be newer than this server; absent where none was told.
        computers: on how many of them.
        last_at: when the newest of them ended.
    """

    reason: str | None
    jobs: int
    computers: int
    last_at: datetime


class ComputerState(BaseModel):
    """A connected computer and what is between it and the office.

    Attributes:
        records_waiting: what it still has to send, as it said last.
        records_parked: what the office refused, or the computer cannot send.
        commands_waiting: what it was asked for and has not answered; ``oldest_command_at`` since when.
    """

    device_id: UUID
    device_name: str
    user_email: str
    platform: str
    agent_version: str
    last_seen_at: datetime | None
    is_online: bool
    records_waiting: int
    records_parked: int
    commands_waiting: int
    oldest_command_at: datetime | None


class OperationsView(BaseModel):
    """How an office runs; ``failed`` by how many, ``computers`` by who needs somebody first, at most 200."""

    days: int
    succeeded: int
    cancelled: int
    failed: list[FailedDownloads]
    computers: list[ComputerState]
