"""The product in processes of its own, on free ports: a test can stop, kill and restart its parts."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from demo import accounts
from demo.child import Child
from demo.portal.server import RunningPortal
from demo.portal.state import SiteOptions
from tests.support.postgres import TestDatabase
from tests.support.tree import ROOT

LAUNCH_URL = re.compile(r"http://127\.0\.0\.1:\d+/app/#code=\S+")
KEYRING = 'gnome-keyring-daemon --foreground --unlock --components=secrets <<< throwaway & exec "$@"'


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Cloud:
    """The office's cloud, always at the same address."""

    folder: Path
    database: TestDatabase
    port: int = field(default_factory=free_port)
    link_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    allowed_origin: str = ""
    _child: Child | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        objects = self.folder / "objects"
        objects.mkdir(exist_ok=True)
        environ = {
            "NJORDHR_CLOUD_DATABASE_URL": self.database.api_url,
            "NJORDHR_CLOUD_PORT": str(self.port),
            "NJORDHR_CLOUD_OBJECT_STORE_FOLDER": str(objects),
            "NJORDHR_CLOUD_OBJECT_LINK_KEY": self.link_key,
            "NJORDHR_CLOUD_ALLOWED_ORIGIN": self.allowed_origin,
        }
        self._child = Child("cloud_api", (), self.folder / "cloud.log", environ)

    def stop(self) -> None:
        if self._child is not None:
            self._child.stop()
            self._child = None


@dataclass
class Agent:
    """One computer of the office: a home of its own, a real keyring, the agent as its own process."""

    home: Path
    cloud_url: str
    portal: RunningPortal
    port: int = field(default_factory=free_port)
    launch_url: str = ""
    _process: subprocess.Popen[str] | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def resumes(self) -> Path:
        return self.home / "Resumes"

    @property
    def config(self) -> Path:
        return self.home / "agent.json"

    def install(self) -> None:
        """Lay the home: settings as an installer would, and the folder for resumes."""
        self.resumes.mkdir(parents=True)
        portal = {"login_url": self.portal.login_url, "dashboard_url": self.portal.dashboard_url}
        settings: Mapping[str, object] = {
            "api_base_url": self.cloud_url,
            "portal": {**portal, "requests_per_second": 50},
        }
        self.config.write_text(json.dumps(settings), encoding="utf-8")

    def start(self) -> None:
        program = [sys.executable, "-m", "agent_core", "--data", str(self.data)]
        program += ["--config", str(self.config), "--port", str(self.port)]
        # A bus and an unlocked keyring of this home's own, as a desktop session has.
        command = ["dbus-run-session", "--", "bash", "-c", KEYRING, "agent", *program]
        environ = {**os.environ, "HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        with (self.home / "agent.log").open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environ,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.launch_url = self._said()

    def _said(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if match := LAUNCH_URL.search(line):
                return match.group()
        raise AssertionError(f"the agent did not start: {(self.home / 'agent.log').read_text()[-3000:]}")

    def processes(self) -> list[psutil.Process]:
        """Return the agent's processes, without its browser's."""
        assert self._process is not None
        shell = psutil.Process(self._process.pid)
        return [shell, *shell.children(recursive=True)]

    def kill(self) -> None:
        """End the agent as a crash would: no chance to say goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        os.killpg(process.pid, how)
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


@dataclass
class Product:
    """One office's cloud, a portal, and as many computers as a test wants."""

    folder: Path
    cloud: Cloud
    portal: RunningPortal
    _agents: list[Agent] = field(default_factory=list)

    def computer(self, name: str, cloud_url: str = "") -> Agent:
        """Install and start the agent on another computer, which reaches the cloud at ``cloud_url``."""
        home = self.folder / name
        home.mkdir()
        agent = Agent(home, cloud_url or self.cloud.url, self.portal)
        agent.install()
        agent.start()
        self._agents.append(agent)
        return agent

    def pages(self) -> Counter[str]:
        """Return how often the portal was asked for each kind of page."""
        counted = self.portal.portal.counters.snapshot()["pages"]
        assert isinstance(counted, dict)
        return Counter(counted)

    def stop(self) -> None:
        for agent in self._agents:
            agent.stop()
        self.cloud.stop()


@contextmanager
def running_product(folder: Path, database: TestDatabase, options: SiteOptions) -> Iterator[Product]:
    """Start the cloud and the portal; stop whatever runs at the end."""
    accounts.create_all(database.admin_url)
    with RunningPortal(options) as portal:
        product = Product(folder, Cloud(folder, database), portal)
        product.cloud.start()
        try:
            yield product
        finally:
            product.stop()
