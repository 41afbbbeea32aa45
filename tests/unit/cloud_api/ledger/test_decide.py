"""What is refused, and for which reason."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from cloud_api.ledger.decide import (
    UNDO_WINDOW,
    Refusal,
    Undoable,
    check_note,
    check_review,
    check_status,
    check_undo,
)
from cloud_api.ledger.state import PASSED, TO_REVIEW, VERIFIED, CandidateState
from protocol.candidates import CandidateStatus, may_move
from protocol.events import EventType
from protocol.reasons import Reason

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
ME, OTHER, EVENT, RESUME = (UUID(int=n) for n in range(4))
NEW = CandidateState(status=CandidateStatus.NEW, verified_at=NOW, version=3, latest_decision_id=EVENT)


def reason_of(refused: pytest.ExceptionInfo[Refusal]) -> Reason:
    return refused.value.reason


@pytest.mark.parametrize("before", list(CandidateStatus))
@pytest.mark.parametrize("after", list(CandidateStatus))
def test_everybody_takes_the_allowed_steps_and_only_these(
    before: CandidateStatus, after: CandidateStatus
) -> None:
    state = CandidateState(status=before, verified_at=NOW)
    if may_move(before, after):
        check_status(state, after, 0, "", may_override=False)
        return
    with pytest.raises(Refusal) as refused:
        check_status(state, after, 0, "because", may_override=False)
    assert reason_of(refused) is Reason.STATUS_NOT_ALLOWED


def test_an_override_needs_the_right_and_a_reason_and_somewhere_to_go() -> None:
    check_status(NEW, CandidateStatus.MAIL_SENT, 3, "signed on", may_override=True)
    with pytest.raises(Refusal) as without:
        check_status(NEW, CandidateStatus.MAIL_SENT, 3, "  ", may_override=True)
    with pytest.raises(Refusal) as nowhere:
        check_status(NEW, CandidateStatus.NEW, 3, "because", may_override=True)
    assert reason_of(without) is Reason.STATUS_OVERRIDE_NEEDS_REASON
    assert reason_of(nowhere) is Reason.STATUS_NOT_ALLOWED


def test_a_change_on_another_version_is_refused_before_its_step_is_looked_at() -> None:
    with pytest.raises(Refusal) as stale:
        check_status(NEW, CandidateStatus.MAIL_SENT, 2, "", may_override=False)
    assert reason_of(stale) is Reason.CANDIDATE_CHANGED


def test_nobody_has_a_status_or_a_note_before_they_are_verified() -> None:
    with pytest.raises(Refusal) as no_status:
        check_status(CandidateState(), CandidateStatus.CONTACTED, 0, "", may_override=False)
    with pytest.raises(Refusal) as no_note:
        check_note(CandidateState(), 0)
    assert reason_of(no_status) is reason_of(no_note) is Reason.CANDIDATE_NOT_VERIFIED


def test_a_note_without_a_version_is_taken_on_any() -> None:
    check_note(NEW, None)
    check_note(NEW, 3)
    with pytest.raises(Refusal):
        check_note(NEW, 4)


@pytest.mark.parametrize(
    ("review", "verify", "allowed"),
    [
        (TO_REVIEW, True, True),
        (TO_REVIEW, False, True),
        (PASSED, True, True),
        (PASSED, False, False),
        (VERIFIED, True, False),
        (VERIFIED, False, False),
    ],
)
def test_a_resume_is_decided_on_once_and_a_passed_one_can_be_verified(
    review: str, verify: bool, allowed: bool
) -> None:
    state = CandidateState(reviews={RESUME: review})
    if allowed:
        check_review(state, RESUME, verify=verify)
        return
    with pytest.raises(Refusal) as refused:
        check_review(state, RESUME, verify=verify)
    assert reason_of(refused) is Reason.REVIEW_NOT_TO_REVIEW


def undoable(
    kind: EventType = EventType.NOTE_ADDED,
    user_id: UUID = ME,
    age: timedelta = timedelta(0),
    is_undone: bool = False,
) -> Undoable:
    return Undoable(EVENT, kind, user_id, NOW - age, is_undone)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (None, Reason.UNDO_NOT_POSSIBLE),
        (undoable(EventType.RESUME_DOWNLOADED), Reason.UNDO_NOT_POSSIBLE),
        (undoable(EventType.UNDO), Reason.UNDO_NOT_POSSIBLE),
        (undoable(is_undone=True), Reason.UNDO_NOT_POSSIBLE),
        (undoable(user_id=OTHER), Reason.UNDO_NOT_YOURS),
        (undoable(age=UNDO_WINDOW + timedelta(seconds=1)), Reason.UNDO_TOO_LATE),
    ],
)
def test_an_undo_is_refused(target: Undoable | None, reason: Reason) -> None:
    with pytest.raises(Refusal) as refused:
        check_undo(NEW, target, ME, NOW)
    assert reason_of(refused) is reason


def test_an_undo_is_of_the_newest_decision_within_ten_minutes() -> None:
    check_undo(NEW, undoable(age=UNDO_WINDOW), ME, NOW)
    with pytest.raises(Refusal) as refused:
        check_undo(CandidateState(latest_decision_id=OTHER), undoable(), ME, NOW)
    assert reason_of(refused) is Reason.UNDO_NOT_LATEST
