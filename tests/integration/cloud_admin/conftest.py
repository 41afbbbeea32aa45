"""An office's cloud with people, events and files in it, and the operator's shell beside it."""

import hashlib
import io
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

from cloud_api.admin.command import run
from cloud_api.resumes.object_store import ObjectDigest, ObjectStore
from tests.support.cloud_app import Cloud, deliver, running_cloud, verify
from tests.support.postgres import PostgresServer, TestDatabase, postgres_server

BYTES = (b"%PDF-1.7 one", b"%PDF-1.7 two", b"%PDF-1.7 three")


@dataclass
class Shell:
    """The operator's shell: what it has in its environment, and how its commands end."""

    environment: dict[str, str]
    monkeypatch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]
    said: str = field(default="")

    def run(self, *arguments: str, **more: str) -> int:
        with self.monkeypatch.context() as patched:
            for name, value in (self.environment | more).items():
                patched.setenv(name, value)
            code = run(list(arguments))
        captured = self.capture.readouterr()
        self.said = captured.out + captured.err
        return code


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="module")
def database(postgres: PostgresServer) -> Iterator[TestDatabase]:
    with postgres.database() as made:
        yield made


@pytest.fixture(scope="module")
def objects_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store") / "objects"


@pytest.fixture(scope="module")
def cloud(database: TestDatabase, objects_folder: Path) -> Iterator[Cloud]:
    """An office with two people, of whom one is verified with a note, and three files."""
    with running_cloud(database, objects_folder) as running:
        person = running.member("North", "Anna", "recruiter")
        computer = running.computer(person)
        for number in ("0001", "0002"):
            deliver(computer, number)
        row = verify(person, "0001")
        note = {"event_id": str(uuid4()), "candidate_id": row["candidate_id"], "note": "Called"}
        person.send("/api/dashboard/notes", note | {"version": row["version"]})
        fill(running.services.objects)
        yield running


def fill(objects: ObjectStore) -> None:
    for number, data in enumerate(BYTES):
        digest = ObjectDigest(hashlib.sha256(data).hexdigest(), len(data))
        objects.put(f"resumes/{uuid4()}/Cook/000{number}/a-{number}.pdf", io.BytesIO(data), digest)


MakeShell = Callable[..., Shell]


@pytest.fixture
def make_shell(
    database: TestDatabase,
    objects_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> MakeShell:
    def make(store: Mapping[str, object] | None = None) -> Shell:
        told = store or {"object_store_folder": objects_folder, "object_link_key": "k" * 40}
        environment = {f"NJORDHR_CLOUD_{name.upper()}": _text(value) for name, value in told.items()}
        environment |= {
            "NJORDHR_CLOUD_ADMIN_URL": database.admin_url,
            "NJORDHR_CLOUD_DATABASE_URL": database.api_url,
        }
        return Shell(environment, monkeypatch, capsys)

    return make


@pytest.fixture
def shell(make_shell: MakeShell) -> Shell:
    return make_shell()


@pytest.fixture(scope="session")
def programs(postgres: PostgresServer) -> str:
    folder = str(postgres.programs)
    subprocess.run([f"{folder}/pg_dump", "--version"], check=True, capture_output=True)
    return folder


def _text(value: object) -> str:
    secret = getattr(value, "get_secret_value", None)
    return str(secret() if secret else getattr(value, "value", value))
