from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError

from protocol import PROTOCOL_VERSION
from protocol.events import EventType, NoteAddedEvent, ResumeDownloadedEvent, parse_event

DIGEST = "a" * 64


def raw(event_type: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "event_id": str(uuid4()),
        "occurred_at": "2026-11-12T08:00:00Z",
        "type": event_type,
        "payload": payload,
    }


def resume_payload(**changes: Any) -> dict[str, Any]:
    return {
        "candidate_external_id": "0042",
        "filename": "Master_0042.pdf",
        "file_sha256": DIGEST,
        "file_length": 10,
        "content_sha256": DIGEST,
        "rank_applied_for": "Master",
        "facts": {"source": "page", "mobile_no": "0091 22 5550"},
        **changes,
    }


def test_an_event_is_read_back_as_it_was_written() -> None:
    event = parse_event(raw("resume_downloaded", resume_payload()))
    assert isinstance(event, ResumeDownloadedEvent)
    assert parse_event(event.model_dump(mode="json")) == event


def test_leading_zeros_survive_the_wire() -> None:
    event = parse_event(raw("resume_downloaded", resume_payload()))
    assert isinstance(event, ResumeDownloadedEvent)
    assert event.payload.candidate_external_id == "0042"
    assert event.payload.facts.mobile_no == "0091 22 5550"


def test_a_field_of_a_newer_version_is_ignored() -> None:
    newer = raw("note_added", {"candidate_external_id": "1", "note": "Hello", "mood": "fine"}) | {"trace": 1}
    event = parse_event(newer)
    assert isinstance(event, NoteAddedEvent)
    assert event.protocol == PROTOCOL_VERSION


@pytest.mark.parametrize(
    "changes",
    [
        {"candidate_external_id": "12a"},
        {"candidate_external_id": ""},
        {"file_sha256": "A" * 64},
        {"file_sha256": "a" * 63},
        {"file_length": 0},
        {"filename": "../x.pdf"},
        {"filename": "a\\b.pdf"},
        {"filename": "a\nb.pdf"},
        {"filename": ""},
    ],
)
def test_a_wrong_field_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        parse_event(raw("resume_downloaded", resume_payload(**changes)))


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValidationError):
        parse_event(raw("resume_eaten", resume_payload()))


def test_a_time_without_a_zone_is_refused() -> None:
    event = raw("note_added", {"candidate_external_id": "1", "note": "x"})
    with pytest.raises(ValidationError):
        parse_event(event | {"occurred_at": "2026-11-12T08:00:00"})


def test_every_type_has_an_envelope() -> None:
    payloads: dict[EventType, dict[str, Any]] = {
        EventType.RESUME_DOWNLOADED: resume_payload(),
        EventType.RESUME_UPDATED: {},
        EventType.INITIAL_VERIFICATION: {"candidate_external_id": "1", "content_sha256": DIGEST},
        EventType.REVIEW_PASSED: {"candidate_external_id": "1", "content_sha256": DIGEST},
        EventType.STATUS_CHANGE: {
            "candidate_external_id": "1",
            "status": "Contacted",
            "expected_version": 1,
        },
        EventType.NOTE_ADDED: {"candidate_external_id": "1", "note": "x"},
        EventType.RESUME_OPENED: {"candidate_external_id": "1", "content_sha256": DIGEST},
        EventType.UNDO: {"undoes_event_id": str(uuid4())},
        EventType.JOB_CHANGED: {
            "job_id": str(uuid4()),
            "rank": "Master",
            "ship_type": "TUG",
            "status": "running",
            "created_at": datetime(2026, 11, 12, tzinfo=UTC).isoformat(),
        },
        EventType.JOB_LINE: {"job_id": str(uuid4()), "line": "Started"},
        EventType.UPDATE_ENDED: {
            "from_version": "1.4.1",
            "to_version": "1.4.2",
            "result": "committed",
            "channel": "stable",
            "platform": "linux-x86_64",
        },
    }
    assert set(payloads) == set(EventType)
    for event_type, payload in payloads.items():
        if event_type is EventType.RESUME_UPDATED:  # decided by the cloud, never sent
            continue
        assert parse_event(raw(event_type.value, payload)).type is event_type
