"""State and outbox change together, and the counts always add up."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import StoreError
from agent_core.ports import ListingState
from agent_core.store.database import AgentStore
from protocol.events import EventType, JobLineEvent, ResumeDownloadedEvent
from protocol.jobs import JobCounts, JobStatus, LogLevel, Outcome
from protocol.reasons import Reason
from tests.support.agent import REQUEST, listing, new_resume, open_store, running_job, stored_person


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AgentStore]:
    with open_store(tmp_path) as opened:
        yield opened


def types(store: AgentStore) -> list[EventType]:
    return [entry.event.type for entry in store.outbox.claim_events(200)]


def test_a_job_is_queued_once_however_often_it_is_handed_in(store: AgentStore) -> None:
    job_id = uuid4()
    first, is_new = store.create_job(job_id, REQUEST)
    again, is_new_again = store.create_job(job_id, REQUEST)
    assert (is_new, is_new_again) == (True, False)
    assert first == again
    assert first.status is JobStatus.QUEUED
    assert types(store) == [EventType.JOB_CHANGED]


def test_a_resume_and_its_events_are_recorded_together_in_order(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id)
    ended = store.end_job(job_id, None)
    assert ended.status is JobStatus.SUCCESS
    assert ended.counts == JobCounts(listed=1, stored=1)
    entries = store.outbox.claim_events(200)
    assert [entry.event.type for entry in entries] == [
        EventType.JOB_CHANGED,
        EventType.JOB_CHANGED,
        EventType.RESUME_DOWNLOADED,
        EventType.JOB_LINE,
        EventType.JOB_CHANGED,
    ]
    resume, line = entries[2].event, entries[3].event
    assert isinstance(resume, ResumeDownloadedEvent)
    assert resume.payload.candidate_external_id == "0042"
    assert resume.payload.filename == "2nd_Officer_0042.pdf"
    assert resume.payload.text.text == "a resume"
    assert isinstance(line, JobLineEvent)
    assert line.payload.outcome is Outcome.STORED
    assert "Kari" not in line.payload.line


def test_a_person_has_one_outcome_and_a_second_changes_nothing(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id)
    before = types(store)
    with pytest.raises(StoreError) as caught:
        store.store_resume(job_id, 1, new_resume(content="another"))
    assert caught.value.reason is Reason.JOB_NOT_ACTIVE
    with pytest.raises(StoreError):
        store.finish_listing(job_id, 1, Outcome.FAILED, Reason.PORTAL_SLOW)
    assert types(store) == before
    assert store.job(job_id).counts == JobCounts(listed=1, stored=1)
    known = store.known_resume("0042")
    assert known is not None
    assert known.content_sha256 == new_resume().content_sha256


def test_ending_a_job_accounts_for_everybody(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, "1")
    store.add_listing(job_id, listing("2"))
    fetching = store.add_listing(job_id, listing("3"))
    store.fetching(job_id, fetching.seq)
    ended = store.end_job(job_id, Reason.PORTAL_SESSION_ENDED)
    assert ended.status is JobStatus.FAILED
    assert ended.counts == JobCounts(listed=3, stored=1, failed=2)
    assert [row.reason for row in store.listings(job_id)] == [
        None,
        Reason.PORTAL_SESSION_ENDED,
        Reason.PORTAL_SESSION_ENDED,
    ]
    with pytest.raises(StoreError):
        store.end_job(job_id, None)


def test_cancelling_says_so(store: AgentStore) -> None:
    job_id = running_job(store)
    store.add_listing(job_id, listing())
    ended = store.end_job(job_id, None, cancelled=True)
    assert (ended.status, ended.reason) == (JobStatus.CANCELLED, Reason.JOB_CANCELLED)


def test_a_number_that_cannot_be_read_is_accounted_for_too(store: AgentStore) -> None:
    job_id = running_job(store)
    row = store.add_listing(job_id, listing("not a number"))
    store.finish_listing(job_id, row.seq, Outcome.FAILED, Reason.RESUME_UNREADABLE_ID)
    assert store.end_job(job_id, None).counts == JobCounts(listed=1, failed=1)
    event = store.outbox.claim_events(200)[-2].event
    assert isinstance(event, JobLineEvent)
    assert event.payload.candidate_external_id is None


def test_a_skipped_person_keeps_what_was_read_of_them(store: AgentStore) -> None:
    job_id = running_job(store)
    row = store.add_listing(job_id, listing())
    store.finish_listing(job_id, row.seq, Outcome.SKIPPED, Reason.SKIP_UNCHANGED, new_resume().facts)
    [after] = store.listings(job_id)
    assert (after.state, after.name) == (ListingState.SKIPPED, "Kari Testmann")


def test_changes_go_on_where_the_last_look_ended(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, "1")
    first = store.changes(job_id)
    assert [row.candidate_external_id for row in first.listings] == ["1"]
    assert store.changes(job_id, first.change).listings == []
    stored_person(store, job_id, "2")
    then = store.changes(job_id, first.change)
    assert [row.candidate_external_id for row in then.listings] == ["2"]
    assert then.change > first.change


def test_a_waiting_reader_is_woken_by_a_commit(store: AgentStore) -> None:
    job_id = running_job(store)
    seen = store.records.commits
    store.log(job_id, LogLevel.INFO, "A list was walked")
    assert store.records.wait_for_commit(seen, 0) == seen + 1


def test_nothing_happens_to_a_job_that_is_not_there(store: AgentStore) -> None:
    for call in (store.job, store.changes, store.start_job):
        with pytest.raises(StoreError) as caught:
            call(uuid4())
        assert caught.value.reason is Reason.REQUEST_NOT_FOUND


def test_a_resume_is_found_by_its_content(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, content="old")
    stored_person(store, job_id, content="new")
    old = new_resume(content="old").content_sha256
    known = store.resume_with_content("0042", old)
    assert known is not None
    assert known.content_sha256 == old
    assert store.resume_with_content("0043", old) is None
