"""The agent's ports in memory: working simulators of the portal, the records and the folder.

They keep the promises of `agent_core.ports`; one suite of behaviour runs on the simulated portal and on
the real one (`tests/integration/portal/test_behaviour.py`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from agent_core.errors import AgentError, FilesError, PortalError, PortalSessionError, StoreError
from agent_core.files.names import resume_path
from agent_core.portal import login
from agent_core.ports import (
    Cells,
    Fetched,
    FetchedResume,
    FolderState,
    KnownResume,
    Listing,
    ListingRow,
    ListingState,
    NewResume,
    PortalCredentials,
    SessionSnapshot,
    SessionState,
    Stop,
    StoredFile,
    go_on,
)
from protocol.facts import ResumeFacts
from protocol.jobs import JobCounts, JobRequest, JobSnapshot, JobStatus, LogLevel, Outcome
from protocol.reasons import Reason, Retry


class ManualClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class SimulatedPerson:
    """Somebody on the simulated portal."""

    number: str
    name: str
    rank: str
    ship_type: str

    def cells(self) -> Cells:
        return ((("Name", self.name), ("Present Rank", self.rank), ("Mobile No", "0042 117")),)


@dataclass
class SimulatedPortal:
    """`ports.PortalSession`; knows one account, and fails where it is told to.

    Attributes:
        shown: the people as the lists show them, one entry an appearance.
        trouble: what fetching a person raises.
        walk_trouble: what is raised after so many listings.
        at_once: so many people are taken before the first of them is there; the last one taken comes first.
        away: whether it cannot be reached; its sessions live on.
    """

    clock: ManualClock = field(default_factory=ManualClock)
    shown: Sequence[SimulatedPerson] = ()
    trouble: Mapping[str, AgentError] = field(default_factory=dict)
    walk_trouble: tuple[int, AgentError] | None = None
    account: PortalCredentials = field(
        default_factory=lambda: PortalCredentials("office", "right", "0098 1234")
    )
    otp_seconds: int = 120
    otp: str | None = None
    fetched: list[str] = field(default_factory=list)
    state: SessionSnapshot = field(default_factory=SessionSnapshot)
    session_lives: bool = True
    at_once: int = 1
    away: bool = False
    _typed: PortalCredentials | None = None

    def connect(self) -> "SimulatedPortal":
        """Log in."""
        self.start(self.account)
        assert self.otp is not None
        self.verify_otp(self.otp)
        return self

    def end_session(self) -> None:
        """The portal logs everybody out; the browser learns of it at the next page."""
        self.session_lives = False

    def snapshot(self) -> SessionSnapshot:
        return login.view(self.state, self.clock())

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        self._typed = credentials
        self._say(login.Started())
        if credentials.phone != self.account.phone:
            return self._say(login.Refused(Reason.LOGIN_PHONE_NOT_REGISTERED))
        self.otp = "135790" if self.otp != "135790" else "246801"
        return self._say(login.CodeSent(self.clock(), self.otp_seconds))

    def resend_otp(self) -> SessionSnapshot:
        if self._typed is None:
            return self._say(login.Refused(Reason.LOGIN_NOT_CONNECTED))
        return self.start(self._typed)

    def verify_otp(self, otp: str) -> SessionSnapshot:
        self._say(login.HandedIn(self.clock()))
        if self.state.state is not SessionState.VERIFYING or self._typed is None:
            return self.snapshot()
        if otp != self.otp:
            return self._say(login.CodeRefused(Reason.LOGIN_WRONG_OTP))
        if self._typed.password != self.account.password:
            return self._say(login.Refused(Reason.LOGIN_WRONG_PASSWORD))
        self.session_lives = True
        return self._say(login.Accepted())

    def check_health(self) -> SessionSnapshot:
        if self.state.state is not SessionState.CONNECTED:
            return self.snapshot()
        if self.away:
            return self._say(login.Troubled(Reason.PORTAL_UNREACHABLE))
        return self._say(login.Looked() if self.session_lives else login.Over(Reason.PORTAL_SESSION_ENDED))

    def listings(self, rank: str, ship_type: str, stop: Stop = go_on) -> Iterator[Listing]:
        self._must_live(Reason.PORTAL_SESSION_ENDED)
        matching = (person for person in self.shown if (person.rank, person.ship_type) == (rank, ship_type))
        for place, person in enumerate(matching):
            if self.walk_trouble is not None and place == self.walk_trouble[0]:
                raise self.walk_trouble[1]
            url = f"http://portal.example.com/view_cand_details.php?cand_id={person.number}"
            yield Listing(person.number, url, "Applied")

    def fetch(self, listing: Listing) -> FetchedResume:
        self._must_live(Reason.RESUME_LOGIN_PAGE)
        number = listing.candidate_external_id
        if self.away:
            raise PortalError(Reason.PORTAL_UNREACHABLE)
        self.fetched.append(number)
        if number in self.trouble:
            if isinstance(self.trouble[number], PortalSessionError):
                self._say(login.Over(Reason.PORTAL_SESSION_ENDED))
            raise self.trouble[number]
        person = next((each for each in self.shown if each.number == number), None)
        if person is None:
            raise PortalError(Reason.RESUME_NO_LINK)
        cells = person.cells()
        text = "\n".join("\t".join(row) for row in cells[0])
        return FetchedResume(b"%PDF-1.4 " + text.encode() + b" %%EOF", text, cells)

    def fetch_all(self, listings: Iterable[Listing], stop: Stop = go_on) -> Iterator[Fetched]:
        waiting = iter(listings)
        while taken := list(islice(waiting, self.at_once)):
            for listing in reversed(taken):
                unwanted = stop()
                if unwanted is not None:
                    yield Fetched(listing, error=PortalError(unwanted))
                    continue
                try:
                    fetched = Fetched(listing, self.fetch(listing))
                except PortalError as error:
                    fetched = Fetched(listing, error=error)
                yield fetched

    def disconnect(self) -> None:
        self._say(login.Disconnected())

    def _must_live(self, reason: Reason) -> None:
        if self.state.state is not SessionState.CONNECTED:
            raise PortalSessionError(self.state.reason or Reason.LOGIN_NOT_CONNECTED)
        if not self.session_lives:
            self._say(login.Over(Reason.PORTAL_SESSION_ENDED))
            raise PortalSessionError(reason)

    def _say(self, event: login.Event) -> SessionSnapshot:
        self.state = login.step(self.state, event)
        return self.snapshot()


@dataclass
class SimulatedFiles:
    """`ports.ResumeFiles`: a folder in memory, which fails where it is told to."""

    there: dict[tuple[Path, str], bytes] = field(default_factory=dict)
    trouble: Mapping[str, FilesError] = field(default_factory=dict)
    folder_reason: Reason | None = None
    written: list[str] = field(default_factory=list)

    def check(self, folder: Path) -> FolderState:
        return FolderState(str(folder), 1 << 30, self.folder_reason)

    def resume_path(self, rank: str, candidate_external_id: str) -> str:
        return resume_path(rank, candidate_external_id)

    def write(self, folder: Path, relative_path: str, data: bytes) -> StoredFile:
        if relative_path in self.trouble:
            raise self.trouble[relative_path]
        self.there[folder, relative_path] = data
        self.written.append(relative_path)
        return StoredFile(relative_path, hashlib.sha256(data).hexdigest(), len(data))

    def exists(self, folder: Path, relative_path: str) -> bool:
        return bool(self.there.get((folder, relative_path)))

    def locate(self, folder: Path, relative_path: str) -> Path:
        self.read(folder, relative_path)
        return folder / relative_path

    def read(self, folder: Path, relative_path: str) -> bytes:
        try:
            return self.there[folder, relative_path]
        except KeyError as error:
            raise FilesError(Reason.RESUME_NOT_HERE) from error


@dataclass
class SimulatedStore:
    """`ports.DownloadStore` in memory."""

    clock: ManualClock = field(default_factory=ManualClock)
    jobs: dict[UUID, JobSnapshot] = field(default_factory=dict)
    rows: dict[UUID, list[ListingRow]] = field(default_factory=dict)
    known: dict[str, KnownResume] = field(default_factory=dict)
    stored: list[NewResume] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    walks_done: set[UUID] = field(default_factory=set)

    def submit(self, request: JobRequest) -> UUID:
        """Queue a job."""
        job_id = uuid4()
        self.jobs[job_id] = JobSnapshot(
            **request.model_dump(), job_id=job_id, status=JobStatus.QUEUED, created_at=self.clock()
        )
        self.rows[job_id] = []
        return job_id

    def job(self, job_id: UUID) -> JobSnapshot:
        if job_id not in self.jobs:
            raise StoreError(Reason.REQUEST_NOT_FOUND)
        states = [row.state for row in self.rows[job_id]]
        counts = JobCounts(
            listed=len(states),
            stored=states.count(ListingState.STORED),
            skipped=states.count(ListingState.SKIPPED),
            failed=states.count(ListingState.FAILED),
        )
        return self.jobs[job_id].model_copy(update={"counts": counts})

    def start_job(self, job_id: UUID) -> JobSnapshot:
        if self.job(job_id).status is not JobStatus.QUEUED:
            raise StoreError(Reason.JOB_NOT_ACTIVE)
        return self._change(job_id, status=JobStatus.RUNNING, started_at=self.clock(), reason=None)

    def hold_job(self, job_id: UUID, reason: Reason) -> JobSnapshot:
        if self.job(job_id).status.is_final:
            raise StoreError(Reason.JOB_NOT_ACTIVE)
        for row in self.rows[job_id]:
            if row.state is ListingState.FETCHING:
                self.put_back(job_id, row.seq, tried=False)
        return self._change(job_id, status=JobStatus.QUEUED, reason=reason)

    def is_walked(self, job_id: UUID) -> bool:
        return job_id in self.walks_done

    def walked(self, job_id: UUID) -> None:
        self.walks_done.add(job_id)

    def end_job(self, job_id: UUID, reason: Reason | None, cancelled: bool = False) -> JobSnapshot:
        left = ListingState.SKIPPED if cancelled else ListingState.FAILED
        for row in self.rows[job_id]:
            if row.state in (ListingState.WAITING, ListingState.FETCHING):
                self._set(job_id, row.seq, left, reason or Reason.JOB_INTERRUPTED)
        good = reason is None or reason.retry is Retry.NEVER
        status = JobStatus.CANCELLED if cancelled else JobStatus.SUCCESS if good else JobStatus.FAILED
        return self._change(job_id, status=status, reason=reason, ended_at=self.clock())

    def add_listing(self, job_id: UUID, listing: Listing) -> ListingRow:
        row = ListingRow(
            job_id=job_id,
            seq=len(self.rows[job_id]) + 1,
            change=0,
            candidate_external_id=listing.candidate_external_id,
            details_url=listing.details_url,
            state=ListingState.WAITING,
        )
        self.rows[job_id].append(row)
        return row

    def listings(self, job_id: UUID) -> Sequence[ListingRow]:
        return tuple(self.rows[job_id])

    def fetching(self, job_id: UUID, seq: int) -> None:
        self._set(job_id, seq, ListingState.FETCHING, None)

    def put_back(self, job_id: UUID, seq: int, *, tried: bool) -> None:
        row = self.rows[job_id][seq - 1]
        assert row.state is ListingState.FETCHING, "only who is being fetched is put back"
        waits = replace(row, state=ListingState.WAITING, tries=row.tries + tried)
        self.rows[job_id][seq - 1] = waits

    def known_resume(self, candidate_external_id: str) -> KnownResume | None:
        return self.known.get(candidate_external_id)

    def store_resume(self, job_id: UUID, seq: int, resume: NewResume) -> KnownResume:
        self._set(job_id, seq, ListingState.STORED, None)
        self.stored.append(resume)
        known = KnownResume(
            resume_id=uuid4(),
            candidate_external_id=resume.candidate_external_id,
            folder=resume.folder,
            relative_path=resume.file.relative_path,
            file_sha256=resume.file.sha256,
            file_length=resume.file.length,
            content_sha256=resume.content_sha256,
            rank=resume.rank,
        )
        self.known[resume.candidate_external_id] = known
        return known

    def finish_listing(
        self, job_id: UUID, seq: int, outcome: Outcome, reason: Reason, facts: ResumeFacts | None = None
    ) -> None:
        self._set(job_id, seq, ListingState(outcome.value), reason)

    def log(self, job_id: UUID, level: LogLevel, line: str) -> None:
        self.lines.append(line)

    def _set(self, job_id: UUID, seq: int, state: ListingState, reason: Reason | None) -> None:
        row = self.rows[job_id][seq - 1]
        assert row.state in (ListingState.WAITING, ListingState.FETCHING), "an outcome is given once"
        self.rows[job_id][seq - 1] = replace(row, state=state, reason=reason)

    def _change(self, job_id: UUID, **changes: object) -> JobSnapshot:
        self.jobs[job_id] = self.jobs[job_id].model_copy(update=changes)
        return self.job(job_id)
