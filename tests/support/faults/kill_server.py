"""Runs days of work in forks, and kills them where it is told to: ``python -m …``.

Each line of standard input is one `Order`, in JSON. It answers with two lines: the process that works, and
how it ended. Importing everything takes longer than what the forks are killed in, hence the forks; and it
works a day of its own first, so that no fork has to load again what the product loads late.
"""

import json
import logging
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
import structlog

from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.http import CloudHttp, make_client
from tests.support.cloud_simulator import DEVICE_TOKEN, running_cloud
from tests.support.faults.desk import Day, prepare, work
from tests.support.faults.trap import run


@dataclass(frozen=True)
class Order:
    """Which day to work, in which folder, against which cloud, and before which system call to be killed."""

    folder: str
    cloud_url: str
    day: Day
    kill_at: int | None = None

    def line(self) -> str:
        return json.dumps(asdict(self))


def order_of(line: str) -> Order:
    values: dict[str, Any] = json.loads(line)
    return Order(**{**values, "day": Day(**values["day"])})


def do(order: Order, client: httpx.Client) -> None:
    ending = run(lambda: work_one(order, client), order.kill_at, say_process)
    say({"killed": ending.killed, "code": ending.code, "calls": ending.calls})


def work_one(order: Order, client: httpx.Client) -> None:
    gateway = CloudGateway(CloudHttp(client, lambda: order.cloud_url), lambda: DEVICE_TOKEN)
    work(Path(order.folder), gateway, order.day)


def load_what_loads_late(client: httpx.Client) -> None:
    with tempfile.TemporaryDirectory(prefix="njordhr-") as folder, running_cloud() as cloud:
        prepare(Path(folder))
        work_one(Order(folder, cloud.url, Day(people=1)), client)


def say_process(process: int) -> None:
    say({"process": process})


def say(values: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def main() -> None:
    # What is logged would be system calls too, of no interest.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    client = make_client()
    load_what_loads_late(client)
    for line in sys.stdin:
        do(order_of(line), client)


if __name__ == "__main__":
    main()
