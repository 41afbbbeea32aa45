"""How fast reports of computers are taken in through HTTP, beside the fastest ways to write their rows.

Two kinds are most of what computers send: lines of a job's log, and resumes. They are sent in batches to what
the container runs, which reads, checks and judges every event. The peers write the same rows into the same
tables as the same computer (row-level security, triggers, a commit a batch), from values that are ready: one
row a statement with a commit an event; ``executemany``; arrays through ``unnest``; COPY into a temporary
table.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from benchmarks.ingest_peers import BATCHED, Rows, single_rows
from benchmarks.office import Office, Served, an_office, served
from protocol.ingest import MAX_BATCH

BATCHES, ROUNDS = 3, 5
TIMES_SINGLE, OF_THE_BEST = 5.0, 0.5
"""At least so many times the single rows, and at least this part of the best way."""

AT = "2026-11-12T08:00:00Z"
Event = dict[str, Any]
_numbers = count(1_000_000)


@dataclass(frozen=True)
class Desk:
    """A computer of the office with a job, and what its reports carry."""

    office: Office
    cloud: Served
    device_id: UUID
    token: str
    job_id: UUID

    def send(self, events: Sequence[Event]) -> bytes:
        """Return the body of a batch, ready to be sent."""
        return json.dumps({"events": events}).encode()

    def post(self, body: bytes) -> None:
        """Send a batch; everything in it has to be accepted."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        answer = self.cloud.client.post("/api/events/candidate", content=body, headers=headers)
        if {verdict["verdict"] for verdict in answer.raise_for_status().json()["verdicts"]} != {"accepted"}:
            raise RuntimeError(answer.text[:400])


def main() -> bool:
    """Print the rates and their ratios; tell whether all are as promised."""
    with (
        tempfile.TemporaryDirectory(prefix="njordhr-benchmark-") as name,
        an_office() as office,
        served(office, Path(name)) as cloud,
    ):
        desk = a_desk(office, cloud)
        kept = [
            compared(desk, "lines", a_line, rows_of_lines),
            compared(desk, "resumes", a_resume, rows_of_resumes),
        ]
    return all(kept)


def compared(
    desk: Desk,
    what: str,
    make: Callable[[Desk], Event],
    rows_of: Callable[[Desk, Sequence[Event]], list[Rows]],
) -> bool:
    """Measure a kind of event, all ways in turns, so that a busy moment of the machine meets all of them."""
    rounds = [one_round(desk, make, rows_of) for _ in range(ROUNDS + 1)][1:]
    return told(what, {name: statistics.median(found[name] for found in rounds) for name in rounds[0]})


def one_round(
    desk: Desk, make: Callable[[Desk], Event], rows_of: Callable[[Desk, Sequence[Event]], list[Rows]]
) -> dict[str, float]:
    """Return how many events a second each way writes."""

    def batch() -> list[Event]:
        return [make(desk) for _ in range(MAX_BATCH)]

    def become(opened: Any) -> None:
        desk.office.become(opened, desk.device_id)

    bodies = [desk.send(batch()) for _ in range(BATCHES)]
    rates = {"through HTTP": rate(BATCHES * MAX_BATCH, partial(each, desk.post, bodies))}
    with desk.office.connect_as_caller(desk.device_id) as connection:
        connection.rollback()
        few = rows_of(desk, batch()[: MAX_BATCH // 2])
        rates["single rows"] = rate(MAX_BATCH // 2, partial(single_rows, connection, become, few))
        for name, way in BATCHED.items():
            batches = [rows_of(desk, batch()) for _ in range(BATCHES)]
            rates[name] = rate(BATCHES * MAX_BATCH, partial(each, partial(way, connection, become), batches))
    return rates


def told(what: str, rates: dict[str, float]) -> bool:
    """Print the rates of a kind; tell whether they are as promised."""
    ours = rates.pop("through HTTP")
    single = rates.pop("single rows")
    best = max(rates, key=lambda name: rates[name])
    for name, found in rates.items():
        print(f"{what} by {name}: {found:,.0f}/s")
    times, part = ours / single, ours / rates[best]
    print(
        f"{what} through HTTP, {MAX_BATCH} a batch: {ours:,.0f}/s; single rows: {single:,.0f}/s;"
        f" ratio {times:.1f} (>= {TIMES_SINGLE:g}: {'kept' if times >= TIMES_SINGLE else 'MISSED'});"
        f" of {best}: {part:.2f} (>= {OF_THE_BEST:g}: {'kept' if part >= OF_THE_BEST else 'MISSED'})"
    )
    return times >= TIMES_SINGLE and part >= OF_THE_BEST


def rate(events: int, run: Callable[[], object]) -> float:
    """Return how many events a second were written."""
    began = time.perf_counter()
    run()
    return events / (time.perf_counter() - began)


def each(send: Callable[[Any], None], batches: Sequence[Any]) -> None:
    """Send one after the other."""
    for batch in batches:
        send(batch)


def a_desk(office: Office, cloud: Served) -> Desk:
    """Pair a computer and make a job for it."""
    device_id, token = cloud.computer()
    job_id = uuid4()
    job = {"job_id": str(job_id), "device_id": str(device_id), "rank": "Cook", "ship_type": "Tanker"}
    cloud.client.post("/api/jobs/download", json=job, headers=cloud.headers).raise_for_status()
    return Desk(office, cloud, device_id, token, job_id)


def a_line(desk: Desk) -> Event:
    """Return a line of the job's log."""
    number = str(next(_numbers))
    payload = {"job_id": str(desk.job_id), "line": f"{number} stored", "candidate_external_id": number}
    payload |= {"outcome": "stored"}
    return {"event_id": str(uuid4()), "type": "job_line", "occurred_at": AT, "payload": payload}


def a_resume(_desk: Desk) -> Event:
    """Return a resume of somebody who is new."""
    number = str(next(_numbers))
    facts = {
        "source": "page",
        "name": f"Seafarer {number}",
        "present_rank": "3rd Officer",
        "email": f"seafarer{number}@example.com",
        "mobile_no": f"+49 170 {number}",
        "country": "India",
        "availability": "01 Jan 2027",
        "documents": [{"kind": "Passport", "number": f"P{number}", "expires_on": "2031-05-01"}],
        "sea_service": [
            {"vessel": f"MV Aurora {ship}", "rank": "3rd Officer", "signed_off": "2026-06-01"}
            for ship in range(8)
        ],
    }
    payload = {
        "candidate_external_id": number,
        "filename": f"2nd_Officer_{number}.pdf",
        "file_sha256": digest(f"file {number}"),
        "file_length": 100_000,
        "content_sha256": digest(number),
        "rank_applied_for": "2nd Officer",
        "search_ship_type": "Bulk Carrier",
        "facts": facts,
        "text": {"text": f"Resume of seafarer {number}\n" * 60},
    }
    return {"event_id": str(uuid4()), "type": "resume_downloaded", "occurred_at": AT, "payload": payload}


def rows_of_lines(desk: Desk, events: Sequence[Event]) -> list[Rows]:
    """Return the rows that lines lead to."""
    office_id = desk.office.organisation_id
    lines = [
        (
            office_id,
            desk.job_id,
            next(_numbers),
            "info",
            event["payload"]["line"],
            event["payload"]["outcome"],
            AT,
        )
        for event in events
    ]
    types = {"organisation_id": "uuid", "job_id": "uuid", "seq": "bigint", "level": "text", "line": "text"}
    types |= {"outcome": "text", "created_at": "timestamptz"}
    return [received(desk, events), Rows("download_job_logs", types, lines)]


def rows_of_resumes(desk: Desk, events: Sequence[Event]) -> list[Rows]:
    """Return the rows that resumes of new people lead to."""
    office_id, user_id = desk.office.organisation_id, desk.office.user_id
    people, resumes, states, happened = [], [], [], []
    for event in events:
        payload, candidate_id, resume_id = event["payload"], uuid4(), uuid4()
        number, facts = payload["candidate_external_id"], payload["facts"]
        contact = (facts["name"], facts["present_rank"], facts["email"], facts["country"], facts["mobile_no"])
        who = (candidate_id, office_id, number, payload["rank_applied_for"], *contact)
        digests = (
            payload["content_sha256"],
            payload["file_sha256"],
            payload["file_length"],
            payload["filename"],
        )
        read = (Jsonb(facts), 1, payload["text"]["text"], 1)
        by = (user_id, desk.device_id, AT)
        people.append(who)
        resumes.append(
            (resume_id, office_id, candidate_id, *digests, payload["rank_applied_for"], *read, *by)
        )
        states.append((*who, resume_id, AT, user_id, desk.device_id, [facts["documents"][0]["expires_on"]]))
        happened.append(
            (
                UUID(event["event_id"]),
                office_id,
                candidate_id,
                event["type"],
                payload["filename"],
                resume_id,
                0,
                *by,
            )
        )
    person = {"organisation_id": "uuid", "candidate_external_id": "text", "rank_applied_for": "text"}
    person |= dict.fromkeys(["name", "present_rank", "email", "country", "mobile_no"], "text")
    resume = {"id": "uuid", "organisation_id": "uuid", "candidate_id": "uuid", "content_sha256": "text"}
    resume |= {"file_sha256": "text", "file_length": "bigint", "filename": "text", "rank_applied_for": "text"}
    resume |= {"facts": "jsonb", "facts_version": "integer", "text": "text", "text_version": "integer"}
    resume |= {"user_id": "uuid", "device_id": "uuid", "downloaded_at": "timestamptz"}
    state = {"candidate_id": "uuid", **person, "latest_resume_id": "uuid", "downloaded_at": "timestamptz"}
    state |= {"touched_by_user_id": "uuid", "touched_by_device_id": "uuid", "availability": "text"}
    told_of = {"id": "uuid", "organisation_id": "uuid", "candidate_id": "uuid", "event_type": "text"}
    told_of |= {"filename": "text", "resume_id": "uuid", "resulting_version": "integer"}
    told_of |= {"created_by_user_id": "uuid", "created_by_device_id": "uuid", "created_at": "timestamptz"}
    return [
        received(desk, events),
        Rows("candidates", {"id": "uuid", **person}, people),
        Rows("resumes", resume, resumes),
        Rows("candidate_state", state, [(*row[:-1], "") for row in states]),
        Rows("candidate_events", told_of, happened),
    ]


def received(desk: Desk, events: Sequence[Event]) -> Rows:
    """Return the keys that make each event count once."""
    types = {"organisation_id": "uuid", "event_id": "uuid", "digest": "bytea", "event_type": "text"}
    keys = [
        (
            desk.office.organisation_id,
            UUID(event["event_id"]),
            sha256(event["event_id"].encode()).digest(),
            event["type"],
            desk.office.user_id,
        )
        for event in events
    ]
    return Rows("received_events", types | {"user_id": "uuid"}, keys)


def digest(text: str) -> str:
    """Return a digest, as events carry them."""
    return sha256(text.encode()).hexdigest()
