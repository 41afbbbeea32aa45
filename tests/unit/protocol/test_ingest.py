import pytest
from pydantic import ValidationError

from protocol.ingest import MAX_BATCH, IngestBatch


def test_a_batch_holds_at_least_one_event_and_at_most_the_maximum() -> None:
    assert len(IngestBatch(events=({},) * MAX_BATCH).events) == MAX_BATCH
    for size in (0, MAX_BATCH + 1):
        with pytest.raises(ValidationError):
            IngestBatch(events=({},) * size)


def test_an_event_that_cannot_be_read_does_not_spoil_the_batch() -> None:
    batch = IngestBatch.model_validate({"events": [{"nonsense": True}, {"type": "note_added"}]})
    assert len(batch.events) == 2
