"""What a recruiter's computer does, from the portal to the cloud's acknowledgement.

Everything is what ships, but for the portal. On one thread each run is the same sequence of steps, so that
"before step 317" names one moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from agent_core.clock import system_clock
from agent_core.downloads.run import run_job
from agent_core.files.folder import LocalResumeFiles
from agent_core.outbox.relay import Relay, Switches
from agent_core.outbox.uploader import Uploader
from agent_core.outbox.worker import RelayWorker
from agent_core.ports import Clock, Cloud, KnownResume, NewResume
from agent_core.store.commands import Asked
from agent_core.store.database import AgentStore
from protocol.jobs import JobRequest, JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.support.faults.people import REQUEST, ListedPortal

DATABASE = "data/agent.sqlite3"
RESUMES = "resumes"


class TellingStore(AgentStore):
    """The records, telling of what they committed."""

    def __init__(self, path: Path, clock: Clock, say: Callable[[str], None]) -> None:
        super().__init__(path, clock)
        self._say = say

    def create_job(
        self, job_id: UUID, request: JobRequest, asked: Asked | None = None
    ) -> tuple[JobSnapshot, bool]:
        made = super().create_job(job_id, request, asked)
        self._say(f"queued {job_id}")
        return made

    def store_resume(self, job_id: UUID, seq: int, resume: NewResume) -> KnownResume:
        known = super().store_resume(job_id, seq, resume)
        self._say(f"stored {known.candidate_external_id} {known.file_sha256}")
        return known


@dataclass(frozen=True)
class Day:
    """One day's work: how many people are listed, and which revision of their resumes.

    Attributes:
        number: the day's job is the first, the second …
        long: the number of somebody whose resume is long.
        two_threads: send on a thread of its own, as the agent does; then the steps are in no fixed order.
    """

    number: int = 1
    people: int = 3
    long: str = ""
    upload: bool = True
    two_threads: bool = False


def prepare(folder: Path) -> None:
    """Make the folders that a person has before the first download."""
    (folder / RESUMES).mkdir(parents=True, exist_ok=True)
    (folder / DATABASE).parent.mkdir(exist_ok=True)


def work(
    folder: Path,
    cloud: Cloud,
    day: Day,
    say: Callable[[str], None] = lambda line: None,
    tune: Sequence[str] = (),
) -> None:
    """Start, go on with what was interrupted or download anew, and send until nothing waits.

    Args:
        folder: was prepared.
        cloud: gets the events and the bytes.
        day: what the portal shows.
        say: is told of what is committed.
        tune: pragmas that make the records different from what ships.
    """
    store = TellingStore(folder / DATABASE, system_clock, say)
    for pragma in tune:
        store.records._connection.execute(pragma)
    files = LocalResumeFiles()
    files.check(folder / RESUMES)  # the page shows the folder's state as soon as it opens
    switches = Switches(send=True, upload=day.upload)
    relay = Relay(
        store.outbox,
        cloud,
        Uploader(files, cloud),
        switches=lambda: switches,
        clock=system_clock,
        jitter=lambda: 0.0,
    )
    worker = RelayWorker(relay.step, lambda: store.records.commits, store.records.wait_for_commit)
    if day.two_threads:
        worker.start()

    def between() -> None:
        if not day.two_threads:
            relay.step()

    portal = ListedPortal(day.people, day.number, between, day.long)
    for job in store.jobs_in(JobStatus.RUNNING):
        store.hold_job(job.job_id, Reason.JOB_INTERRUPTED)
    for job_id in _queue(store, day):
        run_job(job_id, portal, files, store, folder / RESUMES, system_clock, lambda: None)
    if day.two_threads:
        _let_finish(worker, store)
    while not relay.step():
        continue
    store.close()


def _let_finish(worker: RelayWorker, store: AgentStore) -> None:
    while store.outbox.numbers().waiting:
        store.records.wait_for_commit(store.records.commits, 0.01)
    worker.ask_to_stop()
    store.records.wake()
    if not worker.join(60):
        raise TimeoutError("the relay's thread did not end")


def _queue(store: AgentStore, day: Day) -> list[UUID]:
    """Return the jobs that wait; the day's own is made unless it was."""
    if len(store.newest_jobs()) < day.number:
        request = REQUEST.model_copy(update={"force_redownload": day.number > 1})
        store.create_job(uuid4(), request)
    return [job.job_id for job in store.jobs_in(JobStatus.QUEUED)]
