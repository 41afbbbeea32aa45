"""Whether an event may take effect on a candidate as they stand. Pure: a refusal or nothing.

The database holds the same rules by triggers; here they have their reasons.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cloud_api.ledger.state import DECISIONS, PASSED, TO_REVIEW, CandidateState
from protocol.candidates import CandidateStatus, may_move
from protocol.events import EventType
from protocol.reasons import Reason

UNDO_WINDOW = timedelta(minutes=10)


class Refusal(Exception):  # noqa: N818 - a verdict on an event, not a fault
    """The event is refused, for a reason that its sender is told."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        """Keep the reason, and which field or rule."""
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Undoable:
    """The event that an undo names."""

    event_id: UUID
    event_type: EventType
    user_id: UUID
    recorded_at: datetime
    is_undone: bool


def check_review(state: CandidateState, resume_id: UUID, *, verify: bool) -> None:
    """Refuse a decision on a resume that does not wait for one.

    A resume that was passed can still be verified: somebody looked again.

    Raises:
        Refusal: `review.not-to-review`.
    """
    review = state.reviews.get(resume_id)
    if review != TO_REVIEW and not (verify and review == PASSED):
        raise Refusal(Reason.REVIEW_NOT_TO_REVIEW)


def check_status(
    state: CandidateState,
    status: CandidateStatus,
    expected_version: int,
    override_reason: str,
    *,
    may_override: bool,
) -> None:
    """Refuse a change of status that was made on another version, or a step that is not allowed.

    Raises:
        Refusal: `candidate.not-verified`, `candidate.changed-meanwhile`, `status.transition-not-allowed`, or
            `status.override-needs-reason`.
    """
    before = _verified_status(state)
    _check_version(state, expected_version)
    if may_move(before, status):
        return
    if not may_override or before is status:
        raise Refusal(Reason.STATUS_NOT_ALLOWED)
    if not override_reason.strip():
        raise Refusal(Reason.STATUS_OVERRIDE_NEEDS_REASON, "override_reason")


def check_note(state: CandidateState, expected_version: int | None) -> None:
    """Refuse a note that was written on another version.

    Raises:
        Refusal: `candidate.not-verified` or `candidate.changed-meanwhile`.
    """
    _verified_status(state)
    if expected_version is not None:
        _check_version(state, expected_version)


def check_undo(state: CandidateState, target: Undoable | None, user_id: UUID, now: datetime) -> None:
    """Refuse an undo that is not of one's own newest decision, or comes too late.

    Raises:
        Refusal: `undo.not-possible`, `undo.not-yours`, `undo.too-late` or `undo.not-latest`.
    """
    if target is None or target.event_type not in DECISIONS or target.is_undone:
        raise Refusal(Reason.UNDO_NOT_POSSIBLE)
    if target.user_id != user_id:
        raise Refusal(Reason.UNDO_NOT_YOURS)
    if now - target.recorded_at > UNDO_WINDOW:
        raise Refusal(Reason.UNDO_TOO_LATE)
    if target.event_id != state.latest_decision_id:
        raise Refusal(Reason.UNDO_NOT_LATEST)


def _verified_status(state: CandidateState) -> CandidateStatus:
    if state.status is None:
        raise Refusal(Reason.CANDIDATE_NOT_VERIFIED)
    return state.status


def _check_version(state: CandidateState, expected_version: int) -> None:
    if expected_version != state.version:
        raise Refusal(Reason.CANDIDATE_CHANGED, f"version {state.version}")
