"""The real cloud on a real database and a real socket, for agents that live in the test's own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from agent_core.local_api.server import LocalServer, open_socket
from agent_core.store import outbox, resumes
from agent_core.store.resumes import payload_of
from protocol.events import ResumeDownloadedEvent
from protocol.facts import ResumeText
from tests.support.agent import START, new_resume
from tests.support.agent_rig import Rig, eventually
from tests.support.cloud_app import PASSWORD, Cloud, running_cloud
from tests.support.postgres import postgres_server


@dataclass
class RealOffice:
    """A cloud on a socket, with one recruiter."""

    cloud: Cloud
    url: str
    email: str
    name: str = "North"

    def another(self, name: str) -> "RealOffice":
        """Return another office of the same cloud, with a recruiter of its own."""
        return RealOffice(self.cloud, self.url, self.cloud.member(name, "Anna", "recruiter").email, name)


@contextmanager
def real_office(folder: Path) -> Iterator[RealOffice]:
    listening = open_socket(0)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with (
        postgres_server() as postgres,
        postgres.database() as database,
        running_cloud(database, folder, public_url=url, check_uploads=True) as cloud,
    ):
        server = LocalServer(cloud.app, listening, threads=8)
        server.start()
        try:
            yield RealOffice(cloud, url, cloud.member("North", "Anna", "recruiter").email)
        finally:
            assert server.stop(20)


def sign_in_and_pair(rig: Rig, office: RealOffice, computer: str = "Laptop") -> None:
    me = rig.send("/api/auth/sign-in", {"email": office.email, "password": PASSWORD})
    assert me["email"] == office.email
    code = rig.send("/api/device/pairing-codes")["pairing_code"]
    paired = rig.send("/pairing", {"pairing_code": code, "device_name": computer})
    assert (paired["organisation_name"], paired["user_email"]) == (office.name, office.email)


def all_sent(rig: Rig) -> bool:
    counts = rig.read("/health")["outbox"]
    assert counts["parked"] == 0, rig.read("/outbox")
    return not counts["waiting"] and not counts["uploads_waiting"]


def keep_resumes(rig: Rig, contents: dict[str, str], *, upload: bool) -> dict[str, Path]:
    """Record resumes on this computer as a download does, and have the office told; return their files."""
    rig.services.settings.change({"cloud_upload_resumes": upload})
    folder = rig.choose_folder()
    files = {}
    with rig.store.records.write() as connection:
        for number, content in contents.items():
            resume = replace(new_resume(number, content, str(folder)), text=ResumeText(text=number))
            files[number] = folder / resume.file.relative_path
            files[number].parent.mkdir(exist_ok=True)
            files[number].write_bytes(content.encode())
            payload = payload_of(uuid4(), resume)
            known = resumes.insert(connection, uuid4(), resume, payload, START)
            event = ResumeDownloadedEvent(event_id=uuid4(), occurred_at=START, payload=payload)
            outbox.append(connection, event, known.resume_id)
    eventually(lambda: all_sent(rig), 120)
    return files


def verify_all(rig: Rig) -> None:
    """Put everybody who waits under Review on the dashboard."""
    while items := rig.read("/api/review?limit=200")["items"]:
        decisions = [{"event_id": str(uuid4()), "resume_id": item["resume_id"]} for item in items]
        verdicts = rig.send("/api/review/verify", {"items": decisions})["verdicts"]
        assert {verdict["verdict"] for verdict in verdicts} == {"accepted"}
