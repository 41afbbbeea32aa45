"""What makes two events the same one, and what is locked for a batch."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from cloud_api.auth.principal import Device
from cloud_api.ledger.record import ACTION_OF, digest, lock_keys
from protocol.events import (
    Event,
    EventType,
    JobLine,
    JobLineEvent,
    NoteAdded,
    NoteAddedEvent,
    Undo,
    UndoEvent,
)

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
DEVICE = Device(uuid4(), uuid4(), uuid4())


def note(number: str, text: str, at: datetime = NOW) -> NoteAddedEvent:
    payload = NoteAdded(candidate_external_id=number, note=text)
    return NoteAddedEvent(event_id=uuid4(), occurred_at=at, payload=payload)


def test_the_digest_is_of_what_is_said_and_not_of_when() -> None:
    assert digest(note("1", "a")) == digest(note("1", "a", NOW + timedelta(hours=1)))
    assert digest(note("1", "a")) != digest(note("1", "b"))
    assert digest(note("1", "a")) != digest(note("01", "a"))


def test_every_type_of_event_needs_a_row_of_the_policy_table() -> None:
    assert set(ACTION_OF) == set(EventType) - {EventType.RESUME_UPDATED}


def test_locks_come_in_the_same_order_whatever_the_batchs_is() -> None:
    line = JobLineEvent(event_id=uuid4(), occurred_at=NOW, payload=JobLine(job_id=uuid4(), line="x"))
    undo = UndoEvent(event_id=uuid4(), occurred_at=NOW, payload=Undo(undoes_event_id=uuid4()))
    events: list[Event] = [note("1", "a"), line, note("2", "b"), note("1", "c"), undo]

    keys = lock_keys(DEVICE, events)

    assert keys == lock_keys(DEVICE, events[::-1]) == sorted(set(keys))
    assert len(keys) == 3
    assert lock_keys(Device(uuid4(), uuid4(), uuid4()), [note("1", "a")]) != lock_keys(
        DEVICE, [note("1", "a")]
    )
