"""Events that go in together have the same effect as one by one, and those that do not fit are named."""

from typing import Any
from uuid import uuid4

import pytest

from cloud_api.auth.principal import Device, Person
from cloud_api.ledger import candidate_rows
from cloud_api.ledger.record import record_all
from cloud_api.ledger.state import recompute
from protocol.events import Event, JobChangedEvent, JobLine, JobLineEvent
from protocol.ingest import Verdict
from protocol.jobs import JobSnapshot, JobStatus
from tests.support.office import AT, World, downloaded

STATE = (
    "select candidate_external_id, review_state, downloaded_at, status, version, name, present_rank, email,"
    " mobile_no, country, rank_applied_for, search_ship_type, expiry_dates from app.candidate_state"
    " where organisation_id = %s order by 1"
)
EVENTS = (
    "select c.candidate_external_id, e.event_type, e.filename, e.rank_applied_for, e.created_at,"
    " e.resulting_version, e.resume_source, e.resume_upload_status from app.candidate_events e"
    " join app.candidates c on c.id = e.candidate_id where e.organisation_id = %s order by e.position"
)
RESUMES = (
    "select content_sha256, file_sha256, file_length, filename, facts, text, review_state, downloaded_at"
    " from app.resumes where organisation_id = %s order by 1"
)
LINES = (
    "select j.rank, l.seq, l.line, l.level, l.created_at from app.download_job_logs l"
    " join app.download_jobs j on j.id = l.job_id where l.organisation_id = %s order by 1, 2"
)


def job(rank: str) -> JobChangedEvent:
    snapshot = JobSnapshot(
        job_id=uuid4(), rank=rank, ship_type="Tanker", status=JobStatus.RUNNING, created_at=AT
    )
    return JobChangedEvent(event_id=uuid4(), occurred_at=AT, payload=snapshot)


def line(of: JobChangedEvent, text: str) -> JobLineEvent:
    return JobLineEvent(
        event_id=uuid4(), occurred_at=AT, payload=JobLine(job_id=of.payload.job_id, line=text)
    )


def mixed() -> list[Event]:
    first, second = job("Cook"), job("Bosun")
    events: list[Event] = [first, second]
    for number in range(12):
        events += [downloaded(str(700 + number)), line(first, f"{number}"), line(second, f"other {number}")]
    return events


def send(world: World, device: Device, events: list[Event]) -> list[Verdict]:
    with world.database.authenticated(device.claims) as tx:
        return record_all(tx, device, events)


def written(world: World, device: Device) -> list[list[tuple[Any, ...]]]:
    return [world.rows(query, device.organisation_id) for query in (STATE, EVENTS, RESUMES, LINES)]


def office(world: World) -> Device:
    person: Person = world.person(f"Office {uuid4()}", "Anna")
    return world.device(person)


def test_a_batch_has_the_same_effect_as_its_events_one_by_one(office_world: World) -> None:
    together, alone = office(office_world), office(office_world)
    events = mixed()
    again = [event.model_copy(update={"event_id": uuid4()}) for event in events]
    verdicts = send(office_world, together, events)
    singly = [send(office_world, alone, [event])[0] for event in again]
    assert [(v.verdict, v.upload_wanted) for v in verdicts] == [(v.verdict, v.upload_wanted) for v in singly]
    assert written(office_world, together) == written(office_world, alone)
    assert {v.verdict.value for v in send(office_world, together, events)} == {"duplicate"}
    assert written(office_world, together) == written(office_world, alone)


def test_what_is_kept_after_a_batch_is_what_its_events_say(office_world: World) -> None:
    device = office(office_world)
    send(office_world, device, mixed())
    ids = office_world.rows(
        "select candidate_id from app.candidate_state where organisation_id = %s", device.organisation_id
    )
    with office_world.database.authenticated(device.claims) as tx:
        for (candidate_id,) in ids:
            kept = candidate_rows.read_state(tx, candidate_id)
            assert kept == recompute(candidate_rows.read_events(tx, candidate_id))


@pytest.mark.parametrize("spoilt", ["unknown job", "zero byte"])
def test_one_that_does_not_fit_is_named_and_takes_nobody_with_it(office_world: World, spoilt: str) -> None:
    device = office(office_world)
    events = mixed()
    bad: Event = line(job("Nowhere"), "x") if spoilt == "unknown job" else downloaded("799", name="a\0b")
    at = len(events) // 2
    verdicts = send(office_world, device, [*events[:at], bad, *events[at:]])
    rejected = [index for index, verdict in enumerate(verdicts) if verdict.verdict.value == "rejected"]
    assert rejected == [at]
    assert [len(rows) for rows in written(office_world, device)] == [12, 12, 12, 24]


def test_somebody_who_comes_twice_in_a_batch_is_taken_in_order(office_world: World) -> None:
    device = office(office_world)
    events: list[Event] = [downloaded("1"), downloaded("2"), downloaded("1", "newer")]
    verdicts = send(office_world, device, [*events, events[1]])
    assert [verdict.verdict.value for verdict in verdicts] == ["accepted"] * 3 + ["duplicate"]
    types = [row[:2] for row in written(office_world, device)[1]]
    assert types == [("1", "resume_downloaded"), ("2", "resume_downloaded"), ("1", "resume_updated")]
