"""How a job ends, and that a line names nobody."""

from uuid import uuid4

import pytest

from agent_core.ports import ListingRow, ListingState
from agent_core.store.job_lines import final_status, outcome_line
from protocol.jobs import JobStatus, LogLevel, Outcome
from protocol.reasons import Reason


@pytest.mark.parametrize(
    ("reason", "cancelled", "status"),
    [
        (None, False, JobStatus.SUCCESS),
        (Reason.PORTAL_NOBODY, False, JobStatus.SUCCESS),
        (Reason.PORTAL_CHANGED, False, JobStatus.FAILED),
        (Reason.PORTAL_SESSION_ENDED, False, JobStatus.FAILED),
        (Reason.JOB_CANCELLED, True, JobStatus.CANCELLED),
    ],
)
def test_only_finding_nobody_is_a_success_with_a_reason(
    reason: Reason | None, cancelled: bool, status: JobStatus
) -> None:
    assert final_status(reason, cancelled) is status


@pytest.mark.parametrize(
    ("candidate", "told"), [("0042", "0042"), ("", None), ("4" * 21, None), ("x", None), ("٣", None)]
)
def test_a_line_names_a_person_by_the_portals_number_alone(candidate: str, told: str | None) -> None:
    row = ListingRow(uuid4(), 7, 1, candidate, "http://x", ListingState.FETCHING, name="Kari Testmann")
    line = outcome_line(row, Outcome.FAILED, Reason.PORTAL_SLOW)
    assert line.candidate_external_id == told
    assert line.level is LogLevel.WARNING
    assert "Kari" not in line.line
    assert Reason.PORTAL_SLOW.sentence in line.line
