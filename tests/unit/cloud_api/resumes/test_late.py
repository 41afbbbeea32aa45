from datetime import UTC, datetime
from uuid import uuid4

from cloud_api.resumes.late import LateRow
from protocol.reasons import Reason

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def row(reason: str | None) -> LateRow:
    return LateRow(
        resume_id=uuid4(),
        candidate_external_id="0042",
        device_name="Laptop",
        device_last_seen_at=None,
        first_asked_at=NOW,
        asked_at=NOW,
        failures=2,
        failed_at=NOW,
        reason=reason,
        being_checked=False,
        total=1,
    )


def test_a_reason_is_shown_and_one_of_a_newer_version_is_none() -> None:
    assert row("upload.missing").view().reason is Reason.UPLOAD_MISSING
    assert row("upload.of-tomorrow").view().reason is None
    assert row(None).view().reason is None
