"""The people of a job: numbered in order, with one outcome each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_core.errors import StoreError
from agent_core.ports import ListingState
from agent_core.store import listings
from agent_core.store.database import AgentStore
from protocol.jobs import Outcome
from protocol.reasons import Reason
from tests.support.agent import OTHER_REQUEST, listing, new_resume, open_store, running_job


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AgentStore]:
    with open_store(tmp_path) as opened:
        yield opened


def test_people_are_numbered_within_their_job(store: AgentStore) -> None:
    one, other = running_job(store), running_job(store, OTHER_REQUEST)
    assert [store.add_listing(one, listing()).seq for _ in range(3)] == [1, 2, 3]
    assert store.add_listing(other, listing()).seq == 1


def test_somebody_who_is_not_there_cannot_be_fetched(store: AgentStore) -> None:
    job_id = running_job(store)
    with pytest.raises(StoreError):
        store.fetching(job_id, 1)
    with pytest.raises(StoreError) as caught, store.records.read() as connection:
        listings.get(connection, job_id, 1)
    assert caught.value.reason is Reason.REQUEST_NOT_FOUND


def test_somebody_with_an_outcome_is_not_fetched_again(store: AgentStore) -> None:
    job_id = running_job(store)
    store.add_listing(job_id, listing())
    store.finish_listing(job_id, 1, Outcome.SKIPPED, Reason.SKIP_ALREADY_HERE)
    with pytest.raises(StoreError):
        store.fetching(job_id, 1)
    [row] = store.listings(job_id)
    assert (row.state, row.reason) == (ListingState.SKIPPED, Reason.SKIP_ALREADY_HERE)


def test_what_is_shown_of_a_person_is_kept(store: AgentStore) -> None:
    job_id = running_job(store)
    store.add_listing(job_id, listing())
    with store.records.write() as connection:
        listings.describe(connection, job_id, 1, new_resume().facts)
        listings.set_file(connection, job_id, 1, "2nd_Officer/a.pdf")
        assert [row.seq for row in listings.still_open(connection, job_id)] == [1]
        row = listings.get(connection, job_id, 1)
    assert (row.name, row.present_rank) == ("Kari Testmann", "2nd Officer")
    assert row.relative_path == "2nd_Officer/a.pdf"
