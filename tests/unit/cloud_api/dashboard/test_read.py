"""A row as the dashboard shows it."""

from datetime import UTC, datetime
from uuid import uuid4

from cloud_api.dashboard.read import StateRow
from protocol.candidates import CandidateStatus


def test_a_row_says_which_steps_anyone_may_take() -> None:
    row = StateRow(
        candidate_id=uuid4(),
        candidate_external_id="0042",
        name="Asta Example",
        present_rank="Master",
        rank_applied_for="Master",
        status=CandidateStatus.CONTACTED,
        mobile_no="0047 22",
        email="asta@example.com",
        country="Norway",
        availability="",
        next_expiry=None,
        notes="",
        touched_by="Anna",
        touched_at=datetime(2026, 11, 12, tzinfo=UTC),
        version=2,
    )
    shown = row.view()
    assert shown.candidate_external_id == "0042"
    assert shown.allowed_statuses == [CandidateStatus.INTERESTED, CandidateStatus.NOT_INTERESTED]
