"""How updates of the office's computers ended."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from cloud_api.db.keyset import MAX_CURSOR
from protocol.updates import UpdateResult


class UpdateOutcomesQuery(BaseModel):
    """Which page; of one computer alone, or of all that the person may see."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    device_id: UUID | None = None
    cursor: str | None = Field(default=None, max_length=MAX_CURSOR)
    limit: int = Field(default=50, ge=1, le=200)


class UpdateOutcome(BaseModel):
    """How one update of one computer ended.

    Attributes:
        reason: the code of why it was taken back or failed, which may be newer than this server.
        ended_at: by that computer's clock, and no later than when it was told.
    """

    outcome_id: UUID
    device_id: UUID
    device_name: str
    user_email: str
    from_version: str
    to_version: str
    result: UpdateResult
    reason: str | None
    channel: str
    platform: str
    ended_at: datetime


class UpdateOutcomePage(BaseModel):
    """Newest first; ``next_cursor`` is absent on the last page."""

    items: list[UpdateOutcome]
    next_cursor: str | None = None
