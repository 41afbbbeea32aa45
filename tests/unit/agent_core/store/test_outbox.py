"""The outbox gives events in order, settles each by itself, and drops none."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import StoreError
from agent_core.ports import Fate, Settlement
from agent_core.store.database import AgentStore
from agent_core.store.outbox import CLAIM_BYTES
from protocol.jobs import LogLevel
from protocol.reasons import Reason
from tests.support.agent import TickingClock, open_store, running_job, stored_person


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def store(tmp_path: Path, clock: TickingClock) -> Iterator[AgentStore]:
    with open_store(tmp_path, clock) as opened:
        yield opened


def positions(store: AgentStore, limit: int = 200) -> list[int]:
    return [entry.position for entry in store.outbox.claim_events(limit)]


def test_events_are_claimed_in_order_and_stay_until_they_are_settled(store: AgentStore) -> None:
    running_job(store)
    assert positions(store) == positions(store) == [1, 2]
    assert positions(store, 1) == [1]


def test_each_entry_has_a_fate_of_its_own(store: AgentStore, clock: TickingClock) -> None:
    job_id = running_job(store)
    store.log(job_id, LogLevel.INFO, "a")
    later = clock.now + timedelta(minutes=1)
    store.outbox.settle_events(
        [
            Settlement(1, Fate.DONE),
            Settlement(2, Fate.LATER, at=later, reason=Reason.INGEST_UNKNOWN_JOB, detail="job"),
            Settlement(3, Fate.PARKED, reason=Reason.INGEST_UNREADABLE),
        ]
    )
    assert positions(store) == []
    parked, waiting = store.outbox.items(10)
    assert (parked.parked, parked.reason, parked.attempts) == (True, Reason.INGEST_UNREADABLE, 1)
    assert (waiting.parked, waiting.reason, waiting.detail) == (False, Reason.INGEST_UNKNOWN_JOB, "job")
    clock.move(minutes=2)
    [entry] = store.outbox.claim_events(10)
    assert (entry.position, entry.attempts, entry.reason) == (2, 1, Reason.INGEST_UNKNOWN_JOB)


def test_a_clock_that_was_wrong_does_not_hold_an_entry_back_for_years(
    store: AgentStore, clock: TickingClock
) -> None:
    running_job(store)
    store.outbox.settle_events([Settlement(1, Fate.LATER, at=clock.now + timedelta(days=4000))])
    assert positions(store) == [1, 2]


def test_a_batch_carries_about_a_megabyte(store: AgentStore) -> None:
    job_id = running_job(store)
    for number in range(8):
        stored_person(store, job_id, str(number), "x" * 150_000 + str(number))
    entries = store.outbox.claim_events(200)
    assert 0 < len(entries) < 18
    assert sum(len(entry.event.model_dump_json()) for entry in entries) <= CLAIM_BYTES


def test_the_bytes_are_wanted_once(store: AgentStore) -> None:
    resume_id = stored_person(store, running_job(store))
    store.outbox.settle_events([Settlement(3, Fate.DONE, upload_wanted=True)])
    assert store.outbox.numbers().uploads_waiting == 1
    task = store.outbox.claim_upload()
    assert task is not None
    assert (task.resume_id, task.payload.candidate_external_id) == (resume_id, "0042")
    store.outbox.settle_upload(Settlement(resume_id, Fate.DONE))
    assert store.outbox.claim_upload() is None


def test_an_upload_that_cannot_be_read_is_parked_and_blocks_no_other(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, "1")
    stored_person(store, job_id, "2")
    store.outbox.settle_events([Settlement(n, Fate.DONE, upload_wanted=True) for n in range(1, 7)])
    with store.records.write() as connection:
        connection.execute("update resumes set payload = '{' where candidate_external_id = '1'")
    task = store.outbox.claim_upload()
    assert task is not None
    assert task.payload.candidate_external_id == "2"
    assert store.outbox.numbers().parked == 1


def test_retrying_forgets_the_tries(store: AgentStore) -> None:
    running_job(store)
    store.outbox.settle_events([Settlement(1, Fate.PARKED, reason=Reason.INGEST_UNREADABLE)])
    parked = store.outbox.items(1)[0]
    store.outbox.retry(parked.event_id)
    assert positions(store) == [1, 2]
    assert store.outbox.items(1)[0].attempts == 0
    with pytest.raises(StoreError) as caught:
        store.outbox.retry(uuid4())
    assert caught.value.reason is Reason.REQUEST_NOT_FOUND
