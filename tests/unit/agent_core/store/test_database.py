"""State and outbox change together, and the counts always add up."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.errors import StoreError
from agent_core.ports import ListingState
from agent_core.store.database import AgentStore
from protocol.events import EventType, JobChangedEvent, JobLineEvent, ResumeDownloadedEvent
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


def test_cancelling_skips_who_is_left_and_is_final(store: AgentStore) -> None:
    job_id = running_job(store)
    store.add_listing(job_id, listing())
    ended = store.end_job(job_id, None, cancelled=True)
    assert (ended.status, ended.reason) == (JobStatus.CANCELLED, Reason.JOB_CANCELLED)
    assert ended.counts == JobCounts(listed=1, skipped=1)
    for change in (store.start_job, store.release_job, store.pause_queued_job, store.cancel_queued_job):
        with pytest.raises(StoreError) as caught:
            change(job_id)
        assert caught.value.reason is Reason.JOB_NOT_ACTIVE
    with pytest.raises(StoreError):
        store.hold_job(job_id, Reason.JOB_PAUSED)


def test_a_held_job_waits_with_its_reason_and_everybody_keeps_what_they_have(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, "1")
    for number in ("2", "3"):
        store.fetching(job_id, store.add_listing(job_id, listing(number)).seq)
    store.put_back(job_id, 2, tried=True)
    before = store.changes(job_id)
    held = store.hold_job(job_id, Reason.PORTAL_SESSION_ENDED)
    assert (held.status, held.reason) == (JobStatus.QUEUED, Reason.PORTAL_SESSION_ENDED)
    assert held.message == Reason.PORTAL_SESSION_ENDED.sentence
    assert held.counts == JobCounts(listed=3, stored=1)
    rows = store.listings(job_id)
    assert [row.state for row in rows] == [ListingState.STORED, ListingState.WAITING, ListingState.WAITING]
    assert [row.tries for row in rows] == [0, 1, 0]
    assert [row.seq for row in store.changes(job_id, before.change).listings] == [3]
    event = store.outbox.claim_events(200)[-1].event
    assert isinstance(event, JobChangedEvent)
    assert event.payload == held
    assert event.payload.change > before.change
    with pytest.raises(StoreError):
        store.store_resume(job_id, 2, new_resume("2"))
    assert store.start_job(job_id).reason is None


def test_a_reason_to_wait_is_taken_away_and_pausing_twice_changes_nothing(store: AgentStore) -> None:
    job_id = store.create_job(uuid4(), REQUEST)[0].job_id
    assert store.pause_queued_job(job_id).reason is Reason.JOB_PAUSED
    assert store.pause_queued_job(job_id) == store.job(job_id)
    assert store.release_job(job_id).reason is None
    released = store.job(job_id)
    assert store.release_job(job_id) == released
    store.start_job(job_id)
    for ask in (store.pause_queued_job, store.cancel_queued_job, store.release_job):
        assert ask(job_id) == store.job(job_id), "a running job is asked to stop, not stopped"


def test_a_paused_job_with_people_is_cancelled_with_all_of_them(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, "1")
    store.add_listing(job_id, listing("2"))
    store.hold_job(job_id, Reason.JOB_PAUSED)
    assert store.cancel_queued_job(job_id).counts == JobCounts(listed=2, stored=1, skipped=1)


def test_the_same_pair_is_not_queued_twice(store: AgentStore) -> None:
    first, _ = store.create_job(uuid4(), REQUEST)
    for force in (False, True):
        with pytest.raises(StoreError) as caught:
            store.create_job(uuid4(), REQUEST.model_copy(update={"force_redownload": force}))
        assert caught.value.reason is Reason.JOB_ALREADY_THERE
        assert caught.value.facts == {"job_id": str(first.job_id)}
    store.cancel_queued_job(first.job_id)
    assert store.create_job(uuid4(), REQUEST)[1]


def test_those_who_failed_are_fetched_again_by_a_job_of_their_own(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, "1")
    for number in ("2", "3", "4"):
        row = store.add_listing(job_id, listing(number))
        store.finish_listing(job_id, row.seq, Outcome.FAILED, Reason.FILE_IN_USE)
    store.walked(job_id)
    store.end_job(job_id, None)
    one = store.retry_job(uuid4(), job_id, [3])
    assert (one.retry_of, one.status, one.counts) == (job_id, JobStatus.QUEUED, JobCounts(listed=1))
    assert store.is_walked(one.job_id)
    assert [row.candidate_external_id for row in store.listings(one.job_id)] == ["3"]
    with pytest.raises(StoreError) as caught:
        store.retry_job(uuid4(), job_id, None)
    assert (caught.value.reason, caught.value.facts) == (
        Reason.JOB_ALREADY_THERE,
        {"job_id": str(one.job_id)},
    )
    others = store.retry_job(uuid4(), job_id, [1, 2, 4, 99])
    assert [row.candidate_external_id for row in store.listings(others.job_id)] == ["2", "4"]
    with pytest.raises(StoreError) as caught:
        store.retry_job(uuid4(), job_id, [1])
    assert caught.value.reason is Reason.JOB_NOTHING_TO_RETRY


def test_who_was_left_by_a_cancelled_job_can_be_fetched_without_walking_again(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, "1")
    store.add_listing(job_id, listing("2"))
    store.end_job(job_id, None, cancelled=True)
    again = store.retry_job(uuid4(), job_id, None)
    assert [row.candidate_external_id for row in store.listings(again.job_id)] == ["2"]


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
