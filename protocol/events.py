"""Events: what happened to a candidate or a job, written once and never changed.

An event's id is made once, when it is recorded, and is the idempotency key for good: whoever sends it
again, after a crash or a lost answer, is told `duplicate`. An undo is an event of its own that names
the one it takes back.

Example:
    >>> event = parse_event({"event_id": "6b0e7b38-5a6d-4f1c-9d0e-0b6a2f6f7a10", "type": "note_added",
    ...     "occurred_at": "2026-11-12T08:00:00Z",
    ...     "payload": {"candidate_external_id": "0042", "note": "Call back on Monday"}})
    >>> event.payload.note
    'Call back on Monday'
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, TypeAdapter, model_validator

from protocol import PROTOCOL_VERSION
from protocol.candidates import CandidateStatus
from protocol.facts import ResumeFacts, ResumeText
from protocol.jobs import JobSnapshot, LogLevel, Outcome
from protocol.reasons import Reason
from protocol.updates import UpdateEnded
from protocol.wire import CandidateExternalId, FileName, Sha256, ShortText, Wire


class EventType(StrEnum):
    """What can happen. The first four are the specification's (6.1 `candidate_events`)."""

    INITIAL_VERIFICATION = "initial_verification"
    RESUME_UPDATED = "resume_updated"
    STATUS_CHANGE = "status_change"
    NOTE_ADDED = "note_added"
    RESUME_DOWNLOADED = "resume_downloaded"
    REVIEW_PASSED = "review_passed"
    UNDO = "undo"
    RESUME_OPENED = "resume_opened"
    JOB_CHANGED = "job_changed"
    JOB_LINE = "job_line"
    UPDATE_ENDED = "update_ended"


class ResumeDownloaded(Wire):
    """A resume lies whole on a computer.

    The pair ``candidate_external_id`` and ``content_sha256`` is what makes two resumes the same one:
    the cloud records `resume_updated` when it knows the person with other content, and nothing at all
    when it has this content already.
    """

    candidate_external_id: CandidateExternalId
    job_id: UUID | None = None
    filename: FileName
    file_sha256: Sha256
    file_length: int = Field(gt=0)
    content_sha256: Sha256
    rank_applied_for: ShortText
    search_ship_type: ShortText = ""
    facts: ResumeFacts
    text: ResumeText = ResumeText()


class InitialVerification(Wire):
    """Somebody looked at this resume and put the person on the dashboard."""

    candidate_external_id: CandidateExternalId
    content_sha256: Sha256
    ai_search_prompt: str = Field(default="", max_length=4000)
    ai_match_reason: str = Field(default="", max_length=4000)


class ReviewPassed(Wire):
    """Somebody looked at this resume and left the person off the dashboard."""

    candidate_external_id: CandidateExternalId
    content_sha256: Sha256


class StatusChange(Wire):
    """The status was set, on the version that the person who set it was looking at."""

    candidate_external_id: CandidateExternalId
    status: CandidateStatus
    expected_version: int = Field(ge=0)
    override_reason: ShortText = ""


class NoteAdded(Wire):
    """A note was written.

    Attributes:
        expected_version: absent where the writer could not see one.
        call_back_on: the writer wants to call the person back on this day.
        call_back_done: nobody needs to call back any more. With neither, a call-back stays as it is.
    """

    candidate_external_id: CandidateExternalId
    note: str = Field(min_length=1, max_length=10_000)
    expected_version: int | None = Field(default=None, ge=0)
    call_back_on: date | None = None
    call_back_done: bool = False

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> "NoteAdded":
        if self.call_back_on is not None and self.call_back_done:
            raise ValueError("either call_back_on or call_back_done")
        return self


class ResumeOpened(Wire):
    """Somebody opened this resume on the computer that has its file; for the office's audit log alone.

    Attributes:
        opened_by_user_id: who was signed in there; absent where nobody was, and from agents that do not tell.
    """

    candidate_external_id: CandidateExternalId
    content_sha256: Sha256
    opened_by_user_id: UUID | None = None


class Undo(Wire):
    """The event named here is taken back by the person who made it."""

    undoes_event_id: UUID


class JobLine(Wire):
    """One line of a job's log. It names people by the portal's number, never by name."""

    job_id: UUID
    level: LogLevel = LogLevel.INFO
    line: str = Field(min_length=1, max_length=1000)
    candidate_external_id: CandidateExternalId | None = None
    outcome: Outcome | None = None
    reason: Reason | None = None


class Envelope(Wire):
    """What every event carries."""

    protocol: int = PROTOCOL_VERSION
    event_id: UUID
    occurred_at: AwareDatetime


class ResumeDownloadedEvent(Envelope):
    """Envelope of `ResumeDownloaded`."""

    type: Literal[EventType.RESUME_DOWNLOADED] = EventType.RESUME_DOWNLOADED
    payload: ResumeDownloaded


class InitialVerificationEvent(Envelope):
    """Envelope of `InitialVerification`."""

    type: Literal[EventType.INITIAL_VERIFICATION] = EventType.INITIAL_VERIFICATION
    payload: InitialVerification


class ReviewPassedEvent(Envelope):
    """Envelope of `ReviewPassed`."""

    type: Literal[EventType.REVIEW_PASSED] = EventType.REVIEW_PASSED
    payload: ReviewPassed


class StatusChangeEvent(Envelope):
    """Envelope of `StatusChange`."""

    type: Literal[EventType.STATUS_CHANGE] = EventType.STATUS_CHANGE
    payload: StatusChange


class NoteAddedEvent(Envelope):
    """Envelope of `NoteAdded`."""

    type: Literal[EventType.NOTE_ADDED] = EventType.NOTE_ADDED
    payload: NoteAdded


class UndoEvent(Envelope):
    """Envelope of `Undo`."""

    type: Literal[EventType.UNDO] = EventType.UNDO
    payload: Undo


class ResumeOpenedEvent(Envelope):
    """Envelope of `ResumeOpened`."""

    type: Literal[EventType.RESUME_OPENED] = EventType.RESUME_OPENED
    payload: ResumeOpened


class JobChangedEvent(Envelope):
    """Envelope of a `JobSnapshot`: the job as it was at ``occurred_at``."""

    type: Literal[EventType.JOB_CHANGED] = EventType.JOB_CHANGED
    payload: JobSnapshot


class JobLineEvent(Envelope):
    """Envelope of `JobLine`."""

    type: Literal[EventType.JOB_LINE] = EventType.JOB_LINE
    payload: JobLine


class UpdateEndedEvent(Envelope):
    """Envelope of `UpdateEnded`."""

    type: Literal[EventType.UPDATE_ENDED] = EventType.UPDATE_ENDED
    payload: UpdateEnded


Event = Annotated[
    ResumeDownloadedEvent
    | InitialVerificationEvent
    | ReviewPassedEvent
    | StatusChangeEvent
    | NoteAddedEvent
    | UndoEvent
    | ResumeOpenedEvent
    | JobChangedEvent
    | JobLineEvent
    | UpdateEndedEvent,
    Field(discriminator="type"),
]

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def parse_event(raw: Mapping[str, Any]) -> Event:
    """Read one event of the current protocol version.

    Raises:
        pydantic.ValidationError: the event is not of a known type or a field is wrong.
    """
    return _EVENT.validate_python(dict(raw))
