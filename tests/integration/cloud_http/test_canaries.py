"""Secrets and people's data are planted in everything that is sent, and found in no log, figure or refusal.

Every route of the OpenAPI document is asked by everybody, with canaries in each text of its body, its query,
its address and its headers; then a person with canaries for data lives through the product's day.
"""

import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest
import structlog
from prometheus_client import generate_latest
from werkzeug.test import TestResponse

from cloud_api.request_log import configure_logging
from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_every_route import OPERATIONS, address, resolved, valid_value
from tests.support.cloud_app import Caller, Cloud, deliver, new_id, running_cloud, verify
from tests.support.postgres import TestDatabase

NAME, NOTE = "Kanarya-Yildiz", "kanarya drinks nothing"
PHONE, PASSPORT, CODE = "+49 170 5550199", "K9X77Q31", "839157"
EMAIL, PASSWORD = "kanarya@crew.example.com", "Kanarya-password-7Q"
TOKEN = "njd_kanarya7Q31tokenXyZ"
NUMBER = "77310042"
CANARIES = (NAME, NOTE, PHONE, PASSPORT, CODE, EMAIL, PASSWORD, TOKEN, NUMBER)
MARK = "anarya"
"""In most of them: so that a part of one is found too."""

LINK_KEY = "kanarya-link-key-" + "k" * 30


@dataclass
class Watched:
    """What was written while somebody watched."""

    log: io.StringIO
    secrets: list[str] = field(default_factory=list)

    def leaks(self, text: str) -> list[str]:
        """Return what of all that is planted is in a text, spelled in any of the usual ways."""
        lower = text.lower()
        planted = {*CANARIES, MARK, LINK_KEY, *self.secrets}
        return sorted(
            word for word in planted if word.lower() in lower or quote(word, safe="").lower() in lower
        )


@pytest.fixture(scope="module")
def watched() -> Iterator[Watched]:
    """Log as a program does, everything down to the last detail, into memory."""
    root, real = logging.getLogger(), sys.stderr
    handlers, level = root.handlers[:], root.level
    log = io.StringIO()
    sys.stderr = log
    try:
        configure_logging(logging.DEBUG)
        root.setLevel(logging.DEBUG)
        yield Watched(log)
    finally:
        sys.stderr = real
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()


@pytest.fixture(scope="module")
def cloud(
    database: TestDatabase, tmp_path_factory: pytest.TempPathFactory, watched: Watched
) -> Iterator[Cloud]:
    password = urlsplit(database.api_url).password
    watched.secrets += [password or "no password", LINK_KEY]
    folder: Path = tmp_path_factory.mktemp("objects")
    with running_cloud(database, folder, object_link_key=LINK_KEY) as running:
        yield running


@pytest.fixture(scope="module")
def tokens(office: Office, watched: Watched) -> None:
    for member in (office.recruiter, office.admin, office.stranger):
        watched.secrets += [member.token, member.refresh_token]
    watched.secrets.append(office.computer.token)


def planted(schema: dict[str, Any], canary: str) -> Any:
    """Return a value that fits a schema, with the canary wherever there is room for words."""
    schema = resolved(schema)
    if "anyOf" in schema or "oneOf" in schema:
        return planted((schema.get("anyOf") or schema["oneOf"])[0], canary)
    if schema.get("type") == "object" and "properties" in schema:
        return {name: planted(part, canary) for name, part in schema["properties"].items()}
    if schema.get("type") == "array":
        return [planted(schema["items"], canary)]
    words = schema.get("type") == "string" and not {"enum", "const", "format", "pattern"} & schema.keys()
    return canary if words else valid_value(schema)


def ask(caller: Caller, method: str, path: str, canary: str, **options: Any) -> TestResponse:
    headers = caller.headers | {
        "Content-Type": "application/json",
        "User-Agent": f"{NAME} {canary}".encode("ascii", "ignore").decode(),
        "X-Trace-Id": canary,
        "Last-Event-ID": canary,
        "X-Forwarded-For": canary,
        "Origin": f"https://{MARK}.example.com",
        "Cookie": f"session={TOKEN}",
    }
    return caller.client.open(path, method=method, headers=headers, **options)


def asked(cloud: Cloud, office: Office) -> Iterator[tuple[str, TestResponse]]:
    """Ask every route as everybody, with a canary in all that can be said."""
    liar = Caller(cloud.app.test_client(), TOKEN)
    callers = (office.recruiter, office.admin, office.computer, office.stranger, cloud.nobody, liar)
    turn = 0
    for method, path, operation in OPERATIONS:
        for caller in callers:
            canary = CANARIES[turn % len(CANARIES)]
            turn += 1
            body = b""
            if "requestBody" in operation:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                body = json.dumps(planted(schema, canary)).encode()
            names = [found["name"] for found in operation["parameters"] if found["in"] == "query"]
            query = dict.fromkeys([*names, "unknown"], canary) | ({"wait": "0"} if "wait" in names else {})
            if path not in {"/api/auth/sign-out", "/api/devices/{device_id}/revoke"}:
                yield (
                    f"{method} {path}",
                    ask(caller, method, address(path), canary, data=body, query_string=query),
                )
            yield f"{method} {path}", ask(caller, method, f"/api/{quote(canary)}/{NUMBER}", canary, data=body)
            yield f"{method} {path}", ask(caller, method, address(path), canary, data=canary.encode())


@pytest.mark.usefixtures("tokens")
def test_no_log_figure_or_refusal_repeats_what_a_request_carried(
    cloud: Cloud, office: Office, watched: Watched
) -> None:
    answers = 0
    for route, answer in asked(cloud, office):
        answers += 1
        if answer.status_code >= 400:
            text = answer.get_data(as_text=True)
            assert not watched.leaks(text), (route, answer.status_code, watched.leaks(text))
            heads = str({name: value for name, value in answer.headers if name != "Set-Cookie"})
            assert not watched.leaks(heads), (route, heads)
        answer.close()
    assert answers > 500
    assert not watched.leaks(watched.log.getvalue())
    assert not watched.leaks(generate_latest(cloud.services.metrics.registry).decode())


@pytest.mark.usefixtures("tokens")
def test_a_persons_day_leaves_nothing_of_them_in_the_log(
    cloud: Cloud, office: Office, watched: Watched
) -> None:
    facts = {"name": NAME, "mobile_no": PHONE, "email": EMAIL}
    text = {"text": f"{NAME} {PHONE} {PASSPORT}"}
    deliver(office.computer, NUMBER, facts=facts, filename=f"{NAME}.pdf", text=text)
    row = verify(office.recruiter, NUMBER)
    candidate_id = row["candidate_id"]
    note = {
        "event_id": str(uuid4()),
        "candidate_id": candidate_id,
        "note": NOTE,
        "expected_version": row["version"],
    }
    office.recruiter.post("/api/dashboard/notes", note)
    office.recruiter.get("/api/dashboard/data", q=NAME)
    office.recruiter.get("/api/candidates/find", q=PHONE)
    office.recruiter.post("/api/export", {"candidate_ids": [candidate_id], "reason": NOTE})
    office.stranger.get(f"/api/candidates/{candidate_id}")
    cloud.nobody.post("/api/auth/sign-in", {"email": EMAIL, "password": PASSWORD})
    code = office.recruiter.send("/api/device/pairing-codes")["pairing_code"]
    watched.secrets.append(code)
    cloud.nobody.post(
        "/api/device/register", {"pairing_code": code, "device_name": NAME, "platform": "linux"}
    )
    job = {"job_id": new_id(), "device_id": office.computer.device_id, "rank": NAME, "ship_type": NOTE}
    office.recruiter.post("/api/jobs/download", job)
    assert watched.log.getvalue().count('"event": "request"') > 10
    assert not watched.leaks(watched.log.getvalue())
    assert not watched.leaks(generate_latest(cloud.services.metrics.registry).decode())


def test_what_an_unforeseen_fault_quotes_is_not_written(
    cloud: Cloud, office: Office, watched: Watched
) -> None:
    cloud.change("alter table app.saved_views rename to saved_views_away")
    try:
        body = {"name": NAME, "filters": {"q": PHONE}}
        answer = office.recruiter.post("/api/views", body)
        listed = office.recruiter.get("/api/views")
    finally:
        cloud.change("alter table app.saved_views_away rename to saved_views")
    assert listed.status_code == 500
    assert not watched.leaks(answer.get_data(as_text=True) + listed.get_data(as_text=True))
    assert "unexpected_fault" in watched.log.getvalue()
    assert not watched.leaks(watched.log.getvalue())


def test_a_leak_would_be_found(watched: Watched) -> None:
    before = watched.log.getvalue()
    structlog.get_logger("test").info("planted", who=NAME)
    written = watched.log.getvalue()[len(before) :]
    watched.log.seek(len(before))
    watched.log.truncate()
    assert watched.leaks(written) == [NAME, MARK]
    assert watched.leaks(f"GET /?q={quote(PHONE)}") == [PHONE]
