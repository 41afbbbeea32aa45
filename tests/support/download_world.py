"""Downloads on the simulated ports: people on a portal, records, a folder, and jobs that stop and go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from agent_core.downloads.run import run_job
from agent_core.errors import AgentError
from agent_core.ports import ListingState
from protocol.jobs import JobRequest, JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.support.simulated import (
    ManualClock,
    SimulatedFiles,
    SimulatedPerson,
    SimulatedPortal,
    SimulatedStore,
)

RANK, SHIP = "2nd Officer", "Bulk Carrier"
FOLDER = Path("/resumes")
End = tuple[ListingState, Reason | None]
STORED: End = (ListingState.STORED, None)
WAITING: End = (ListingState.WAITING, None)


def people(*numbers: str) -> list[SimulatedPerson]:
    return [SimulatedPerson(number, f"Canary Person-{number}", RANK, SHIP) for number in numbers]


def failed(reason: Reason) -> End:
    return ListingState.FAILED, reason


def skipped(reason: Reason) -> End:
    return ListingState.SKIPPED, reason


@dataclass
class World:
    """One computer; what is set here holds for the next run."""

    shown: Sequence[SimulatedPerson]
    trouble: Mapping[str, AgentError] = field(default_factory=dict)
    walk_trouble: tuple[int, AgentError] | None = None
    at_once: int = 1
    files: SimulatedFiles = field(default_factory=SimulatedFiles)
    store: SimulatedStore = field(default_factory=SimulatedStore)
    portal: SimulatedPortal = field(default_factory=SimulatedPortal)
    walks: int = 0

    def submit(self, *, forced: bool = False) -> UUID:
        self.job_id = self.store.submit(JobRequest(rank=RANK, ship_type=SHIP, force_redownload=forced))
        return self.job_id

    def run(
        self, *, forced: bool = False, stop_after: int | None = None, wish: Reason = Reason.JOB_CANCELLED
    ) -> JobSnapshot:
        """Run a new job; somebody has this wish after so many pages."""
        self.submit(forced=forced)
        self.portal.connect()
        return self.go_on(stop_after=stop_after, wish=wish)

    def go_on(self, *, stop_after: int | None = None, wish: Reason = Reason.JOB_CANCELLED) -> JobSnapshot:
        """Run the job that waits, in the session as it is."""
        self.portal.shown, self.portal.trouble = self.shown, self.trouble
        self.portal.walk_trouble, self.portal.at_once = self.walk_trouble, self.at_once
        before = len(self.portal.fetched)

        def stop() -> Reason | None:
            reached = stop_after is not None and len(self.portal.fetched) - before >= stop_after
            return wish if reached else None

        return run_job(self.job_id, self.portal, self.files, self.store, FOLDER, ManualClock(), stop)

    def ends(self, job_id: UUID | None = None) -> list[End]:
        return [(row.state, row.reason) for row in self.store.listings(job_id or self.job_id)]

    def fetched(self) -> list[str]:
        """Return whose pages were asked for since the last call."""
        asked, self.portal.fetched = self.portal.fetched, []
        return asked


def is_waiting(job: JobSnapshot, reason: Reason) -> bool:
    return (job.status, job.reason) == (JobStatus.QUEUED, reason)
