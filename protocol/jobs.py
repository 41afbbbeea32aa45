"""Download jobs: their states, and what becomes of each person that the portal lists."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, Field

from protocol.reasons import Reason
from protocol.wire import ShortText, Wire


class JobStatus(StrEnum):
    """The states of a download job (specification, 6.1 `download_jobs`).

    A running job that is paused or interrupted is queued again, with the reason why it waits.
    """

    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether the job will never run again."""
        return self in (JobStatus.SUCCESS, JobStatus.FAILED, JobStatus.CANCELLED)


class Outcome(StrEnum):
    """How one listed person ended. Every listing of a finished job has exactly one."""

    STORED = "stored"
    SKIPPED = "skipped"
    FAILED = "failed"


class JobCounts(Wire):
    """How many people a job has seen. When it is over, ``listed == stored + skipped + failed``."""

    listed: int = Field(default=0, ge=0)
    stored: int = Field(default=0, ge=0)
    skipped: int = Field(default=0, ge=0)
    failed: int = Field(default=0, ge=0)


class JobRequest(Wire):
    """What to download. Both labels are the portal's own, typing mistakes included."""

    rank: ShortText = Field(min_length=1)
    ship_type: ShortText = Field(min_length=1)
    force_redownload: bool = False


class JobSnapshot(JobRequest):
    """A job as it is now.

    Attributes:
        reason: why it ended as it did, or why a queued one waits instead of running.
        change: how often it had changed on its computer; of two reports the one with more is the newer.
        retry_of: the job whose failed people this one fetches again, and nobody else.
    """

    job_id: UUID
    status: JobStatus
    counts: JobCounts = JobCounts()
    reason: Reason | None = None
    message: ShortText = ""
    created_at: AwareDatetime
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    change: int = Field(default=0, ge=0)
    retry_of: UUID | None = None


class LogLevel(StrEnum):
    """The weight of a line in a job's log."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
