"""Processes that download and send until they are killed: ``python -m … FOLDER CLOUD``.

Each line of standard input starts one, by a fork, because importing everything takes longer than what it is
killed in. The first line that it prints is its id, the last is ``END``; each line between names a resume that
was on the disk before it was printed.
"""

import os
import sys
from pathlib import Path
from uuid import uuid4

import httpx

from agent_core.clock import system_clock
from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.files.folder import LocalResumeFiles
from agent_core.outbox.relay import Relay, Switches
from agent_core.outbox.uploader import Uploader
from agent_core.outbox.worker import RelayWorker
from agent_core.store.database import AgentStore
from protocol.jobs import JobStatus
from protocol.reasons import Reason
from tests.support.agent import REQUEST, listing, new_resume
from tests.support.cloud_simulator import DEVICE_TOKEN


def relay_of(store: AgentStore, client: httpx.Client, cloud_url: str) -> Relay:
    gateway = CloudGateway(CloudHttp(client, lambda: cloud_url), lambda: DEVICE_TOKEN)
    return Relay(
        store.outbox,
        gateway,
        Uploader(LocalResumeFiles(), gateway),
        switches=lambda: Switches(send=True, upload=False),
        clock=system_clock,
        jitter=lambda: 0.0,
    )


def work(folder: Path, client: httpx.Client, cloud_url: str) -> None:
    say(str(os.getpid()))
    store = AgentStore(folder / "agent.sqlite3", system_clock)
    for job in store.jobs_in(JobStatus.RUNNING):
        store.end_job(job.job_id, Reason.JOB_INTERRUPTED)
    relay = relay_of(store, client, cloud_url)
    RelayWorker(relay.step, lambda: store.records.commits, store.records.wait_for_commit).start()
    job_id = store.create_job(uuid4(), REQUEST)[0].job_id
    store.start_job(job_id)
    number = 0
    while True:
        number += 1
        candidate = f"{number:04}"
        row = store.add_listing(job_id, listing(candidate))
        store.fetching(job_id, row.seq)
        say(store.store_resume(job_id, row.seq, new_resume(candidate, f"{job_id} {number}")).content_sha256)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: Path, cloud_url: str) -> None:
    client = make_client()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            work(folder, client, cloud_url)
        os.waitpid(child, 0)
        say("END")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
