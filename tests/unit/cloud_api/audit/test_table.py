from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cloud_api.audit.schemas import AuditEntry
from cloud_api.audit.table import COLUMNS, HEAD, row_of

WHO = UUID("6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1")


def entry(**changes: Any) -> AuditEntry:
    values: dict[str, Any] = {
        "entry_id": 7,
        "at": datetime(2026, 11, 12, 8, 0, tzinfo=UTC),
        "user_id": WHO,
        "user_name": "Anna",
        "is_named": True,
        "device_id": None,
        "device_name": "",
        "address": "192.0.2.7",
        "action": "resume.link",
        "subject_type": "resume",
        "subject_id": "r",
        "subject_name": "",
        "candidate_id": None,
        "candidate_name": "",
        "candidate_is_deleted": False,
        "details": {},
        "trace_id": "",
    }
    return AuditEntry(**values | changes)


def test_a_row_has_a_cell_for_every_column() -> None:
    assert len(HEAD.decode("utf-8-sig").split(",")) == len(COLUMNS)
    assert row_of(entry()) == (
        b"7,2026-11-12T08:00:00.000000Z,Anna,6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1,,,'192.0.2.7,resume.link,"
        b"resume,r,,,,,,,\r\n"
    )


def test_whose_computer_it_was_is_not_who_did_it() -> None:
    row = row_of(entry(is_named=False, device_id=WHO, device_name="Front desk")).decode()
    assert row.startswith(f"7,2026-11-12T08:00:00.000000Z,,,Front desk,{WHO},")
    assert row.endswith(f",Anna,{WHO}\r\n")


def test_the_details_are_json_in_one_order() -> None:
    shown = row_of(entry(details={"people": 2, "chosen_by": "selection"})).decode()
    assert '"{""chosen_by"": ""selection"", ""people"": 2}"' in shown


def test_what_a_rule_did_has_nobody_in_it() -> None:
    assert row_of(entry(user_id=None, user_name="")).startswith(b"7,2026-11-12T08:00:00.000000Z,,,")
