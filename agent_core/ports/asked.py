"""What the local API may ask of the running agent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from agent_core.ports.records import ListingRow
from protocol.jobs import JobRequest, JobSnapshot


@dataclass(frozen=True)
class JobView:
    """A job and everything that its page shows."""

    job: JobSnapshot
    listings: Sequence[ListingRow]


class Downloads(Protocol):
    """What the local API may ask of the running agent about jobs; any thread."""

    def submit(self, request: JobRequest, job_id: UUID | None = None) -> JobSnapshot:
        """Queue a download."""
        ...

    def cancel(self, job_id: UUID) -> JobSnapshot:
        """Cancel a job that is not over."""
        ...
