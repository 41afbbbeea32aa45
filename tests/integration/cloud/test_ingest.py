"""Batches of events on a real Postgres: a verdict for each, whoever sends them and however often."""

import threading
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from cloud_api.auth.principal import Principal
from cloud_api.db.pool import Database
from cloud_api.errors import DatabaseUnavailable
from cloud_api.ingest.accept import accept
from protocol.events import Event, JobChangedEvent, JobLine, JobLineEvent
from protocol.ingest import MAX_BATCH, IngestBatch, IngestResult, VerdictKind
from protocol.jobs import JobCounts, JobSnapshot, JobStatus, LogLevel, Outcome
from protocol.reasons import Reason
from tests.integration.cloud.conftest import Office
from tests.support.cloud_app import refused, resume_event, running_cloud, send_events
from tests.support.office import AT, World, downloaded, verified
from tests.support.postgres import TestDatabase

_NUMBERS = count(1)


@pytest.fixture
def number() -> str:
    return f"77{next(_NUMBERS)}"


def batch(events: Sequence[Event | dict[str, Any]]) -> IngestBatch:
    raw = [event if isinstance(event, dict) else event.model_dump(mode="json") for event in events]
    return IngestBatch(events=tuple(raw))


def send(world: World, principal: Principal, *events: Event | dict[str, Any]) -> list[tuple[str, str | None]]:
    result = accept(world.database, principal, batch(events))
    return [(verdict.verdict.value, verdict.reason) for verdict in result.verdicts]


def job(job_id: UUID, status: JobStatus = JobStatus.RUNNING, **more: Any) -> JobChangedEvent:
    snapshot = JobSnapshot(
        job_id=job_id, rank="Master", ship_type="Bulk Carrier", status=status, created_at=AT, **more
    )
    return JobChangedEvent(event_id=uuid4(), occurred_at=AT, payload=snapshot)


def line(job_id: UUID, text: str, **more: Any) -> JobLineEvent:
    return JobLineEvent(event_id=uuid4(), occurred_at=AT, payload=JobLine(job_id=job_id, line=text, **more))


def test_defect_4_one_event_that_cannot_be_taken_never_blocks_its_neighbours(
    office_world: World, office: Office, number: str
) -> None:
    verdicts = send(
        office_world,
        office.device,
        {"type": "resume_downloaded"},
        {"event_id": str(uuid4()), "type": "from_the_future", "occurred_at": "2026-11-12T08:00:00Z"},
        {"protocol": "two"},
        downloaded(number, name="\x00"),
        verified(number),
        downloaded(number),
    )

    assert verdicts == [
        ("rejected", Reason.INGEST_UNREADABLE),
        ("rejected", Reason.INGEST_UNKNOWN_TYPE),
        ("rejected", Reason.INGEST_UNREADABLE),
        ("rejected", Reason.INGEST_UNREADABLE),
        ("rejected", Reason.AUTH_FORBIDDEN),
        ("accepted", None),
    ]
    assert office_world.events(office.recruiter.organisation_id, number) == ["resume_downloaded"]


def test_a_batch_sent_twice_counts_once(office_world: World, office: Office, number: str) -> None:
    job_id = uuid4()
    events: list[Event] = [job(job_id), downloaded(number), line(job_id, "stored", outcome=Outcome.STORED)]

    first = send(office_world, office.device, *events)
    second = send(office_world, office.device, *events)

    assert first == [("accepted", None)] * 3
    assert second == [("duplicate", None)] * 3
    assert lines_of(office_world, job_id) == [(1, "stored")]


def test_defect_3_the_key_of_a_refused_event_is_free_for_the_retry(
    office_world: World, office: Office, number: str
) -> None:
    event = verified(number)

    assert send(office_world, office.recruiter, event) == [("rejected", Reason.INGEST_UNKNOWN_CANDIDATE)]
    send(office_world, office.device, downloaded(number))
    assert send(office_world, office.recruiter, event) == [("accepted", None)]
    assert send(office_world, office.recruiter, event) == [("duplicate", None)]


def test_two_senders_of_the_same_batch_at_the_same_time_count_once(
    office_world: World, office: Office
) -> None:
    numbers = [f"88{n}" for n in range(12)]
    same = batch([downloaded(number) for number in numbers])
    results = _at_the_same_time(office_world, office, [same] * 4)

    kinds = [[verdict.verdict for verdict in result.verdicts] for result in results]
    for position in range(len(numbers)):
        assert sorted(row[position] for row in kinds) == [VerdictKind.ACCEPTED] + [VerdictKind.DUPLICATE] * 3
    for number in numbers:
        assert office_world.events(office.recruiter.organisation_id, number) == ["resume_downloaded"]


def test_senders_whose_batches_cross_all_get_their_verdicts(office_world: World, office: Office) -> None:
    numbers = [f"99{n}" for n in range(8)]
    crossing = [
        batch([downloaded(number, f"by {sender}") for number in order])
        for sender, order in enumerate([numbers, numbers[::-1], numbers, numbers[::-1]])
    ]

    results = _at_the_same_time(office_world, office, crossing)

    assert all(v.verdict is VerdictKind.ACCEPTED for result in results for v in result.verdicts)
    for number in numbers:
        assert sorted(office_world.events(office.recruiter.organisation_id, number)) == [
            "resume_downloaded",
            *["resume_updated"] * 3,
        ]


def _at_the_same_time(world: World, office: Office, batches: list[IngestBatch]) -> list[IngestResult]:
    results: list[IngestResult] = []
    barrier = threading.Barrier(len(batches))

    def run(mine: IngestBatch) -> None:
        barrier.wait()
        results.append(accept(world.database, office.device, mine))

    threads = [threading.Thread(target=run, args=[mine]) for mine in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == len(batches)
    return results


def lines_of(world: World, job_id: UUID) -> list[tuple[int, str]]:
    found = world.rows("select seq, line from app.download_job_logs where job_id = %s order by seq", job_id)
    return [(row[0], row[1]) for row in found]


def test_a_job_is_kept_as_its_computer_reports_it(office_world: World, office: Office) -> None:
    job_id = uuid4()
    counts = JobCounts(listed=3, stored=2, failed=1)
    verdicts = send(
        office_world,
        office.device,
        job(job_id),
        line(job_id, "one"),
        line(job_id, "two", level=LogLevel.ERROR, outcome=Outcome.FAILED, reason=Reason.PORTAL_SLOW),
        job(job_id, JobStatus.SUCCESS, counts=counts, ended_at=AT),
        job(job_id, JobStatus.RUNNING),
    )

    assert verdicts == [("accepted", None)] * 5
    assert lines_of(office_world, job_id) == [(1, "one"), (2, "two")]
    assert office_world.rows(
        "select status, listed, stored, failed, last_seq, user_id, device_id from app.download_jobs"
        " where id = %s",
        job_id,
    ) == [("success", 3, 2, 1, 2, office.recruiter.user_id, office.device.device_id)]


def test_a_computer_cannot_touch_another_ones_job(office_world: World, office: Office) -> None:
    job_id = uuid4()
    send(office_world, office.device, job(job_id))

    verdicts = send(
        office_world,
        office_world.device(office.colleague),
        job(job_id, JobStatus.FAILED),
        line(job_id, "mine now"),
    )

    assert verdicts == [
        ("rejected", Reason.INGEST_NOT_YOURS),
        ("rejected", Reason.INGEST_UNKNOWN_JOB),
    ]
    assert office_world.value("select status from app.download_jobs where id = %s", job_id) == "running"


def test_a_computer_that_is_paired_again_goes_on_with_the_jobs_that_it_made_before(
    office_world: World, office: Office
) -> None:
    job_id = uuid4()
    before, again = office_world.device(office.recruiter), office_world.device(office.recruiter)
    send(office_world, before, job(job_id), line(job_id, "one"))
    office_world.run("update app.devices set status = 'revoked' where id = %s", before.device_id)

    assert send(office_world, again, line(job_id, "two"), job(job_id, JobStatus.SUCCESS)) == [
        ("accepted", None),
        ("accepted", None),
    ]
    assert lines_of(office_world, job_id) == [(1, "one"), (2, "two")]
    assert office_world.value("select status from app.download_jobs where id = %s", job_id) == "success"
    colleagues = office_world.device(office.colleague)
    assert send(office_world, colleagues, line(job_id, "mine now")) == [
        ("rejected", Reason.INGEST_UNKNOWN_JOB)
    ]


def test_an_id_says_nothing_of_another_office(office_world: World, office: Office) -> None:
    """Defect of a first version: a refusal told that another office had the id, and kept it from using it."""
    job_id, known = uuid4(), downloaded("4711")
    assert send(office_world, office.device, job(job_id), known) == [("accepted", None)] * 2

    there = send(office_world, office.foreign_device, job(job_id, JobStatus.FAILED), line(job_id, "x"), known)

    assert there == [("accepted", None)] * 3
    assert sorted(office_world.rows("select status from app.download_jobs where id = %s", job_id)) == [
        ("failed",),
        ("running",),
    ]
    assert lines_of(office_world, job_id) == [(1, "x")]


def test_lines_of_a_job_never_share_a_number(office_world: World, office: Office) -> None:
    job_id = uuid4()
    send(office_world, office.device, job(job_id))

    _at_the_same_time(
        office_world, office, [batch([line(job_id, f"{s}.{n}") for n in range(10)]) for s in range(4)]
    )

    assert [seq for seq, _ in lines_of(office_world, job_id)] == list(range(1, 41))


def test_a_database_that_does_not_answer_gives_no_verdicts(office: Office, number: str) -> None:
    nowhere = Database("postgresql://njordhr_api:x@127.0.0.1:1/nothing", wait_seconds=0.2)
    nowhere.open()
    try:
        with pytest.raises(DatabaseUnavailable):
            accept(nowhere, office.device, batch([downloaded(number)]))
    finally:
        nowhere.close()


def test_a_database_that_fails_in_the_middle_keeps_nothing_of_the_batch(
    office_world: World, office: Office, number: str
) -> None:
    events = batch([downloaded(number), downloaded(number, "second")])
    office_world.run(
        "create function app.fail() returns trigger language plpgsql as $$ begin"
        " if new.event_type = 'resume_updated' then raise sqlstate '58030'; end if;"
        " return new; end $$"
    )
    office_world.run(
        "create trigger fail before insert on app.candidate_events for each row execute function app.fail()"
    )
    try:
        with pytest.raises(psycopg.OperationalError):
            accept(office_world.database, office.device, events)
    finally:
        office_world.run("drop trigger fail on app.candidate_events")
        office_world.run("drop function app.fail()")
    assert office_world.events(office.recruiter.organisation_id, number) == []

    retried = accept(office_world.database, office.device, events)

    assert [verdict.verdict for verdict in retried.verdicts] == [VerdictKind.ACCEPTED] * 2


def test_over_http_a_batch_gets_its_verdicts_and_a_stranger_nothing(
    database: TestDatabase, office_world: World, tmp_path: Path, number: str
) -> None:
    with running_cloud(database, tmp_path) as cloud:
        person = cloud.member("West", "Wim", "recruiter")
        computer = cloud.computer(person)
        event = resume_event(number)

        verdicts = send_events(computer, event, {"type": "unknown"})
        again = send_events(computer, event)
        refusals = [
            refused(cloud.nobody.post("/api/events/candidate", {"events": [event]})),
            refused(computer.post("/api/events/candidate", {"events": []})),
            refused(computer.post("/api/events/candidate", {"events": [event] * (MAX_BATCH + 1)})),
        ]

    assert [verdict["verdict"] for verdict in verdicts] == ["accepted", "rejected"]
    assert (again[0]["verdict"], again[0]["upload_wanted"]) == ("duplicate", True)
    assert refusals == [
        (401, Reason.AUTH_REQUIRED),
        (422, Reason.REQUEST_INVALID),
        (422, Reason.REQUEST_INVALID),
    ]
    assert office_world.rows(
        "select count(*) from app.candidates where candidate_external_id = %s", number
    ) == [(1,)]
