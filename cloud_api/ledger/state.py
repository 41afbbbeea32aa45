"""How a candidate stands, and how an event changes it. Pure: no database, no clock.

The rules (decision 13 of the design):

- A download puts a resume under Review; it changes nothing that people decided.
- *Decisions* are verify, pass, status and note. Each makes the version one higher; so does an undo.
- Verifying puts the person on the dashboard as New, once: it never touches a status that is there.
- A note may ask for a call-back on a day, which is its writer's; a final status ends it.
- An undo takes the newest decision back that still holds. What the decision changed is as if it had never
  been; that it was, and was taken back, stays in the history.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from protocol.candidates import ARCHIVE_STATUSES, CandidateStatus
from protocol.events import EventType
from protocol.facts import ResumeFacts

TO_REVIEW, VERIFIED, PASSED = "to_review", "verified", "passed"

DECISIONS = frozenset(
    {
        EventType.INITIAL_VERIFICATION,
        EventType.REVIEW_PASSED,
        EventType.STATUS_CHANGE,
        EventType.NOTE_ADDED,
    }
)
"""What people decide: these count the version, and these can be undone."""

DELIVERIES = frozenset({EventType.RESUME_DOWNLOADED, EventType.RESUME_UPDATED})


@dataclass(frozen=True)
class Contact:
    """What the dashboard shows of a person, read from their resumes. Dates of expiry are sorted."""

    name: str = ""
    present_rank: str = ""
    rank_applied_for: str = ""
    search_ship_type: str = ""
    email: str = ""
    country: str = ""
    mobile_no: str = ""
    availability: str = ""
    date_of_birth: date | None = None
    expiry_dates: tuple[date, ...] = ()

    def updated_by(self, newer: "Contact") -> "Contact":
        """Return what is known after a newer resume: what it does not say stays as it was."""
        said = {name: value for name, value in vars(newer).items() if value}
        return replace(self, **said)


@dataclass(frozen=True)
class Happened:
    """An event of one candidate, with what the state needs of it.

    Attributes:
        at: when it happened.
        recorded_at: when the office got it.
        contact: what the resume says; of a delivery only.
    """

    event_id: UUID
    event_type: EventType
    user_id: UUID
    at: datetime
    recorded_at: datetime
    device_id: UUID | None = None
    status: CandidateStatus | None = None
    note: str = ""
    call_back_on: date | None = None
    call_back_done: bool = False
    resume_id: UUID | None = None
    contact: Contact = Contact()
    undoes_event_id: UUID | None = None


@dataclass(frozen=True)
class CandidateState:
    """How one candidate stands now.

    Attributes:
        status: None while the person is not on the dashboard.
        call_back_user_id: who wants to call the person back on ``call_back_on``.
        latest_decision_id: the newest decision that still holds.
        reviews: resume -> whether somebody has looked at it.
    """

    status: CandidateStatus | None = None
    notes: str = ""
    call_back_on: date | None = None
    call_back_user_id: UUID | None = None
    verified_at: datetime | None = None
    version: int = 0
    last_event_id: UUID | None = None
    latest_decision_id: UUID | None = None
    latest_resume_id: UUID | None = None
    downloaded_at: datetime | None = None
    touched_by_user_id: UUID | None = None
    touched_by_device_id: UUID | None = None
    touched_at: datetime | None = None
    contact: Contact = Contact()
    reviews: Mapping[UUID, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def review_state(self) -> str:
        """Whether somebody has looked at the newest resume."""
        return self.reviews[self.latest_resume_id] if self.latest_resume_id else TO_REVIEW


def apply(state: CandidateState, event: Happened) -> CandidateState:
    """Return the state after an event that takes effect; undoing needs the events, see `recompute`."""
    touched = _touch(state, event)
    if event.event_type in DELIVERIES:
        return _deliver(touched, event)
    decided = replace(
        touched, version=state.version + 1, last_event_id=event.event_id, latest_decision_id=event.event_id
    )
    match event.event_type:
        case EventType.INITIAL_VERIFICATION:
            return _verify(decided, event)
        case EventType.REVIEW_PASSED:
            return _review(decided, event, PASSED)
        case EventType.STATUS_CHANGE:
            return _set_status(decided, event)
        case EventType.NOTE_ADDED:
            return _note(decided, event)
        case _:
            raise ValueError(f"{event.event_type} is not a candidate's event with an effect of its own")


def recompute(events: Iterable[Happened]) -> CandidateState:
    """Return the state that a candidate's events lead to, from nothing, in their order."""
    ordered = list(events)
    undone = {event.undoes_event_id for event in ordered if event.undoes_event_id}
    state = CandidateState()
    for event in ordered:
        if event.event_type is EventType.UNDO or event.event_id in undone:
            state = replace(_touch(state, event), version=state.version + 1, last_event_id=event.event_id)
        else:
            state = apply(state, event)
    return state


def contact_of(facts: ResumeFacts, rank_applied_for: str, search_ship_type: str) -> Contact:
    """Return what the dashboard shows of a resume."""
    expiries = {item.expires_on for item in facts.documents} | {
        item.expires_on for item in facts.certificates
    }
    return Contact(
        name=facts.name,
        present_rank=facts.present_rank,
        rank_applied_for=rank_applied_for,
        search_ship_type=search_ship_type,
        email=facts.email,
        country=facts.country,
        mobile_no=facts.mobile_no,
        availability=facts.availability,
        date_of_birth=facts.date_of_birth,
        expiry_dates=tuple(sorted(day for day in expiries if day)),
    )


def _touch(state: CandidateState, event: Happened) -> CandidateState:
    return replace(
        state,
        touched_by_user_id=event.user_id,
        touched_by_device_id=event.device_id,
        touched_at=event.recorded_at,
    )


def _deliver(state: CandidateState, event: Happened) -> CandidateState:
    newest = replace(
        state,
        latest_resume_id=event.resume_id,
        downloaded_at=event.at,
        contact=state.contact.updated_by(event.contact),
    )
    return _review(newest, event, TO_REVIEW)


def _verify(state: CandidateState, event: Happened) -> CandidateState:
    reviewed = _review(state, event, VERIFIED)
    if state.status is not None:
        return reviewed
    return replace(reviewed, status=CandidateStatus.NEW, verified_at=event.at)


def _set_status(state: CandidateState, event: Happened) -> CandidateState:
    after = replace(state, status=event.status)
    if event.status in ARCHIVE_STATUSES:
        return replace(after, call_back_on=None, call_back_user_id=None)
    return after


def _note(state: CandidateState, event: Happened) -> CandidateState:
    after = replace(state, notes=event.note)
    if event.call_back_on is not None:
        return replace(after, call_back_on=event.call_back_on, call_back_user_id=event.user_id)
    if event.call_back_done:
        return replace(after, call_back_on=None, call_back_user_id=None)
    return after


def _review(state: CandidateState, event: Happened, review: str) -> CandidateState:
    if event.resume_id is None:
        raise ValueError(f"{event.event_type} names no resume")
    return replace(state, reviews=MappingProxyType({**state.reviews, event.resume_id: review}))
