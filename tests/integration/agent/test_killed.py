"""An agent that is killed while it records and sends loses nothing, and nothing counts twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent_core.cloud.http import make_client
from agent_core.store.database import AgentStore
from protocol.events import EventType
from protocol.jobs import JobStatus
from protocol.reasons import Reason
from tests.support.agent import open_store
from tests.support.agent_child import relay_of
from tests.support.cloud_simulator import CloudState, running_cloud
from tests.support.tree import ROOT

KILLS = 40


@contextmanager
def workers(folder: Path, cloud: CloudState) -> Iterator["subprocess.Popen[str]"]:
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.support.agent_child", str(folder), cloud.url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with program:
        yield program


def run_and_kill(program: "subprocess.Popen[str]", after_lines: int, after_seconds: float) -> list[str]:
    """Kill a worker some time after it recorded so many resumes; return what it said is recorded."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write("start\n")
    program.stdin.flush()
    worker = int(program.stdout.readline())
    said = [program.stdout.readline() for _ in range(after_lines)]
    time.sleep(after_seconds)
    os.kill(worker, signal.SIGKILL)
    said += iter(program.stdout.readline, "END\n")
    return [line.strip() for line in said]


def test_killed_at_any_moment_it_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(7)
    said: list[str] = []
    with running_cloud() as cloud:
        with workers(tmp_path, cloud) as program:
            for _ in range(KILLS):
                cloud.faults.extend(chance.choices(["", "drop after", "500", "garbage"], k=3))
                said += run_and_kill(program, chance.randrange(1, 6), chance.random() / 20)
        with open_store(tmp_path) as store:
            for job in store.jobs_in(JobStatus.RUNNING):
                store.end_job(job.job_id, Reason.JOB_INTERRUPTED)
            send_all(store, cloud)
            recorded = recorded_contents(store)
    arrived = Counter(
        event["payload"]["content_sha256"]
        for event in cloud.events.values()
        if event["type"] == EventType.RESUME_DOWNLOADED
    )
    assert len(said) >= KILLS
    assert set(said) <= recorded
    assert arrived == Counter(recorded)


def send_all(store: AgentStore, cloud: CloudState) -> None:
    cloud.faults.clear()
    store.records._connection.execute("update outbox set next_attempt_at = ''")
    with make_client() as client:
        relay = relay_of(store, client, cloud.url)
        while not relay.step():
            continue
    numbers = store.outbox.numbers()
    assert (numbers.waiting, numbers.parked) == (0, 0)


def recorded_contents(store: AgentStore) -> set[str]:
    with store.records.read() as connection:
        rows = connection.execute("select content_sha256 from resumes").fetchall()
        [adds_up] = connection.execute(
            "select count(*) from jobs where listed <> stored + skipped + failed"
        ).fetchone()
    assert adds_up == 0
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0] for row in rows}
