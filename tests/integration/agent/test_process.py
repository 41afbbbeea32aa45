"""``python -m agent_core`` as a process: a whole job in a real browser, its end, its death, its secrets."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from demo.portal.server import RunningPortal
from demo.portal.state import DEMO_ACCOUNT, SiteOptions
from tests.support.agent_rig import eventually
from tests.support.cloud_simulator import DEVICE_TOKEN, PERSON, CloudState, running_cloud
from tests.support.tree import ROOT

RANK, SHIP = "SR DPO Master", "DSV DP-II"


@pytest.fixture(scope="module")
def portal() -> Iterator[RunningPortal]:
    with RunningPortal(SiteOptions(seed=7, latency_ms=0, page_size=15)) as running:
        yield running


@pytest.fixture
def cloud() -> Iterator[CloudState]:
    with running_cloud() as state:
        yield state


class Started:
    """An agent's process and a page with its token."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        self.base, _, self.code = address.partition("/app/#code=")
        self.client = httpx.Client(base_url=self.base, timeout=60)
        self.token = str(self.send("/launch/exchange", {"code": self.code})["session_token"])
        self.client.headers["Authorization"] = f"Bearer {self.token}"

    def send(self, path: str, body: object = None, method: str = "POST") -> Any:
        answer = self.client.request(method, path, json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def read(self, path: str) -> Any:
        return self.send(path, method="GET")


def command(folder: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "agent_core", "--data", str(folder / "data")),
        *("--config", str(folder / "agent.json"), "--port", "0", "--web-ui", str(folder / "none")),
    ]


@contextmanager
def started(folder: Path, portal: RunningPortal, cloud: CloudState) -> Iterator[Started]:
    settings = {
        "api_base_url": cloud.url,
        "log_level": "debug",
        "portal": {
            "login_url": portal.login_url,
            "dashboard_url": portal.dashboard_url,
            "requests_per_second": 100,
        },
    }
    (folder / "agent.json").write_text(json.dumps(settings), encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONWARNINGS": "error"}
    process = subprocess.Popen(
        command(folder),
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        agent = Started(process)
        try:
            yield agent
        finally:
            agent.client.close()
            process.kill()


def connect(agent: Started, portal: RunningPortal) -> str:
    """Log in to the portal; return the one-time code."""
    login = {
        "username": DEMO_ACCOUNT.username,
        "password": DEMO_ACCOUNT.password,
        "phone": DEMO_ACCOUNT.phone,
    }
    agent.send("/session/start", login)
    eventually(lambda: agent.read("/session")["state"] == "awaiting_otp", 60)
    code = portal.portal.phone()[0]
    assert code is not None
    agent.send("/session/verify-otp", {"otp": code})
    eventually(lambda: agent.read("/session")["state"] == "connected", 60)
    return code


def browsers(folder: Path) -> list[psutil.Process]:
    """Return the processes that use a profile of this agent."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in part for part in process.info["cmdline"] or ()) and process.pid != os.getpid()
    ]


def test_a_whole_job_leaves_no_secret_in_any_file_and_no_process(
    tmp_path: Path, portal: RunningPortal, cloud: CloudState
) -> None:
    with started(tmp_path, portal, cloud) as agent:
        agent.send("/api/auth/sign-in", PERSON)
        agent.send("/pairing", {"pairing_code": "GOOD-CODE"})
        agent.send("/folders", {"download_folder": str(tmp_path / "resumes")})
        agent.send("/settings/download-folder", {"download_folder": str(tmp_path / "resumes")}, "PUT")
        otp = connect(agent, portal)
        job_id = agent.send("/jobs/download", {"rank": RANK, "ship_type": SHIP})["job_id"]
        with agent.client.stream("GET", f"/jobs/{job_id}/stream") as stream:
            lines = list(stream.iter_lines())
        job = json.loads(lines[-2].removeprefix("data: "))["job"]
        counts = job["counts"]
        assert job["status"] == "success", job
        assert counts["listed"] == counts["stored"] + counts["skipped"] + counts["failed"] > 0
        eventually(lambda: len(cloud.confirmed) == counts["stored"], 60)
        pdfs = list((tmp_path / "resumes").rglob("*.pdf"))
        assert len(pdfs) == counts["stored"]
        secrets = [PERSON["password"], DEVICE_TOKEN, *cloud.access, *cloud.refresh]
        secrets += [DEMO_ACCOUNT.password, agent.token, agent.code]
        names = [row["name"] for row in agent.read(f"/jobs/{job_id}")["listings"] if row["name"]]
        assert names
        assert browsers(tmp_path)
        agent.process.send_signal(signal.SIGTERM)
        assert agent.process.wait(20) == 0
    assert not browsers(tmp_path)
    written = readable_files(tmp_path)
    assert [path for path in written if path.name == "agent.log"]
    for path, data in written.items():
        assert not [secret for secret in secrets if secret.encode() in data], path
        if path.suffix == ".log":
            assert not [name for name in [*names, PERSON["email"], f'"{otp}"'] if name.encode() in data], path


def readable_files(folder: Path) -> dict[Path, bytes]:
    """Return every file of the agent but its records and the resumes themselves."""
    return {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("agent.sqlite3") and path.suffix != ".pdf"
    }


def test_a_killed_agent_starts_again_and_ends_the_browser_that_it_left(
    tmp_path: Path, portal: RunningPortal, cloud: CloudState
) -> None:
    with started(tmp_path, portal, cloud) as agent:
        connect(agent, portal)
        left = browsers(tmp_path)
        agent.process.kill()
        agent.process.wait()
    with started(tmp_path, portal, cloud) as agent:
        assert agent.read("/session")["state"] == "disconnected"
        assert not [process for process in left if is_running(process) and process.pid != agent.process.pid]


def test_an_agent_that_waits_for_a_portal_which_does_not_answer_ends_all_the_same(
    tmp_path: Path, cloud: CloudState
) -> None:
    with RunningPortal(SiteOptions(seed=7, latency_ms=25_000, page_size=15)) as slow:
        with started(tmp_path, slow, cloud) as agent:
            starter = threading.Thread(target=start_and_lose, args=(agent,))
            starter.start()
            eventually(lambda: agent.read("/session")["state"] == "connecting", 60)
            eventually(lambda: len(browsers(tmp_path)) > 2, 60)
            agent.process.send_signal(signal.SIGTERM)
            assert agent.process.wait(15) == 0
            starter.join()
        assert not browsers(tmp_path)


def start_and_lose(agent: Started) -> None:
    login = {"username": "a", "password": "b", "phone": "1"}
    with httpx.Client(base_url=agent.base, timeout=60, headers=agent.client.headers) as client:
        try:
            client.post("/session/start", json=login)
        except httpx.HTTPError:
            return  # the agent ended, as it was told to


def is_running(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_a_second_agent_on_the_same_records_is_refused_and_harms_nothing(
    tmp_path: Path, portal: RunningPortal, cloud: CloudState
) -> None:
    with started(tmp_path, portal, cloud) as agent:
        second = subprocess.run(
            command(tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
        assert second.returncode == 1
        assert "NjordHR is running on this computer already" in second.stderr
        assert "agent.already-running" in second.stderr
        assert agent.read("/health")["status"] == "ok"
