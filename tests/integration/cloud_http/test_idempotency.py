"""Sixty-four clients send the same wishes at once: each takes effect exactly once."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_jobs import wanted
from tests.support.cloud_app import AT, Caller, Cloud, new_id, refused, resume_event, verify

CLIENTS = 64
KEYS = 100
FEW_KEYS = 4
"""Of what costs more; the key is looked at by the same means."""

BUSY = 503

Send = Callable[[Caller, int], int]


def everybody(cloud: Cloud, caller: Caller, send: Send, keys: int = KEYS) -> list[int]:
    """Have each client send each wish, in an order of its own; return the statuses of all answers.

    A database that has no connection to spare says so, and the wish is sent again, as an agent does.
    """
    start = threading.Barrier(CLIENTS)

    def client(number: int) -> list[int]:
        own = Caller(cloud.app.test_client(), caller.token)
        statuses = []
        start.wait()
        for key in range(keys):
            status = BUSY
            while status == BUSY:
                status = send(own, (key + number * 7) % keys)
            statuses.append(status)
        return statuses

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [status for statuses in pool.map(client, range(CLIENTS)) for status in statuses]


def poster(path: str, bodies: Sequence[object]) -> Send:
    return lambda caller, key: caller.post(path, bodies[key]).status_code


def test_a_hundred_jobs_are_made_by_sixty_four_clients(cloud: Cloud, office: Office) -> None:
    bodies = [wanted(office, rank="Oiler") for _ in range(KEYS)]
    statuses = everybody(cloud, office.recruiter, poster("/api/jobs/download", bodies))
    assert Counter(statuses) == {201: KEYS, 200: (CLIENTS - 1) * KEYS}
    assert cloud.rows("select count(*) from app.download_jobs where rank = 'Oiler'") == [(KEYS,)]
    other = office.recruiter.post("/api/jobs/download", bodies[0] | {"ship_type": "Tanker"})
    assert refused(other) == (409, "ingest.id-reused")


def test_notes_are_written_by_sixty_four_clients(cloud: Cloud, office: Office) -> None:
    events = [resume_event(str(40_000 + key)) for key in range(FEW_KEYS)]
    assert office.computer.send("/api/events/candidate", {"events": events})
    rows = [verify(office.recruiter, str(40_000 + key)) for key in range(FEW_KEYS)]
    bodies = [
        {"event_id": new_id(), "candidate_id": row["candidate_id"], "version": row["version"], "note": "Once"}
        for row in rows
    ]
    statuses = everybody(cloud, office.recruiter, poster("/api/dashboard/notes", bodies), FEW_KEYS)
    assert Counter(statuses) == {200: CLIENTS * FEW_KEYS}
    found = cloud.rows(
        "select count(*), count(distinct candidate_id) from app.candidate_events where notes = 'Once'"
    )
    assert found == [(FEW_KEYS, FEW_KEYS)]
    other = office.recruiter.post("/api/dashboard/notes", bodies[0] | {"note": "Twice"})
    assert refused(other) == (409, "ingest.id-reused")


def test_reports_are_taken_from_sixty_four_connections(cloud: Cloud, office: Office) -> None:
    batches: list[dict[str, Any]] = [
        {"events": [resume_event(str(50_000 + key)), resume_event(str(60_000 + key))]}
        for key in range(FEW_KEYS)
    ]
    verdicts: Counter[str] = Counter()
    lock = threading.Lock()

    def send(caller: Caller, key: int) -> int:
        answer = caller.post("/api/events/candidate", batches[key])
        if answer.status_code != BUSY:
            with lock:
                verdicts.update(each["verdict"] for each in answer.get_json()["verdicts"])
        return answer.status_code

    everybody(cloud, office.computer, send, FEW_KEYS)
    assert verdicts == {"accepted": 2 * FEW_KEYS, "duplicate": 2 * FEW_KEYS * (CLIENTS - 1)}
    found = cloud.rows(
        "select count(*), count(distinct c.id) from app.candidate_events e"
        " join app.candidates c on c.id = e.candidate_id where c.candidate_external_id ~ '^[56]0[0-9]{3}$'"
    )
    assert found == [(2 * FEW_KEYS, 2 * FEW_KEYS)]
    again = batches[0]["events"][0] | {"occurred_at": AT}
    again["payload"] = again["payload"] | {"filename": "another.pdf"}
    (verdict,) = office.computer.send("/api/events/candidate", {"events": [again]})["verdicts"]
    assert (verdict["verdict"], verdict["reason"]) == ("rejected", "ingest.id-reused")
