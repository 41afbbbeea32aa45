from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cloud_api.dashboard.change import refusal
from cloud_api.dashboard.read import StateRow
from protocol.candidates import CandidateStatus
from protocol.reasons import Reason

ROW = StateRow(
    candidate_id=uuid4(),
    candidate_external_id="0042",
    name="Anna Berg",
    present_rank="",
    rank_applied_for="Cook",
    status=CandidateStatus.CONTACTED,
    mobile_no="+49 170 0042",
    email="anna@example.com",
    country="",
    availability="",
    next_expiry=None,
    notes="private",
    touched_by="Bela Nagy",
    touched_at=datetime(2026, 11, 12, 8, 0, tzinfo=UTC),
    version=3,
)


@pytest.mark.parametrize("reason", [Reason.CANDIDATE_CHANGED, Reason.STATUS_NOT_ALLOWED])
def test_a_conflict_says_what_is_true_now_and_nothing_else_of_the_person(reason: Reason) -> None:
    error = refusal(reason, ROW)
    assert (error.status, error.reason) == (409, reason)
    assert error.facts == {
        "version": 3,
        "status": "Contacted",
        "touched_by": "Bela Nagy",
        "touched_at": "2026-11-12T08:00:00+00:00",
        "allowed_statuses": ["Interested", "Not Interested"],
    }


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (Reason.STATUS_OVERRIDE_NEEDS_REASON, 422),
        (Reason.INGEST_UNREADABLE, 422),
        (Reason.AUTH_FORBIDDEN, 403),
        (Reason.INGEST_ID_REUSED, 409),
    ],
)
def test_each_kind_of_refusal_has_its_status(reason: Reason, status: int) -> None:
    assert refusal(reason, ROW).status == status
