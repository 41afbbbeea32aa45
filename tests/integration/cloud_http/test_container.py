"""What the container runs, run here: its command, on a copy of only those folders that go into it."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.support.cloud_app import Cloud, new_id, running_cloud
from tests.support.postgres import TestDatabase

ROOT = Path(__file__).resolve().parents[3]
RECIPE = (ROOT / "cloud_api" / "Dockerfile").read_text(encoding="utf-8")
STREAMS = 24
POOL = 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(port: int) -> list[str]:
    program, *arguments = json.loads(re.findall(r"^CMD (\[.*\])$", RECIPE, re.MULTILINE)[-1])
    bound = [argument.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for argument in arguments]
    return [str(Path(sys.executable).with_name(program)), *bound]


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def served(
    database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, metrics_port: int
) -> Iterator[httpx.Client]:
    image = tmp_path_factory.mktemp("image")
    for source, target in re.findall(r"^COPY (\S+) (\S+)$", RECIPE, re.MULTILINE):
        copied = image / target
        copied.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, copied)
    port = free_port()
    settings = {
        "NJORDHR_CLOUD_DATABASE_URL": database.api_url,
        "NJORDHR_CLOUD_OBJECT_STORE_FOLDER": str(image / "objects"),
        "NJORDHR_CLOUD_OBJECT_LINK_KEY": "k" * 40,
        "NJORDHR_CLOUD_DATABASE_POOL_SIZE": str(POOL),
        "NJORDHR_CLOUD_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "NJORDHR_CLOUD_METRICS_PORT": str(metrics_port),
        "NJORDHR_CLOUD_STREAMS_OF_ONE": str(2 * STREAMS),
        "PATH": os.environ["PATH"],
    }
    with subprocess.Popen(
        command(port), cwd=image, env=settings, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
                wait_until_served(process, client)
                yield client
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors, errors


def wait_until_served(process: subprocess.Popen[str], client: httpx.Client) -> None:
    while process.poll() is None:
        try:
            assert client.get("/api/health").json()["status"] == "ok"
        except (httpx.TransportError, AssertionError):
            time.sleep(0.05)
        else:
            return
    pytest.fail(process.stderr.read() if process.stderr else "it did not start")


@pytest.fixture(scope="module")
def cloud(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with running_cloud(database, tmp_path_factory.mktemp("objects")) as running:
        yield running


def test_more_streams_than_connections_are_followed_and_nothing_waits(
    served: httpx.Client, cloud: Cloud
) -> None:
    person = cloud.member("North", "Anna", "recruiter")
    computer = cloud.computer(person)
    body = {"email": person.email, "password": "correct horse battery"}
    token = served.post("/api/auth/sign-in", json=body).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    job = {"job_id": new_id(), "device_id": computer.device_id, "rank": "Cook", "ship_type": "Tanker"}
    made = served.post("/api/jobs/download", json=job, headers=headers).json()
    path = f"/api/jobs/{job['job_id']}/stream"

    def follow(_: int) -> list[str]:
        with served.stream("GET", path, headers=headers) as response:
            return [line for line in response.iter_lines() if line.startswith("data: ")]

    with ThreadPoolExecutor(STREAMS) as threads:
        following = [threads.submit(follow, number) for number in range(STREAMS)]
        assert served.get("/api/dashboard/data", headers=headers).status_code == 200
        payload = {name: made[name] for name in ("job_id", "rank", "ship_type", "created_at")}
        event = {"event_id": new_id(), "type": "job_changed", "occurred_at": "2026-11-24T09:00:00Z"}
        ended = event | {"payload": payload | {"status": "cancelled"}}
        computer.send("/api/events/candidate", {"events": [ended]})
        for stream in following:
            last = json.loads(stream.result()[-1].removeprefix("data: "))
            assert last["status"] == "cancelled"


def test_it_is_ready_and_its_figures_are_on_a_port_of_their_own(
    served: httpx.Client, metrics_port: int
) -> None:
    assert served.get("/health/live").status_code == 200
    assert served.get("/health/ready").json()["status"] == "ok"
    assert served.get("/metrics").status_code == 404
    text = httpx.get(f"http://127.0.0.1:{metrics_port}/metrics", trust_env=False, timeout=60).text
    assert "njordhr_database_up 1.0" in text
    assert 'route="/health/ready"' in text
