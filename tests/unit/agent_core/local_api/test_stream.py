"""A job's stream: everything so far, then changes, each once, until the job is over."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from agent_core.downloads.queue import Circumstances, Place, places
from agent_core.errors import RequestError
from agent_core.local_api import stream
from agent_core.local_api.stream import StreamSeats, job_stream, last_event_id, listing_view, seconds_left
from agent_core.store.database import AgentStore
from agent_core.store.jobs import Pace
from protocol.jobs import JobCounts, JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.support.agent import (
    OTHER_REQUEST,
    REQUEST,
    START,
    TickingClock,
    open_store,
    running_job,
    stored_person,
)

Message = tuple[int, str, dict[str, object]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AgentStore]:
    with open_store(tmp_path) as opened:
        yield opened


def stream_of(store: AgentStore, job_id: UUID, since: int = 0) -> Iterator[bytes]:
    return job_stream(
        store, job_id, since, goes_on=lambda: True, queue=lambda: queue_of(store), clock=TickingClock()
    )


def queue_of(store: AgentStore) -> list[Place]:
    return places(store.jobs_in(JobStatus.QUEUED), Circumstances())


def read(chunk: bytes) -> Message:
    head, event, data, *_ = chunk.decode().split("\n")
    return (
        int(head.removeprefix("id: ")),
        event.removeprefix("event: "),
        json.loads(data.removeprefix("data: ")),
    )


def test_the_present_comes_first_and_the_end_ends_it(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id, "1")
    messages = stream_of(store, job_id)
    assert [read(next(messages))[1] for _ in range(2)] == ["listing", "job"]
    stored_person(store, job_id, "2")
    change, event, data = read(next(messages))
    assert event == "listing"
    assert data["listing"]["candidate_external_id"] == "2"  # type: ignore[index]  # JSON
    assert data["change"] == change
    next(messages)
    store.end_job(job_id, None)
    last = [read(chunk) for chunk in messages]
    assert [event for _, event, _ in last] == ["job"]
    assert last[0][2]["job"]["status"] == "success"  # type: ignore[index]  # JSON


def test_a_reader_that_comes_back_misses_and_repeats_nothing(store: AgentStore) -> None:
    job_id = running_job(store)
    for number in range(3):
        stored_person(store, job_id, str(number))
    store.end_job(job_id, None)
    whole = [read(chunk) for chunk in stream_of(store, job_id)]
    ids = [change for change, _, _ in whole]
    assert ids == sorted(set(ids))
    for seen in ids[:-1]:
        rest = [read(chunk) for chunk in stream_of(store, job_id, seen)]
        assert rest == [message for message in whole if message[0] > seen]
    assert [read(chunk)[1] for chunk in stream_of(store, job_id, ids[-1])] == ["job"]


def test_a_stream_ends_when_it_may_not_go_on(store: AgentStore) -> None:
    job_id = running_job(store)
    messages = job_stream(store, job_id, 0, goes_on=lambda: False, queue=list, clock=TickingClock())
    assert list(messages) == []


def test_a_job_that_waits_says_for_what_and_its_stream_goes_on(store: AgentStore) -> None:
    first, second = running_job(store), store.create_job(uuid4(), OTHER_REQUEST)[0].job_id
    messages = stream_of(store, second)
    assert read(next(messages))[2]["queued"] == {
        "job_id": str(second),
        "position": 1,
        "waits_for": "turn",
    }
    store.hold_job(first, Reason.PORTAL_SESSION_ENDED)
    change, event, data = read(next(messages))
    assert (event, data["queued"]["position"]) == ("job", 2)  # type: ignore[index]  # JSON
    store.pause_queued_job(second)
    after, _, data = read(next(messages))
    assert after > change
    assert data["queued"] == {"job_id": str(second), "position": None, "waits_for": "person"}
    assert data["job"]["reason"] == "job.paused"  # type: ignore[index]  # JSON


def test_a_quiet_stream_says_that_it_is_still_here(
    store: AgentStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "COMMENT_SECONDS", 0.0)
    monkeypatch.setattr(stream, "_LOOK_SECONDS", 0.0)
    messages = stream_of(store, running_job(store))
    assert read(next(messages))[1] == "job"
    assert next(messages) == b": still here\n\n"


@pytest.mark.parametrize(("value", "change"), [("", 0), ("0", 0), ("17", 17)])
def test_where_a_reader_goes_on(value: str, change: int) -> None:
    assert last_event_id(value) == change


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "1" * 13, "٣"])
def test_nonsense_is_no_place_to_go_on(value: str) -> None:
    with pytest.raises(RequestError) as caught:
        last_event_id(value)
    assert caught.value.reason is Reason.REQUEST_INVALID


@pytest.mark.parametrize(
    ("status", "listed", "done", "left"),
    [
        (JobStatus.RUNNING, 60, 30, 90),
        (JobStatus.RUNNING, 60, 60, 0),
        (JobStatus.RUNNING, 60, 2, None),
        (JobStatus.QUEUED, 0, 0, None),
        (JobStatus.SUCCESS, 60, 60, None),
    ],
)
def test_the_time_left_is_guessed_from_the_pace(
    status: JobStatus, listed: int, done: int, left: int | None
) -> None:
    job = job_of(status, listed, done)
    assert seconds_left(job, Pace(START, 0), START + timedelta(seconds=90)) == left
    assert seconds_left(job, Pace(None, 0), START + timedelta(seconds=90)) is None


def test_the_time_left_counts_from_when_the_job_went_on() -> None:
    job = job_of(JobStatus.RUNNING, 60, 40)
    assert seconds_left(job, Pace(START, 30), START + timedelta(seconds=20)) == 40
    assert seconds_left(job, Pace(START, 38), START + timedelta(seconds=20)) is None
    assert seconds_left(job, Pace(START, 30), START - timedelta(days=3650)) == 0


def job_of(status: JobStatus, listed: int, done: int) -> JobSnapshot:
    return JobSnapshot(
        **REQUEST.model_dump(),
        job_id=uuid4(),
        status=status,
        counts=JobCounts(listed=listed, stored=done),
        created_at=START,
        started_at=START,
    )


def test_a_page_sees_the_name_of_the_file_without_its_folder(store: AgentStore) -> None:
    job_id = running_job(store)
    stored_person(store, job_id)
    [row] = store.listings(job_id)
    assert listing_view(row).filename == "2nd_Officer_0042.pdf"


def test_seats_are_taken_and_given_back() -> None:
    seats = StreamSeats(1)
    assert seats.take()
    assert not seats.take()
    seats.give_back()
    assert seats.take()
