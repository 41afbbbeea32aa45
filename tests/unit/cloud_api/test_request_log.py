import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import structlog
from structlog.testing import capture_logs

from cloud_api.request_log import configure_logging
from tests.unit.cloud_api.conftest import MakeApp

CANARIES = ("Anna-Canary", "canary@example.com", "canary-password", "njd_canary", "+49170canary")


@pytest.fixture(autouse=True)
def _default_logging() -> None:
    structlog.reset_defaults()


def test_a_line_names_the_route_and_how_it_ended(make_app: MakeApp) -> None:
    with capture_logs() as lines:
        answer = make_app().test_client().get(f"/api/candidates/{uuid4()}")
    line = next(line for line in lines if line["event"] == "request")
    assert (line["method"], line["route"]) == ("GET", "/api/candidates/<uuid:candidate_id>")
    assert line["status"] == 401
    assert line["trace_id"] == answer.headers["X-Trace-Id"]
    assert line["milliseconds"] >= 0


def test_nothing_that_a_request_carries_is_logged(make_app: MakeApp) -> None:
    name, email, password, token, phone = CANARIES
    client = make_app().test_client()
    with capture_logs() as lines:
        client.post("/api/auth/sign-in", json={"email": email, "password": password})
        client.post("/api/auth/sign-in", json={"email": email, "password": password, name: phone})
        client.get(f"/api/candidates/find?q={name}", headers={"Authorization": f"Bearer {token}"})
        client.get(f"/api/{name}/{phone}?signature={token}")
        client.put(f"/api/objects/{name}?signature={token}", data=email)
        client.open(f"/api/{name}", method="CANARY")
    text = json.dumps(lines, default=str).lower()
    assert not [canary for canary in (*CANARIES, "CANARY") if canary.lower() in text]


@pytest.fixture
def one_program() -> Iterator[None]:
    """Set up logging as a program does, and put it back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("one_program")
def test_the_program_writes_json_lines_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    structlog.get_logger("test").info("something_happened", user_id="7")
    captured = capsys.readouterr()
    line: dict[str, Any] = json.loads(captured.err)
    assert (line["event"], line["user_id"], line["level"]) == ("something_happened", "7", "info")
    assert captured.out == ""


@pytest.mark.usefixtures("one_program")
def test_what_a_library_fills_into_its_messages_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    try:
        int(CANARIES[0])
    except ValueError:
        logging.getLogger("some.library").exception("cannot read %s", CANARIES[1])
    line: dict[str, Any] = json.loads(capsys.readouterr().err)
    assert (line["logger"], line["pattern"], line["error"]) == (
        "some.library",
        "cannot read %s",
        "ValueError",
    )
    assert not [canary for canary in CANARIES if canary in json.dumps(line)]
