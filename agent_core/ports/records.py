"""The agent's own records, as the download job needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from agent_core.ports.files import StoredFile
from agent_core.ports.portal import Listing
from protocol.facts import ResumeFacts, ResumeText
from protocol.jobs import JobSnapshot, LogLevel, Outcome
from protocol.reasons import Reason


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
        tries: how often fetching them ended with the session, or with trouble of a portal that answered.
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
    tries: int = 0


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
        """Set a queued job running, its reason to wait gone; event `job_changed`.

        Raises:
            StoreError: it is not queued, or there is none of this id.
        """
        ...

    def hold_job(self, job_id: UUID, reason: Reason) -> JobSnapshot:
        """Queue a job that is not over with a reason to wait; event `job_changed`.

        People who were being fetched wait again.

        Raises:
            StoreError: it is over, or there is none of this id.
        """
        ...

    def end_job(self, job_id: UUID, reason: Reason | None, cancelled: bool = False) -> JobSnapshot:
        """End the job: success without a reason or with `portal.nobody-found`, else failed or cancelled.

        Listings still without an outcome get Skipped(`job.cancelled`) when it is cancelled, else
        Failed(reason). Event `job_changed`.
        """
        ...

    def is_walked(self, job_id: UUID) -> bool:
        """Tell whether the portal's lists were walked to their end for this job."""
        ...

    def walked(self, job_id: UUID) -> None:
        """Keep that the portal's lists were walked to their end; event `job_changed`."""
        ...

    def add_listing(self, job_id: UUID, listing: Listing) -> ListingRow:
        """Add a person to the job, as waiting.

        The same person of the same job gets a row of its own each time the portal lists them.
        """
        ...

    def listings(self, job_id: UUID) -> Sequence[ListingRow]:
        """Return every person of the job, by ``seq``."""
        ...

    def fetching(self, job_id: UUID, seq: int) -> None:
        """Say that this person's resume is being fetched."""
        ...

    def put_back(self, job_id: UUID, seq: int, *, tried: bool) -> None:
        """Let a person who was being fetched wait again; ``tried`` counts it in the row's ``tries``."""
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
