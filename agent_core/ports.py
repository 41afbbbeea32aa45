"""What the agent's use cases need from the world, as the adapters implement it.

Values are frozen and travel between threads freely; a port says in its docstring which thread may call it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from protocol.events import Event, ResumeDownloaded
from protocol.facts import ResumeFacts, ResumeText
from protocol.ingest import Verdict
from protocol.jobs import JobRequest, JobSnapshot, LogLevel, Outcome
from protocol.reasons import Reason
from protocol.resumes import UploadConfirmed, UploadLink, UploadRequest

# ---------------------------------------------------------------- the portal


class SessionState(StrEnum):
    """Where the portal session stands."""

    DISCONNECTED = "disconnected"
    CONNECTING = "connecting"
    AWAITING_OTP = "awaiting_otp"
    VERIFYING = "verifying"
    CONNECTED = "connected"
    ENDED = "ended"


@dataclass(frozen=True)
class PortalCredentials:
    """What a login needs. Never logged: the fields stay out of ``repr``."""

    username: str = field(repr=False)
    password: str = field(repr=False)
    phone: str = field(repr=False)


@dataclass(frozen=True)
class SessionSnapshot:
    """The portal session at one moment.

    Attributes:
        otp_expires_at: when the code that was sent stops being accepted; only while awaiting one.
        reason: why the state is not the one that was asked for.
    """

    state: SessionState = SessionState.DISCONNECTED
    otp_expires_at: datetime | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Listing:
    """One person as a list of the portal shows them.

    Attributes:
        candidate_external_id: digits, leading zeros kept.
        details_url: the person's page, within the session.
        list_name: the list's name, for the log.
    """

    candidate_external_id: str
    details_url: str
    list_name: str = ""


Cells = tuple[tuple[tuple[str, ...], ...], ...]
"""The tables of a page: tables → rows → the text of each cell, as it is shown."""


@dataclass(frozen=True)
class FetchedResume:
    """A resume page that was seen to be complete, printed, with what stood in it."""

    pdf: bytes = field(repr=False)
    text: str = field(repr=False)
    cells: Cells = field(repr=False)


class PortalSession(Protocol):
    """The portal in a real browser. Every method but ``snapshot`` is called on one and the same thread."""

    def snapshot(self) -> SessionSnapshot:
        """Return the state now; any thread."""
        ...

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        """Open the login page, fill it in and have the code sent; a refusal is in the snapshot's reason."""
        ...

    def resend_otp(self) -> SessionSnapshot:
        """Have a new code sent with the credentials of ``start``."""
        ...

    def verify_otp(self, otp: str) -> SessionSnapshot:
        """Hand in the code."""
        ...

    def check_health(self) -> SessionSnapshot:
        """Look whether the session still lives. Never called while a download runs."""
        ...

    def listings(self, rank: str, ship_type: str) -> Iterator[Listing]:
        """Walk every list that counts, filtered by the portal's labels, page by page.

        Raises:
            PortalSessionError: the session is over.
            PortalError: a list cannot be walked.
        """
        ...

    def fetch(self, listing: Listing) -> FetchedResume:
        """Open the person's resume and print it.

        Raises:
            PortalSessionError: the session is over; the login page came instead.
            PortalError: this resume cannot be had; others may.
        """
        ...

    def disconnect(self) -> None:
        """Close the browser and everything that it started."""
        ...


# ---------------------------------------------------------------- files on this computer


@dataclass(frozen=True)
class StoredFile:
    """A file that lies whole on the disk.

    Attributes:
        relative_path: below the download folder, with forward slashes.
        sha256: of the bytes, lower-case hexadecimal.
    """

    relative_path: str
    sha256: str
    length: int


@dataclass(frozen=True)
class FolderState:
    """What a folder is good for; ``reason`` is absent when it can be used."""

    path: str
    free_bytes: int | None = None
    reason: Reason | None = None


class ResumeFiles(Protocol):
    """The download folder. Any thread."""

    def check(self, folder: Path) -> FolderState:
        """Look whether resumes can be written into this folder; leaves nothing behind."""
        ...

    def write(self, folder: Path, relative_path: str, data: bytes) -> StoredFile:
        """Write the file whole or not at all, replacing an older one; it is durable when this returns.

        Raises:
            FilesError: with the old file as it was.
        """
        ...

    def exists(self, folder: Path, relative_path: str) -> bool:
        """Tell whether the file is there, not empty."""
        ...

    def read(self, folder: Path, relative_path: str) -> bytes:
        """Return the file's bytes.

        Raises:
            FilesError: it is gone, cannot be read, or lies outside the folder.
        """
        ...


# ---------------------------------------------------------------- the agent's own records


@dataclass(frozen=True)
class KnownResume:
    """The newest resume of a person that this computer has recorded."""

    resume_id: UUID
    candidate_external_id: str
    folder: str
    relative_path: str
    file_sha256: str
    file_length: int
    content_sha256: str
    rank: str


@dataclass(frozen=True)
class NewResume:
    """A resume that has just been written, with what was read from it."""

    folder: str
    file: StoredFile
    content_sha256: str
    rank: str
    ship_type: str
    candidate_external_id: str
    facts: ResumeFacts
    text: ResumeText


class ListingState(StrEnum):
    """Where one person of a job stands. The last three are final."""

    WAITING = "waiting"
    FETCHING = "fetching"
    STORED = "stored"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class ListingRow:
    """One person of a job as the records have it.

    Attributes:
        seq: 1, 2, 3 … within the job, in the order of listing.
        change: the job's change counter when this row last changed; a stream resumes from it.
        name: what the resume says, once it was read; shown on this computer only.
    """

    job_id: UUID
    seq: int
    change: int
    candidate_external_id: str
    details_url: str
    state: ListingState
    reason: Reason | None = None
    name: str = ""
    present_rank: str = ""
    relative_path: str = ""
    at: datetime | None = None


class DownloadStore(Protocol):
    """The records as the download job needs them. Each method is one durable transaction; any thread.

    A method that names events records them in the outbox in the same transaction.
    """

    def job(self, job_id: UUID) -> JobSnapshot:
        """Return the job, with its counts.

        Raises:
            StoreError: there is none of this id.
        """
        ...

    def start_job(self, job_id: UUID) -> JobSnapshot:
        """Set the job running; event `job_changed`."""
        ...

    def end_job(self, job_id: UUID, reason: Reason | None, cancelled: bool = False) -> JobSnapshot:
        """End the job: success without a reason or with `portal.nobody-found`, else failed or cancelled.

        Listings still without an outcome get Failed(reason). Event `job_changed`.
        """
        ...

    def add_listing(self, job_id: UUID, listing: Listing) -> ListingRow:
        """Add a person to the job, as waiting. The same person of the same job gets a row of its own
        each time the portal lists them.
        """
        ...

    def listings(self, job_id: UUID) -> Sequence[ListingRow]:
        """Return every person of the job, by ``seq``."""
        ...

    def fetching(self, job_id: UUID, seq: int) -> None:
        """Say that this person's resume is being fetched."""
        ...

    def known_resume(self, candidate_external_id: str) -> KnownResume | None:
        """Return the newest resume recorded for this person."""
        ...

    def store_resume(self, job_id: UUID, seq: int, resume: NewResume) -> KnownResume:
        """Record a stored resume: resume row, outcome, line and outbox entry in one transaction.

        Events `resume_downloaded` and `job_line`.
        """
        ...

    def finish_listing(
        self, job_id: UUID, seq: int, outcome: Outcome, reason: Reason, facts: ResumeFacts | None = None
    ) -> None:
        """Give a person the outcome Skipped or Failed; event `job_line`."""
        ...

    def log(self, job_id: UUID, level: LogLevel, line: str) -> None:
        """Add a line to the job's log; event `job_line`."""
        ...


# ---------------------------------------------------------------- the outbox and the cloud


@dataclass(frozen=True)
class OutboxEntry:
    """An event that waits to be sent, or is parked."""

    position: int
    event: Event
    attempts: int = 0
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True)
class UploadTask:
    """A resume whose bytes the office does not have."""

    resume_id: UUID
    payload: ResumeDownloaded
    folder: str
    relative_path: str
    attempts: int = 0


class Fate(StrEnum):
    """What becomes of an entry after it was tried."""

    DONE = "done"
    LATER = "later"
    PARKED = "parked"


@dataclass(frozen=True)
class Settlement:
    """The decision on one entry.

    Attributes:
        key: the position of an event, or the id of an upload's resume.
        at: when it is tried again; only with ``Fate.LATER``.
        upload_wanted: the cloud wants the bytes of this event's resume; only with ``Fate.DONE``.
    """

    key: int | UUID
    fate: Fate
    at: datetime | None = None
    reason: Reason | None = None
    detail: str = ""
    upload_wanted: bool = False


@dataclass(frozen=True)
class OutboxNumbers:
    """How much waits."""

    waiting: int
    parked: int
    uploads_waiting: int


class OutboxStore(Protocol):
    """The outbox as the relay needs it. Each method is one durable transaction; any thread."""

    def claim_events(self, limit: int) -> Sequence[OutboxEntry]:
        """Return the oldest events that are due, in order, at most ``limit`` and about a megabyte.

        One that cannot be read any more is parked, and never returned or dropped.
        """
        ...

    def settle_events(self, settlements: Sequence[Settlement]) -> None:
        """Remove, reschedule or park; what the cloud wants the bytes of becomes an upload task."""
        ...

    def claim_upload(self) -> UploadTask | None:
        """Return the oldest upload that is due."""
        ...

    def settle_upload(self, settlement: Settlement) -> None:
        """Remove, reschedule or park an upload."""
        ...


class Cloud(Protocol):
    """The cloud, as a computer that belongs to an office speaks to it; any thread.

    Raises:
        CloudError: each method, with the cloud's own reason or with `cloud.unreachable`.
    """

    def send(self, events: Sequence[Event]) -> Sequence[Verdict]:
        """Hand in a batch; the verdicts can be fewer than the events, or name others."""
        ...

    def upload_link(self, request: UploadRequest) -> UploadLink:
        """Ask where to put a resume's bytes."""
        ...

    def put(self, link: UploadLink, data: bytes) -> None:
        """Put the bytes there."""
        ...

    def confirm_upload(self, request: UploadRequest) -> UploadConfirmed:
        """Have the cloud look at what arrived."""
        ...


class Secrets(Protocol):
    """A safe place for passwords and tokens; any thread."""

    @property
    def are_kept(self) -> bool:
        """Whether they outlive this run."""
        ...

    def get(self, name: str) -> str | None:
        """Return the secret."""
        ...

    def put(self, name: str, value: str) -> None:
        """Keep the secret."""
        ...

    def drop(self, name: str) -> None:
        """Forget the secret; one that is not there is no error."""
        ...


Clock = Callable[[], datetime]
"""Returns now, aware, in UTC."""


# ---------------------------------------------------------------- requests of the local API


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
