"""The outbox and the cloud, as the relay needs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from protocol.events import Event, ResumeDownloaded
from protocol.ingest import Verdict
from protocol.reasons import Reason
from protocol.resumes import UploadConfirmed, UploadLink, UploadRequest


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
        counts: whether this was a try of an upload, and not a look how the last one ended.
    """

    key: int | UUID
    fate: Fate
    at: datetime | None = None
    reason: Reason | None = None
    detail: str = ""
    upload_wanted: bool = False
    counts: bool = True


@dataclass(frozen=True)
class OutboxNumbers:
    """How much waits."""

    waiting: int
    parked: int
    uploads_waiting: int


@dataclass(frozen=True)
class OutboxRecord:
    """An event or an upload that waits or is parked, without its contents.

    Attributes:
        occurred_at: since when it is there.
        next_attempt_at: when it is tried again; absent for one that is parked, or due at once.
    """

    event_id: UUID
    type: str
    occurred_at: datetime
    attempts: int
    parked: bool
    reason: Reason | None
    detail: str
    next_attempt_at: datetime | None = None


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
        """Tell the cloud that the bytes are there; it compares them, now or later."""
        ...
