"""What the owner of the portal calls to run a download."""

from pathlib import Path
from typing import Protocol
from uuid import UUID

from agent_core.ports import Clock, PortalSession, ResumeFiles, Stop
from agent_core.store.database import AgentStore
from protocol.jobs import JobSnapshot


class RunJob(Protocol):
    """`agent_core.downloads.run.run_job`."""

    def __call__(  # noqa: PLR0917 - the signature of `run_job`
        self,
        job_id: UUID,
        portal: PortalSession,
        files: ResumeFiles,
        store: AgentStore,
        folder: Path,
        clock: Clock,
        stop: Stop,
    ) -> JobSnapshot:
        """Run a queued job until it is over or has a reason to wait."""
        ...
