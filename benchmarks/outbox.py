"""How fast the outbox takes events in and lets the relay have them, beside `persist-queue`'s SQLiteAckQueue.

Both put onto the same disk, and both are as durable as they go when ``put`` returns: write-ahead journal and
``synchronous=FULL`` (the queue commits each item by itself, ``auto_commit``; its connection has SQLite's
default, which is FULL, and the run refuses to compare if it is not). Both are handed the same event.
"""

import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from persistqueue import SQLiteAckQueue

from agent_core.clock import system_clock
from agent_core.ports import Fate, Settlement
from agent_core.store import outbox
from agent_core.store.database import AgentStore
from agent_core.store.event_ids import new_event_id
from protocol.events import JobLine, JobLineEvent
from protocol.jobs import Outcome

PRODUCERS = 16
EACH = 40
ROUNDS = 15
FEW, MANY = 100, 100_000
BATCH = 100
_FULL = 2

Put = Callable[[JobLineEvent], None]


def main() -> bool:
    """Print the rates and their ratios; tell whether all are as promised."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".outbox-") as name:
        folder = Path(name)
        with opened(folder / "few", FEW) as few, opened(folder / "many", MANY) as many:
            kept = [
                beside_the_queue(few, folder),
                beside_a_long_one("durable enqueue", few, many, enqueue_rate),
                beside_a_long_one("claim and settle", few, many, relay_rate),
            ]
    return all(kept)


def beside_the_queue(store: AgentStore, folder: Path) -> bool:
    """Compare the durable enqueue with the queue's."""
    queue = SQLiteAckQueue(str(folder / "queue"), auto_commit=True, multithreading=True)
    must_be_as_durable(queue._putter)  # noqa: SLF001 - it offers no other way to ask

    def put(event: JobLineEvent) -> None:
        queue.put(event.model_dump_json())

    ours, theirs = alternating(lambda: enqueue_rate(store), lambda: rate_of(put))
    queue.close()
    return told(f"durable enqueue, {PRODUCERS} producers", ours, "SQLiteAckQueue", theirs, 1.8)


def beside_a_long_one(
    what: str, few: AgentStore, many: AgentStore, measure: Callable[[AgentStore], float]
) -> bool:
    """Compare a rate with 100,000 waiting with the one with 100."""
    long, short = alternating(lambda: measure(many), lambda: measure(few))
    return told(f"{what} with {MANY:,} waiting", long, f"with {FEW}", short, 0.8)


def alternating(one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """Measure both in turns, so that a busy moment of the machine meets both; return the medians."""
    one(), other()
    rounds = [(one(), other()) for _ in range(ROUNDS)]
    return statistics.median(row[0] for row in rounds), statistics.median(row[1] for row in rounds)


def told(what: str, ours: float, peer: str, theirs: float, promised: float) -> bool:
    """Print a comparison; tell whether it keeps what is promised."""
    ratio = ours / theirs
    verdict = "kept" if ratio >= promised else "MISSED"
    print(f"{what}: {ours:,.0f}/s; {peer}: {theirs:,.0f}/s; ratio {ratio:.2f} (>= {promised}: {verdict})")
    return ratio >= promised


def rate_of(put: Put) -> float:
    """Return how many events a second sixteen producers put, each waiting for its own to be durable."""
    start = threading.Barrier(PRODUCERS + 1)

    def produce() -> None:
        events = [an_event() for _ in range(EACH)]
        start.wait()
        for event in events:
            put(event)

    threads = [threading.Thread(target=produce) for _ in range(PRODUCERS)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return PRODUCERS * EACH / (time.perf_counter() - began)


def enqueue_rate(store: AgentStore) -> float:
    """Measure the durable enqueue; what it added is taken away again."""

    def put(event: JobLineEvent) -> None:
        store.records.run(lambda connection: outbox.append(connection, event))

    with store.records.read() as connection:
        before = connection.execute("select coalesce(max(position), 0) from outbox").fetchone()[0]
    rate = rate_of(put)
    with store.records.write() as connection:
        connection.execute("delete from outbox where position > ?", (before,))
    return rate


def relay_rate(store: AgentStore) -> float:
    """Measure what the relay does for each batch beside sending: claim it and settle it."""
    spent = 0.0
    for _ in range(5):
        began = time.perf_counter()
        entries = store.outbox.claim_events(BATCH)
        store.outbox.settle_events([Settlement(entry.position, Fate.DONE) for entry in entries])
        spent += time.perf_counter() - began
        fill(store, BATCH)
    return 5 * BATCH / spent


@contextmanager
def opened(folder: Path, waiting: int) -> Iterator[AgentStore]:
    """Open a store in which so many events wait."""
    store = AgentStore(folder / "agent.sqlite3", system_clock)
    try:
        fill(store, waiting)
        yield store
    finally:
        store.close()


def fill(store: AgentStore, count: int) -> None:
    """Add events in one transaction."""
    with store.records.write() as connection:
        for _ in range(count):
            outbox.append(connection, an_event())


def an_event() -> JobLineEvent:
    """Return an event as most are: a line of a job's log."""
    line = JobLine(job_id=_JOB, line="0042 stored", candidate_external_id="0042", outcome=Outcome.STORED)
    now = system_clock()
    return JobLineEvent(event_id=new_event_id(now), occurred_at=now, payload=line)


_JOB = UUID("7b0e7b38-5a6d-4f1c-9d0e-0b6a2f6f7a10")


def must_be_as_durable(connection: Any) -> None:
    """Stop when the queue would be compared with less durability than ours.

    Raises:
        RuntimeError: it does not write ahead, or not fully synchronous.
    """
    mode = connection.execute("pragma journal_mode").fetchone()[0]
    synchronous = connection.execute("pragma synchronous").fetchone()[0]
    if (mode, synchronous) != ("wal", _FULL):
        raise RuntimeError(f"the queue has journal_mode={mode}, synchronous={synchronous}")
