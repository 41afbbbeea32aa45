"""An office for the benchmarks of the cloud: a durable Postgres, its people, and the container's own command.

The database is a deployment's: it survives a power cut, has row-level security, and is reached as the API's
login role. The server is what the container runs, read from its recipe.
"""

import json
import os
import re
import resource
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg

from cloud_api.auth.local_accounts import create_member
from cloud_api.db.migrate import migrate
from demo.postgres import LocalPostgres

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "correct horse battery"
EMAIL = "anna@example.com"
PATIENCE_SECONDS = 60.0


@dataclass
class Office:
    """One office in a database of its own.

    Attributes:
        admin_url: of the superuser, to fill and to measure.
        api_url: of the login role.
    """

    admin_url: str
    api_url: str
    user_id: UUID
    organisation_id: UUID
    device_id: UUID = field(init=False)
    device_token: str = field(init=False)

    def connect(self) -> "psycopg.Connection[Any]":
        """Connect as the superuser; each statement is a transaction."""
        return psycopg.connect(self.admin_url, autocommit=True)

    def connect_as_caller(self, device_id: UUID | None = None) -> "psycopg.Connection[Any]":
        """Connect as the API does for a request of the office's recruiter, or of a computer."""
        connection = psycopg.connect(self.api_url, prepare_threshold=None)
        self.become(connection, device_id)
        return connection

    def become(self, connection: "psycopg.Connection[Any]", device_id: UUID | None = None) -> None:
        """Begin a transaction of the recruiter, or of a computer of theirs."""
        claims = {"sub": str(self.user_id), "role": "authenticated"}
        if device_id is not None:
            claims["device_id"] = str(device_id)
        connection.execute(
            "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true)",
            [json.dumps(claims)],
        )

    def transactions(self) -> int:
        """Return how many transactions its database has seen; asked from outside of it."""
        name = self.admin_url.rpartition("/")[2]
        with psycopg.connect(self.admin_url.rpartition("/")[0] + "/postgres", autocommit=True) as outside:
            row = outside.execute(
                "select xact_commit + xact_rollback from pg_stat_database where datname = %s", [name]
            ).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def an_office() -> Iterator[Office]:
    """Make an office with an admin; everything of it is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="njordhr-benchmark-") as folder:
        Path(folder).chmod(0o755)  # root's server runs as another user
        server = LocalPostgres(Path(folder) / "data")
        try:
            server.start()
            with psycopg.connect(server.admin_url(), autocommit=True) as connection:
                connection.execute("create database office")
            password = secrets.token_urlsafe(18)
            admin_url = server.admin_url("office")
            migrate(admin_url, password)
            create_member(admin_url, "North", EMAIL, "Anna", "admin", PASSWORD)
            with psycopg.connect(admin_url) as connection:
                row = connection.execute("select user_id, organisation_id from app.memberships").fetchone()
            if row is None:
                raise RuntimeError("the member was not made")
            yield Office(admin_url, server.url("office", "njordhr_api", password), *row)
        finally:
            server.remove()


@dataclass(frozen=True)
class Served:
    """The running container, its worker's process, and somebody who is signed in."""

    url: str
    worker: int
    client: httpx.Client
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What a request of the signed-in person carries."""
        return {"Authorization": f"Bearer {self.token}"}

    def computer(self) -> tuple[UUID, str]:
        """Pair a computer; return it and its token."""
        code = self.client.post("/api/device/pairing-codes", json={}, headers=self.headers).json()
        registration = {
            "pairing_code": code["pairing_code"],
            "device_name": "Laptop",
            "platform": "linux",
            "agent_version": "0.1.0",
        }
        made = self.client.post("/api/device/register", json=registration).json()
        return UUID(made["device_id"]), made["device_token"]


@contextmanager
def served(office: Office, folder: Path) -> Iterator[Served]:
    """Run what the container runs on this office, until the block ends."""
    with (
        run_gunicorn("cloud_api.wsgi:app", folder, _settings(office, folder)) as (url, worker),
        httpx.Client(base_url=url, trust_env=False, timeout=PATIENCE_SECONDS) as client,
    ):
        wait_until(lambda: client.get("/api/health").status_code == 200)
        answer = client.post("/api/auth/sign-in", json={"email": EMAIL, "password": PASSWORD})
        yield Served(url, worker, client, answer.json()["access_token"])


@contextmanager
def run_gunicorn(app: str, folder: Path, settings: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Run an application with the container's command; give its address and its worker's process."""
    _allow_many_descriptors()
    port = free_port()
    recipe = (ROOT / "cloud_api" / "Dockerfile").read_text(encoding="utf-8")
    program, *arguments = json.loads(re.findall(r"^CMD (\[.*\])$", recipe, re.MULTILINE)[-1])
    bound = [argument.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for argument in arguments[:-1]]
    command = [str(Path(sys.executable).with_name(program)), *bound, app]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        try:
            wait_until(lambda: is_listening(port))
            wait_until(lambda: len(children(process.pid)) == 1)
            yield f"http://127.0.0.1:{port}", children(process.pid)[0]
        finally:
            process.terminate()
            process.wait()


def _settings(office: Office, folder: Path) -> dict[str, str]:
    return {
        "NJORDHR_CLOUD_DATABASE_URL": office.api_url,
        "NJORDHR_CLOUD_OBJECT_STORE_FOLDER": str(folder / "objects"),
        "NJORDHR_CLOUD_OBJECT_LINK_KEY": "k" * 40,
        "NJORDHR_CLOUD_SIGN_IN_LIMIT": "1000000 per minute",
        "NJORDHR_CLOUD_STREAMS_OF_ONE": "100000",
        "PATH": os.environ["PATH"],
    }


def children(pid: int) -> list[int]:
    """Return the processes that one has started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def resident_megabytes(pid: int) -> float:
    """Return how much memory a process holds now."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the process is gone")


def peak_megabytes(pid: int) -> float:
    """Return the most memory that a process has held."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the process is gone")


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    """Tell whether somebody answers on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(is_so: Any) -> None:
    """Wait for something that another process brings about.

    Raises:
        TimeoutError: it did not within a minute.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("it did not come about")
        time.sleep(0.05)


def _allow_many_descriptors() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
