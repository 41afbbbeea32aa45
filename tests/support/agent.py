"""What the agent's tests start from: a clock that ticks by itself, records in a folder, a resume."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from agent_core.ports import Listing, NewResume, StoredFile
from agent_core.store.database import AgentStore
from protocol.facts import FactsSource, ResumeFacts, ResumeText
from protocol.jobs import JobRequest

START = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
REQUEST = JobRequest(rank="2nd Officer", ship_type="Bulk Carrier")
OTHER_REQUEST = JobRequest(rank="Chief Officer", ship_type="Bulk Carrier")
THIRD_REQUEST = JobRequest(rank="Master", ship_type="Bulk Carrier")


class TickingClock:
    """Each look is a second later than the last."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@contextmanager
def open_store(folder: Path, clock: TickingClock | None = None) -> Iterator[AgentStore]:
    store = AgentStore(folder / "agent.sqlite3", clock or TickingClock())
    try:
        yield store
    finally:
        store.close()


def listing(number: int | str = "0042") -> Listing:
    return Listing(str(number), f"http://127.0.0.1/view_cand_details.php?cand_id={number}", "All")


def new_resume(candidate: str = "0042", content: str = "a resume", folder: str = "/resumes") -> NewResume:
    digest = sha256(content.encode()).hexdigest()
    return NewResume(
        folder=folder,
        file=StoredFile(f"2nd_Officer/2nd_Officer_{candidate}.pdf", digest, len(content)),
        content_sha256=digest,
        rank="2nd Officer",
        ship_type="Bulk Carrier",
        candidate_external_id=candidate,
        facts=ResumeFacts(source=FactsSource.PAGE, name="Kari Testmann", present_rank="2nd Officer"),
        text=ResumeText(text=content),
    )


def running_job(store: AgentStore, request: JobRequest = REQUEST) -> UUID:
    job, _ = store.create_job(uuid4(), request)
    store.start_job(job.job_id)
    return job.job_id


def stored_person(
    store: AgentStore, job_id: UUID, candidate: str = "0042", content: str = "a resume"
) -> UUID:
    """List and store one person; return the resume's id."""
    row = store.add_listing(job_id, listing(candidate))
    store.fetching(job_id, row.seq)
    return store.store_resume(job_id, row.seq, new_resume(candidate, content)).resume_id
