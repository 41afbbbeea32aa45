from datetime import UTC, datetime
from uuid import UUID, uuid4

from cloud_api.candidates.look import HistoryRow, entries
from protocol.events import EventType


def row(
    event_type: EventType, *, own: bool = True, recent: bool = True, undone_by: UUID | None = None
) -> HistoryRow:
    return HistoryRow(
        event_id=uuid4(),
        event_type=event_type,
        status=None,
        notes="",
        call_back_on=None,
        filename="",
        by_name="Anna Berg",
        by_device="",
        created_at=datetime(2026, 11, 12, 8, 0, tzinfo=UTC),
        undone_by_event_id=undone_by,
        own=own,
        recent=recent,
    )


def undoable(*rows: HistoryRow) -> list[bool]:
    return [entry.undoable for entry in entries(rows)]


def test_only_the_newest_decision_that_holds_can_be_taken_back() -> None:
    note, status = row(EventType.NOTE_ADDED), row(EventType.STATUS_CHANGE)
    assert undoable(note, status) == [True, False]


def test_after_an_undo_the_decision_before_it_can_be_taken_back() -> None:
    undo = row(EventType.UNDO)
    taken_back = row(EventType.NOTE_ADDED, undone_by=undo.event_id)
    assert undoable(undo, taken_back, row(EventType.STATUS_CHANGE)) == [False, False, True]


def test_a_download_in_between_takes_nothing_away() -> None:
    assert undoable(row(EventType.RESUME_UPDATED), row(EventType.INITIAL_VERIFICATION)) == [False, True]


def test_a_colleagues_decision_and_an_old_one_stay() -> None:
    assert undoable(row(EventType.STATUS_CHANGE, own=False), row(EventType.NOTE_ADDED)) == [False, False]
    assert undoable(row(EventType.STATUS_CHANGE, recent=False)) == [False]
