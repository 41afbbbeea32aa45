"""How a job ends, and what its log says of each person: pure."""

import re

from agent_core.ports import ListingRow
from protocol.events import JobLine
from protocol.jobs import JobStatus, LogLevel, Outcome
from protocol.reasons import Reason

_READABLE_ID = re.compile(r"[0-9]{1,20}")


def final_status(reason: Reason | None, cancelled: bool) -> JobStatus:
    """Tell how a job ends: finding nobody is a success, any other reason is not."""
    if cancelled:
        return JobStatus.CANCELLED
    if reason is None or reason is Reason.PORTAL_NOBODY:
        return JobStatus.SUCCESS
    return JobStatus.FAILED


def outcome_line(row: ListingRow, outcome: Outcome, reason: Reason | None) -> JobLine:
    """Make the line that tells a person's outcome; it names them by the portal's number."""
    readable = _READABLE_ID.fullmatch(row.candidate_external_id) is not None
    who = row.candidate_external_id if readable else f"Number {row.seq} of the list"
    why = "" if reason is None else f": {reason.sentence}"
    return JobLine(
        job_id=row.job_id,
        level=LogLevel.WARNING if outcome is Outcome.FAILED else LogLevel.INFO,
        line=f"{who} {outcome.value}{why}",
        candidate_external_id=row.candidate_external_id if readable else None,
        outcome=outcome,
        reason=reason,
    )
