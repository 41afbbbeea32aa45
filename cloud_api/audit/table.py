"""The audit log as a table that a spreadsheet shows as it is."""

import json
from datetime import UTC

from cloud_api.audit.schemas import AuditEntry
from protocol import spreadsheet

COLUMNS = (
    "Entry",
    "At",
    "Who",
    "Who_ID",
    "Computer",
    "Computer_ID",
    "Address",
    "What",
    "Subject",
    "Subject_ID",
    "Subject_Name",
    "Whom",
    "Whom_ID",
    "Details",
    "Trace",
    "Computer_Of",
    "Computer_Of_ID",
)
CSV = "text/csv"
HEAD = spreadsheet.head(COLUMNS)


def row_of(entry: AuditEntry) -> bytes:
    """Return an entry's row; the time is in UTC, the details are JSON."""
    return spreadsheet.line(
        (
            str(entry.entry_id),
            f"{entry.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            entry.user_name if entry.is_named else "",
            _text(entry.user_id) if entry.is_named else "",
            entry.device_name,
            _text(entry.device_id),
            entry.address,
            entry.action,
            entry.subject_type,
            entry.subject_id,
            entry.subject_name,
            entry.candidate_name,
            _text(entry.candidate_id),
            json.dumps(entry.details, sort_keys=True, ensure_ascii=False) if entry.details else "",
            entry.trace_id,
            "" if entry.is_named else entry.user_name,
            "" if entry.is_named else _text(entry.user_id),
        )
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
