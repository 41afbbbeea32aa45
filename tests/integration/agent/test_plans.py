"""The outbox's questions are answered from an index, however much waits."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from agent_core.ports import Fate, Settlement
from agent_core.store.database import AgentStore
from protocol.jobs import LogLevel
from tests.support.agent import open_store, running_job, stored_person


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AgentStore]:
    with open_store(tmp_path) as opened:
        job_id = running_job(opened)
        stored_person(opened, job_id)
        for number in range(5):
            opened.log(job_id, LogLevel.INFO, f"line {number}")
        yield opened


def statements_of(store: AgentStore, work: Callable[[], object]) -> list[str]:
    """Return the statements that the work runs, with their values in them."""
    said: list[str] = []
    connection = store.records._connection
    connection.set_trace_callback(said.append)
    try:
        work()
    finally:
        connection.set_trace_callback(None)
    return [text for text in said if text.lower().startswith(("select", "update", "delete"))]


def scans(connection: sqlite3.Connection, statement: str) -> list[str]:
    """Return which steps of a statement's plan read a whole table of what can be long."""
    plan = [str(row[3]) for row in connection.execute(f"explain query plan {statement}")]
    return [step for step in plan if step.startswith(("SCAN outbox", "SCAN uploads", "SCAN resumes"))]


@pytest.mark.parametrize("hot", ["claim", "settle", "claim upload", "settle upload", "record"])
def test_what_runs_all_day_reads_no_whole_table(store: AgentStore, hot: str) -> None:
    works: dict[str, Callable[[], object]] = {
        "claim": lambda: store.outbox.claim_events(200),
        "settle": lambda: store.outbox.settle_events(
            [Settlement(1, Fate.DONE, upload_wanted=True), Settlement(2, Fate.PARKED)]
        ),
        "claim upload": store.outbox.claim_upload,
        "settle upload": lambda: store.outbox.settle_upload(Settlement(uuid4(), Fate.DONE)),
        "record": lambda: stored_person(store, store.newest_jobs(1)[0].job_id, "0099", "another"),
    }
    said = statements_of(store, works[hot])
    assert said
    found = {text: bad for text in said if (bad := scans(store.records._connection, text))}
    assert not found


def test_events_are_claimed_in_the_order_of_recording(store: AgentStore) -> None:
    positions = [entry.position for entry in store.outbox.claim_events(200)]
    assert positions == sorted(positions)
    assert len(positions) == 9


def test_a_batch_is_settled_in_one_transaction(store: AgentStore) -> None:
    before = store.records.commits
    entries = store.outbox.claim_events(200)
    store.outbox.settle_events([Settlement(entry.position, Fate.DONE) for entry in entries])
    assert store.records.commits == before + 1
    assert store.outbox.numbers().waiting == 0
