"""Download jobs as the office sees them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from protocol.jobs import JobSnapshot, LogLevel, Outcome
from protocol.reasons import Reason
from protocol.wire import ShortText


class JobCreate(BaseModel):
    """A job for one of the person's own computers; ``job_id`` is the caller's: sent twice counts once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    job_id: UUID
    device_id: UUID
    rank: ShortText = Field(min_length=1)
    ship_type: ShortText = Field(min_length=1)
    force_redownload: bool = Field(default=False, strict=True)


class JobCommandRequest(BaseModel):
    """What a person wants of a download of theirs; ``command_id`` is the caller's: sent twice counts once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    command_id: UUID
    kind: Literal["cancel_job", "pause_job", "resume_job"]


class JobView(JobSnapshot):
    """A job, with whose it is.

    Attributes:
        is_heard_of: whether its computer has told of it.
        waits_until: how long it waits for its computer, while that has not told of it.
    """

    user_email: str
    device_id: UUID
    device_name: str
    is_heard_of: bool = True
    waits_until: datetime | None = None


class JobPage(BaseModel):
    """Newest first; ``next_cursor`` is absent on the last page."""

    jobs: list[JobView]
    next_cursor: str | None = None


class JobLogLine(BaseModel):
    """One line of a job's log; ``seq`` counts 1, 2, 3 … within the job and is the stream's id."""

    seq: int
    level: LogLevel
    line: str
    candidate_external_id: str | None = None
    outcome: Outcome | None = None
    reason: Reason | None = None
    created_at: datetime


class JobsQuery(BaseModel):
    """Which page of the list of jobs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cursor: str = Field(default="", max_length=200)
    limit: int = Field(default=50, ge=1, le=200)
