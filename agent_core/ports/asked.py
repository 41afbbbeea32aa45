"""What the local API may ask of the running agent."""

from typing import Protocol
from uuid import UUID

from protocol.jobs import JobRequest, JobSnapshot


class Downloads(Protocol):
    """What the local API may ask of the running agent about jobs; any thread."""

    def submit(self, request: JobRequest, job_id: UUID | None = None) -> JobSnapshot:
        """Queue a download."""
        ...

    def cancel(self, job_id: UUID) -> JobSnapshot:
        """Cancel a job that is not over."""
        ...
