"""Reading one event of a batch."""

from typing import Any
from uuid import uuid4

import pytest

from cloud_api.ingest.accept import read
from protocol.events import NoteAddedEvent
from protocol.ingest import Verdict, VerdictKind
from protocol.reasons import Reason


def note(**changes: Any) -> dict[str, Any]:
    event: dict[str, Any] = {
        "event_id": str(uuid4()),
        "type": "note_added",
        "occurred_at": "2026-11-12T08:00:00Z",
        "payload": {"candidate_external_id": "0042", "note": "Call back"},
    }
    return {**event, **changes}


def test_a_known_event_is_read_and_unknown_fields_are_let_pass() -> None:
    event = read(note(from_a_newer_agent=1, protocol=7), 0)

    assert isinstance(event, NoteAddedEvent)
    assert event.payload.candidate_external_id == "0042"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({}, Reason.INGEST_UNKNOWN_TYPE),
        (note(type="from_the_future"), Reason.INGEST_UNKNOWN_TYPE),
        (note(type=["note_added"]), Reason.INGEST_UNKNOWN_TYPE),
        (note(payload=None), Reason.INGEST_UNREADABLE),
        (note(event_id="7"), Reason.INGEST_UNREADABLE),
        (note(occurred_at="2026-11-12T08:00:00"), Reason.INGEST_UNREADABLE),
        (note(protocol=0), Reason.INGEST_UNREADABLE),
        (note(protocol=True), Reason.INGEST_UNREADABLE),
    ],
)
def test_what_cannot_be_read_is_rejected_by_itself(raw: dict[str, Any], reason: Reason) -> None:
    verdict = read(raw, 5)

    assert isinstance(verdict, Verdict)
    assert (verdict.verdict, verdict.reason) == (VerdictKind.REJECTED, reason)
    assert verdict.event_id == str(raw.get("event_id", 5))


def test_an_event_without_a_usable_id_is_named_by_its_place() -> None:
    for raw in (note(event_id=None), note(event_id="x" * 401), note(event_id=""), note(event_id=12)):
        verdict = read(raw, 3)
        assert isinstance(verdict, Verdict)
        assert verdict.event_id == "3"


def test_a_rejection_names_fields_and_never_what_stood_in_them() -> None:
    raw = note(payload={"candidate_external_id": "Asta Example, +49 170", "note": ""})

    verdict = read(raw, 0)

    assert isinstance(verdict, Verdict)
    assert "payload.candidate_external_id" in verdict.detail
    assert "Asta" not in verdict.detail
