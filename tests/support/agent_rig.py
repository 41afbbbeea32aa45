"""The agent joined as it ships, with a portal in memory, a cloud on a real socket, and secrets in memory."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from werkzeug.test import TestResponse

from agent_core.clock import Clocks, computer_clocks
from agent_core.cloud.http import make_client
from agent_core.errors import ComputerError
from agent_core.joining import Running, join
from agent_core.keychain import MemorySecrets
from agent_core.local_api.app import create_app
from agent_core.local_api.services import Services
from agent_core.options import AgentOptions
from agent_core.ports import BrowserReport
from agent_core.runtime.browser_check import BrowserCheck
from agent_core.runtime.offered_window import OfferedWindow
from agent_core.settings import SettingsFile
from agent_core.store.database import AgentStore
from protocol.reasons import Reason
from tests.support.cloud_simulator import CloudState
from tests.support.portal_simulator import OTP, PASSWORD, PortalSimulator

PORT = 47131
HOST = f"127.0.0.1:{PORT}"


class SwitchInMemory:
    """Starting at login, as a computer would have it. Implements `ports.AutoStart`."""

    def __init__(self) -> None:
        self.can = True
        self.on = False
        self.refuses = False

    def is_set(self) -> bool:
        self._check()
        return self.on

    def set(self, on: bool) -> None:
        self._check()
        self.on = on

    def _check(self) -> None:
        if self.refuses:
            raise ComputerError(Reason.AUTO_START_REFUSED)


@dataclass
class Rig:
    """The parts, and a page with a session token."""

    folder: Path
    running: Running
    app: APIFlask
    portal: PortalSimulator
    secrets: MemorySecrets
    token: str
    stopping: threading.Event
    auto_start: SwitchInMemory

    @property
    def services(self) -> Services:
        return self.running.services

    @property
    def store(self) -> AgentStore:
        return self.services.store

    def call(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        everything = {"Host": HOST, "Authorization": f"Bearer {self.token}"}
        everything |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            return self.app.test_client().open(path, method=method, headers=everything)
        return self.app.test_client().open(path, method=method, headers=everything, json=body)

    def read(self, path: str) -> Any:
        return answered(self.call("GET", path))

    def send(self, path: str, body: object = None, method: str = "POST") -> Any:
        return answered(self.call(method, path, body))

    def choose_folder(self) -> Path:
        folder = self.folder / "resumes"
        folder.mkdir(exist_ok=True)
        self.send("/settings/download-folder", {"download_folder": str(folder)}, "PUT")
        return folder

    def connect(self) -> None:
        self.send("/session/start", {"username": "office", "password": PASSWORD, "phone": "0047 22"})
        assert self.send("/session/verify-otp", {"otp": OTP})["state"] == "connected"

    def pair(self) -> None:
        self.send("/pairing", {"pairing_code": "GOOD-CODE", "device_name": "Laptop"})


@contextmanager
def running_rig(
    folder: Path,
    cloud: CloudState | None = None,
    *,
    start: bool = True,
    web_ui: Path | None = None,
    clocks: Clocks | None = None,
) -> Iterator[Rig]:
    clocks = clocks or computer_clocks()
    settings = SettingsFile(folder / "agent.json")
    if cloud is not None:
        settings.change({"api_base_url": cloud.url})
    store = AgentStore(folder / "agent.sqlite3", clocks.wall)
    portal, secrets, stopping = PortalSimulator(clocks.steady), MemorySecrets(), threading.Event()
    client = make_client()
    demo = {"phone_url": "http://127.0.0.1:1/phone"}
    switch = SwitchInMemory()
    options = AgentOptions(folder, folder / "agent.json", web_ui_dir=web_ui, demo=demo, auto_start=switch)
    window = OfferedWindow()
    running = join(
        options,
        settings,
        store,
        secrets,
        client,
        session=portal,
        port=PORT,
        window=window,
        clocks=clocks,
        stopping=stopping,
    )
    chromium = BrowserReport("Chromium", "131.0.6778.85", "131.0.6778.85")
    running = replace(running, services=replace(running.services, browser=BrowserCheck(lambda: chromium)))
    token, _ = running.services.tokens.issue()
    rig = Rig(folder, running, create_app(running.services), portal, secrets, token, stopping, switch)
    if start:
        running.services.portal.start()
        running.relay_worker.start()
        running.heartbeat.start()
    try:
        yield rig
    finally:
        stopping.set()
        portal.go_on.set()
        if start:
            running.relay_worker.ask_to_stop()
            store.records.wake()
            assert running.services.portal.stop(60)
            assert running.relay_worker.join(60)
            assert running.heartbeat.stop(60)
        assert running.commands.stop(60)
        store.close()
        client.close()


def answered(response: TestResponse) -> Any:
    """Return the answer's JSON, or fail with what was said instead."""
    assert response.status_code < 300, response.get_data(as_text=True)
    return response.get_json() if response.data else None


def refused(response: TestResponse) -> tuple[int, str]:
    """Return status and reason of a refusal."""
    assert response.content_type == "application/problem+json", response.get_data(as_text=True)
    problem = response.get_json(force=True)
    assert problem["status"] == response.status_code
    return response.status_code, problem["reason"]


def eventually(holds: Callable[[], bool], within_seconds: float = 60) -> None:
    """Wait until something holds that another thread brings about."""
    deadline = time.monotonic() + within_seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)
