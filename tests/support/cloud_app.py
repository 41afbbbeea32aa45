"""The real cloud on a real database for tests: two offices, their people, paired computers, resumes."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cloud_api.app import create_app
from cloud_api.auth.local_accounts import create_member
from cloud_api.services import Services, build_services
from cloud_api.settings import CloudSettings
from tests.support.postgres import TestDatabase

PASSWORD = "correct horse battery"
PUBLIC_URL = "http://cloud.example.com"
AT = "2026-11-12T08:00:00Z"


class Caller:
    """Somebody who calls the API: a person or a computer, with their token; or nobody."""

    def __init__(self, client: FlaskClient, token: str = "") -> None:
        self.client = client
        self.token = token

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def get(self, path: str, **query: object) -> TestResponse:
        parameters = {name: str(value) for name, value in query.items()}
        return self.client.get(path, query_string=parameters or None, headers=self.headers)

    def post(self, path: str, body: object = None) -> TestResponse:
        return self.client.post(path, json=body, headers=self.headers)

    def read(self, path: str, **query: object) -> Any:
        return answered(self.get(path, **query))

    def send(self, path: str, body: object = None) -> Any:
        return answered(self.post(path, body))


@dataclass
class Member(Caller):
    """A signed-in member of an office."""

    client: FlaskClient
    token: str
    user_id: str
    email: str
    refresh_token: str


@dataclass
class Computer(Caller):
    """A paired computer."""

    client: FlaskClient
    token: str
    device_id: str
    owner: Member


@dataclass
class Cloud:
    """A running cloud.

    Attributes:
        admin_url: the superuser's address of its database, to look behind the API.
    """

    app: APIFlask
    services: Services
    admin_url: str
    nobody: Caller = field(init=False)

    def __post_init__(self) -> None:
        self.nobody = Caller(self.app.test_client())

    def member(self, office: str, name: str, role: str) -> Member:
        """Make a member and sign them in."""
        email = f"{name.lower()}@{office.lower()}.example.com"
        create_member(self.admin_url, office, email, f"{name} of {office}", role, PASSWORD)
        return self.sign_in(email)

    def sign_in(self, email: str) -> Member:
        session = self.nobody.send("/api/auth/sign-in", {"email": email, "password": PASSWORD})
        return Member(
            self.app.test_client(),
            session["access_token"],
            session["me"]["user_id"],
            email,
            session["refresh_token"],
        )

    def computer(self, owner: Member, name: str = "Laptop") -> Computer:
        """Pair a computer of this person."""
        code = owner.send("/api/device/pairing-codes")["pairing_code"]
        registration = {
            "pairing_code": code,
            "device_name": name,
            "platform": "linux",
            "agent_version": "0.1.0",
        }
        made = self.nobody.send("/api/device/register", registration)
        return Computer(self.app.test_client(), made["device_token"], made["device_id"], owner)

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Look behind the API, as the superuser."""
        with psycopg.connect(self.admin_url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    def change(self, statement: str, *parameters: object) -> None:
        """Change something behind the API, as the superuser."""
        with psycopg.connect(self.admin_url) as connection:
            connection.execute(statement.encode(), parameters)


@contextmanager
def running_cloud(database: TestDatabase, folder: Path, **settings: object) -> Iterator[Cloud]:
    """Build the real application on this database."""
    values: dict[str, object] = {
        "database_url": database.api_url,
        "object_store_folder": folder,
        "object_link_key": "k" * 40,
        "public_url": PUBLIC_URL,
        "sign_in_limit": "100000 per minute",
        "check_uploads": False,  # a test says when
        "account_limit": "100000 per minute",
        "pairing_limit": "100000 per minute",
        **settings,
    }
    services = build_services(CloudSettings.model_validate(values))
    try:
        yield Cloud(create_app(services), services, database.admin_url)
    finally:
        services.close()


def answered(response: TestResponse) -> Any:
    """Return the answer's JSON, or fail with what was said instead."""
    assert response.status_code < 300, response.get_data(as_text=True)
    return response.get_json() if response.data else None


def refused(response: TestResponse) -> tuple[int, str]:
    """Return status and reason of a refusal."""
    assert response.content_type == "application/problem+json", response.get_data(as_text=True)
    problem = json.loads(response.data)
    assert problem["status"] == response.status_code
    return response.status_code, problem["reason"]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def resume_event(number: str, content: str = "first", **changes: object) -> dict[str, Any]:
    """Return a `resume_downloaded` event of a synthetic seafarer."""
    facts = {
        "source": "page",
        "name": f"Seafarer {number}",
        "present_rank": "3rd Officer",
        "email": f"seafarer{number}@example.com",
        "mobile_no": f"+49 170 {number}",
        "country": "India",
        "availability": "01 Jan 2027",
        "sea_service": [{"vessel": "MV Aurora", "rank": "3rd Officer", "signed_off": "2026-06-01"}],
        **_mapping(changes.pop("facts", {})),
    }
    payload = {
        "candidate_external_id": number,
        "filename": f"2nd_Officer_{number}.pdf",
        "file_sha256": sha256(f"file {number} {content}"),
        "file_length": 100,
        "content_sha256": sha256(f"content {number} {content}"),
        "rank_applied_for": "2nd Officer",
        "search_ship_type": "Bulk Carrier",
        "facts": facts,
        "text": {"text": f"Resume of seafarer {number}, {content}"},
        **changes,
    }
    return {"event_id": str(uuid4()), "type": "resume_downloaded", "occurred_at": AT, "payload": payload}


def send_events(caller: Caller, *events: Mapping[str, object]) -> list[dict[str, Any]]:
    """Send events in one batch and return their verdicts."""
    verdicts: list[dict[str, Any]] = caller.send("/api/events/candidate", {"events": list(events)})[
        "verdicts"
    ]
    return verdicts


def deliver(computer: Computer, number: str, content: str = "first", **changes: object) -> dict[str, Any]:
    """Have a computer deliver one resume; return its event's payload."""
    event = resume_event(number, content, **changes)
    (verdict,) = send_events(computer, event)
    assert verdict["verdict"] == "accepted", verdict
    payload: dict[str, Any] = event["payload"]
    return payload


def review_item(person: Caller, number: str) -> dict[str, Any]:
    """Return the item of a candidate on the Review list."""
    items = person.read("/api/review", limit=200)["items"]
    found: dict[str, Any] = next(item for item in items if item["candidate_external_id"] == number)
    return found


def verify(person: Caller, number: str) -> dict[str, Any]:
    """Verify a candidate who waits under Review; return their row of the dashboard."""
    item = review_item(person, number)
    decision = {"event_id": str(uuid4()), "resume_id": item["resume_id"]}
    (verdict,) = person.send("/api/review/verify", {"items": [decision]})["verdicts"]
    assert verdict["verdict"] == "accepted", verdict
    return row_of(person, number)


def row_of(person: Caller, number: str) -> dict[str, Any]:
    """Return a candidate's row of the dashboard, whatever their status is."""
    for archive in (False, True):
        rows = person.read("/api/dashboard/data", archive=str(archive).lower(), q=number, limit=200)["rows"]
        for row in rows:
            if row["candidate_external_id"] == number:
                found: dict[str, Any] = row
                return found
    raise AssertionError(f"{number} is not on the dashboard")


def new_id() -> str:
    return str(uuid4())


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)
    return value
