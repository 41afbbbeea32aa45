"""Records go to the office that they were made for, and to no other."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from agent_core.errors import StoreError
from agent_core.ports import Fate, Settlement
from agent_core.store.database import AgentStore
from protocol.events import EventType
from protocol.reasons import Reason
from tests.support.agent import listing, new_resume, open_store, running_job

OURS, THEIRS = UUID(int=1), UUID(int=2)


def _download(store: AgentStore, number: str = "0042") -> None:
    job_id = running_job(store)
    row = store.add_listing(job_id, listing(number))
    store.store_resume(job_id, row.seq, new_resume(number))


def _waiting(store: AgentStore) -> list[EventType]:
    return [entry.event.type for entry in store.outbox.claim_events(100)]


def test_what_waits_for_one_office_never_goes_to_another_and_goes_when_it_is_back(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.belong_to(OURS)
        _download(store)
        before = _waiting(store)
        assert EventType.RESUME_DOWNLOADED in before

        store.belong_to(None)
        assert _waiting(store) == []
        store.belong_to(THEIRS)
        assert _waiting(store) == []
        parked = store.outbox.items(100)
        assert {record.reason for record in parked} == {Reason.OUTBOX_ANOTHER_OFFICE}
        with pytest.raises(StoreError) as refused:
            store.outbox.retry(parked[0].event_id)
        assert refused.value.reason is Reason.OUTBOX_ANOTHER_OFFICE

        store.belong_to(OURS)
        assert _waiting(store) == before


def test_what_was_made_before_any_office_is_the_first_ones(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        _download(store)
        before = _waiting(store)
        store.belong_to(OURS)
        assert _waiting(store) == before
        store.belong_to(THEIRS)
        assert _waiting(store) == []


def test_an_upload_stays_with_its_office(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.belong_to(OURS)
        _download(store)
        for entry in store.outbox.claim_events(100):
            store.outbox.settle_events([Settlement(entry.position, Fate.DONE, upload_wanted=True)])
        assert store.outbox.claim_upload() is not None
        store.belong_to(THEIRS)
        assert store.outbox.claim_upload() is None


def test_another_offices_resume_is_not_known_here(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.belong_to(OURS)
        _download(store)
        assert store.known_resume("0042") is not None
        store.belong_to(THEIRS)
        assert store.known_resume("0042") is None
        store.belong_to(None)
        assert store.known_resume("0042") is not None


def test_a_record_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, pytest.raises(StoreError) as refused:
        store.outbox.retry(uuid4())
    assert refused.value.reason is Reason.REQUEST_NOT_FOUND
