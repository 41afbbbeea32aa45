"""The tail of a job's log under many writers: nothing is missed, nothing comes twice, all in order.

Thirty-two computers' worth of writers send 20,000 lines of one job through the real ingest, while readers
follow the stream as pages do and break off and come back, 200 times, with `Last-Event-ID`. Whether the test
could fail at all is shown by a reader of the kind that the design forbids: one whose cursor is the serial id
of the rows. A transaction that is held open while a later one commits makes it miss, every time.
"""

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from cloud_api.auth.principal import Device
from cloud_api.errors import DatabaseUnavailable
from cloud_api.ledger.record import record_all
from protocol.events import JobLine, JobLineEvent
from protocol.ingest import VerdictKind
from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_jobs import job_changed, new_job
from tests.support.cloud_app import AT, Cloud, Computer, Member, moment, running_cloud, send_events
from tests.support.postgres import PostgresServer, TestDatabase

WRITERS = 32
LINES = 20_000
RECONNECTS = 200
READERS = 8
BATCH = 200


@dataclass
class Followed:
    """What one reader was told: numbers and lines, in the order in which they came."""

    seqs: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    connections: int = 0


@dataclass(frozen=True)
class Tail:
    """A job that was written by many while others read it."""

    job: dict[str, Any]
    readers: Sequence[Followed]


def lines_of(job: dict[str, Any], writer: int) -> list[JobLineEvent]:
    """Return this writer's part of the lines; each says whose it is and which."""
    return [a_line(job, f"{writer} {number}") for number in range(LINES // WRITERS)]


def write(cloud: Cloud, device: Device, job: dict[str, Any], writer: int) -> None:
    events = lines_of(job, writer)
    for begin in range(0, len(events), BATCH):
        batch = events[begin : begin + BATCH]
        while not is_taken(cloud, device, batch):
            time.sleep(0.2)


def is_taken(cloud: Cloud, device: Device, batch: Sequence[JobLineEvent]) -> bool:
    """Send a batch as an agent does: what a database that is too busy did not answer is sent again."""
    try:
        with cloud.services.database.authenticated(device.claims) as tx:
            verdicts = record_all(tx, device, batch)
    except (DatabaseUnavailable, psycopg.OperationalError):
        return False
    assert {verdict.verdict for verdict in verdicts} <= {VerdictKind.ACCEPTED, VerdictKind.DUPLICATE}
    return True


def follow(person: Member, job_id: str, told: Followed, visits: int) -> None:
    """Follow the stream over so many visits: each but the last breaks off after some lines."""
    share = LINES // visits
    while True:
        wanted = None if told.connections >= visits - 1 else share * (told.connections + 1)
        last = {"Last-Event-ID": str(told.seqs[-1])} if told.seqs else {}
        path = f"/api/jobs/{job_id}/stream"
        answer = person.client.get(path, headers=person.headers | last, buffered=False)
        try:
            if answer.status_code == 200:
                told.connections += 1
                if read_until(answer.iter_encoded(), told, wanted):
                    return
            else:
                assert answer.status_code == 503, answer.data  # a database that is too busy
                time.sleep(0.2)
        finally:
            answer.close()


def read_until(parts: Iterator[bytes], told: Followed, wanted: int | None) -> bool:
    """Take lines in; tell whether the stream said that the job is over."""
    for part in parts:
        for text in part.decode().split("\n\n"):
            if text.startswith("id: "):
                head, _, data = text.split("\n")
                told.seqs.append(int(head.removeprefix("id: ")))
                told.texts.append(json.loads(data.removeprefix("data: "))["line"])
            elif '"status":"success"' in text:
                return True
        if wanted is not None and len(told.seqs) >= wanted:
            return False
    return False


@pytest.fixture(scope="module")
def tail(cloud: Cloud, office: Office) -> Tail:
    job = new_job(office)
    send_events(office.computer, job_changed(job, "running"))
    device = device_of(cloud, office.computer)
    readers = [Followed() for _ in range(READERS)]
    over = {"events": [job_changed(job, "success")]}
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        visits = RECONNECTS // READERS + 1
        reading = [
            pool.submit(follow, cloud.sign_in(office.recruiter.email), job["job_id"], told, visits)
            for told in readers
        ]
        writing = [pool.submit(write, cloud, device, job, writer) for writer in range(WRITERS)]
        for done in writing:
            done.result()
        while office.computer.post("/api/events/candidate", over).status_code != 200:
            time.sleep(0.2)
        for done in reading:
            done.result()
    return Tail(job, readers)


def device_of(cloud: Cloud, computer: Computer) -> Device:
    ((office_id, user_id),) = cloud.rows(
        "select organisation_id, user_id from app.devices where id = %s", computer.device_id
    )
    return Device(UUID(computer.device_id), office_id, user_id)


def test_every_reader_is_told_every_line_once_and_in_order(tail: Tail) -> None:
    assert sum(told.connections - 1 for told in tail.readers) >= RECONNECTS
    for told in tail.readers:
        assert told.seqs == list(range(1, LINES + 1))
    first = tail.readers[0].texts
    assert all(told.texts == first for told in tail.readers)
    assert len(set(first)) == LINES


def test_the_lines_of_each_writer_stand_in_the_order_in_which_they_were_written(tail: Tail) -> None:
    texts = [text.split() for text in tail.readers[0].texts]
    for writer in range(WRITERS):
        numbers = [int(number) for each, number in texts if int(each) == writer]
        assert numbers == list(range(LINES // WRITERS))


def test_a_reader_whose_cursor_is_the_rows_id_does_miss(cloud: Cloud, office: Office) -> None:
    held_job, quick_job = new_job(office), new_job(office)
    send_events(office.computer, job_changed(held_job, "running"), job_changed(quick_job, "running"))
    device = device_of(cloud, office.computer)
    jobs = [held_job["job_id"], quick_job["job_id"]]

    def naive(after: int) -> list[tuple[int, str]]:
        return cloud.rows(
            "select id, line from app.download_job_logs where job_id = any (%s::uuid[]) and id > %s"
            " order by id",
            jobs,
            after,
        )

    with cloud.services.database.authenticated(device.claims) as tx:
        record_all(tx, device, [a_line(held_job, "written first"), a_line(held_job, "and second")])
        send_events(office.computer, as_sent(a_line(quick_job, "committed first")))
        seen = naive(0)
    assert [line for _, line in seen] == ["committed first"]
    send_events(office.computer, as_sent(a_line(quick_job, "committed last")))
    seen += naive(seen[-1][0])
    assert [line for _, line in seen] == ["committed first", "committed last"], "two lines are lost for good"
    for job, lines in ((held_job, 2), (quick_job, 2)):
        send_events(office.computer, job_changed(job, "success"))
        told = Followed()
        follow(office.recruiter, job["job_id"], told, visits=1)
        assert told.seqs == list(range(1, lines + 1)), "and our reader has them all"


def test_a_reader_goes_on_after_a_dump_and_restore(
    tail: Tail,
    postgres: PostgresServer,
    database: TestDatabase,
    office: Office,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = f"/api/jobs/{tail.job['job_id']}/stream"
    with (
        postgres.restored(database) as copy,
        running_cloud(copy, Path(tmp_path_factory.mktemp("restored"))) as cloud,
    ):
        reader = cloud.sign_in(office.recruiter.email)
        computer = Computer(cloud.app.test_client(), office.computer.token, office.computer.device_id, reader)
        new = [a_line(tail.job, f"after the restore {number}") for number in range(BATCH)]
        send_events(computer, *map(as_sent, new))
        told = Followed()
        headers = reader.headers | {"Last-Event-ID": str(LINES - 700)}
        answer = reader.client.get(path, headers=headers, buffered=False)
        assert read_until(answer.iter_encoded(), told, None)
        answer.close()
    assert told.seqs == list(range(LINES - 699, LINES + BATCH + 1))
    assert told.texts[:700] == tail.readers[0].texts[-700:]


def a_line(job: dict[str, Any], text: str) -> JobLineEvent:
    return JobLineEvent(
        event_id=uuid4(), occurred_at=moment(AT), payload=JobLine(job_id=UUID(job["job_id"]), line=text)
    )


def as_sent(event: JobLineEvent) -> dict[str, Any]:
    return event.model_dump(mode="json")
