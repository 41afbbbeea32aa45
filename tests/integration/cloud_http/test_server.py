"""`python -m cloud_api` as a process of its own: it serves, streams, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cloud_api.app import MAX_BODY
from cloud_api.auth.local_accounts import create_member
from tests.support.cloud_app import PASSWORD, new_id, resume_event
from tests.support.postgres import TestDatabase

ROOT = Path(__file__).resolve().parents[3]
EMAIL = "anna@server.example.com"


@contextmanager
def serving(database: TestDatabase, folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    settings = {
        "NJORDHR_CLOUD_DATABASE_URL": database.api_url,
        "NJORDHR_CLOUD_OBJECT_STORE_FOLDER": str(folder),
        "NJORDHR_CLOUD_OBJECT_LINK_KEY": "k" * 40,
    }
    with (
        (folder / "log").open("w", encoding="utf-8") as log,
        subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "cloud_api", "--die-with-parent"],
            cwd=ROOT,
            env=os.environ | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        address = process.stdout.readline().strip().removeprefix("listening on ")
        try:
            with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
                yield process, client
        finally:
            process.kill()


def sign_in(database: TestDatabase, client: httpx.Client) -> None:
    create_member(database.admin_url, "Server", EMAIL, "Anna", "recruiter", PASSWORD)
    answer = client.post("/api/auth/sign-in", json={"email": EMAIL, "password": PASSWORD})
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"


def pair(client: httpx.Client) -> dict[str, str]:
    code = client.post("/api/device/pairing-codes").json()["pairing_code"]
    registration = {"pairing_code": code, "device_name": "x", "platform": "x", "agent_version": "x"}
    made: dict[str, str] = client.post("/api/device/register", json=registration).json()
    return made


@pytest.mark.parametrize("how", ["standard input closes", "SIGTERM", "SIGINT"])
def test_it_ends_cleanly_with_a_stream_open(database: TestDatabase, tmp_path: Path, how: str) -> None:
    with serving(database, tmp_path) as (process, client):
        sign_in(database, client)
        device_id = pair(client)["device_id"]
        job = {"job_id": new_id(), "device_id": device_id, "rank": "Cook", "ship_type": "Tanker"}
        assert client.post("/api/jobs/download", json=job).status_code == 201
        with client.stream("GET", f"/api/jobs/{job['job_id']}/stream") as stream:
            lines = stream.iter_lines()
            assert next(lines) == "event: job"
            if how == "standard input closes":
                assert process.stdin is not None
                process.stdin.close()
            else:
                process.send_signal(getattr(signal, how))
            assert process.wait(timeout=60) == 0
            assert json.loads(next(lines).removeprefix("data: "))["status"] == "queued"
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert all(line.startswith("{") for line in log.splitlines()), log
    assert EMAIL not in log


def test_a_batch_with_the_texts_of_resumes_may_be_larger_than_other_bodies(
    database: TestDatabase, tmp_path: Path
) -> None:
    with serving(database, tmp_path) as (_, client):
        sign_in(database, client)
        device = {"Authorization": f"Bearer {pair(client)['device_token']}"}
        events = [resume_event(f"9{place:03d}", text={"text": "x" * 190_000}) for place in range(8)]
        body = json.dumps({"events": events})
        assert len(body) > MAX_BODY
        answer = client.post("/api/events/candidate", content=body, headers=device)
        assert [verdict["verdict"] for verdict in answer.json()["verdicts"]] == ["accepted"] * 8


def test_the_document_is_printed_without_any_setting() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "cloud_api", "--openapi"], cwd=ROOT, env={}, capture_output=True, check=True
    )
    assert json.loads(printed.stdout)["openapi"].startswith("3.1")
    assert printed.stderr == b""


def test_a_deployment_that_is_not_complete_does_not_start() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cloud_api"],
        cwd=ROOT,
        env={"NJORDHR_CLOUD_PORT": "x"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"NJORDHR_CLOUD_DATABASE_URL" in done.stderr
    assert b"Traceback" not in done.stderr
