import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
import structlog
from apiflask import APIFlask
from flask.testing import FlaskClient
from psycopg_pool import PoolTimeout
from pydantic import BaseModel, ConfigDict, Field
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from cloud_api import problems, request_log
from cloud_api.errors import Conflict
from cloud_api.problems import fault_origin, field_faults
from protocol.problems import PROBLEM_MEDIA_TYPE, Problem
from protocol.reasons import Reason

SECRET = "Anna Berg anna@example.com"  # a canary: people's data in what a request carries


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=0)
    text: str = Field(max_length=30)


def client_of(view: Callable[[], Any]) -> FlaskClient:
    app = APIFlask("problems", spec_path=None, docs_path=None, json_errors=False)
    app.config["MAX_CONTENT_LENGTH"] = 1000
    request_log.register(app)
    problems.register(app)
    app.get("/raise")(view)

    @app.post("/body")
    @app.input(Body)
    def body(json_data: Body) -> dict[str, int]:
        return {"number": json_data.number}

    return app.test_client()


def raising(error: Exception) -> FlaskClient:
    def view() -> None:
        raise error

    return client_of(view)


def problem_of(response: TestResponse) -> Problem:
    assert response.content_type == PROBLEM_MEDIA_TYPE
    found = Problem.model_validate_json(response.data)
    assert found.status == response.status_code
    assert SECRET not in response.get_data(as_text=True)
    return found


@pytest.fixture(autouse=True)
def _default_logging() -> None:
    structlog.reset_defaults()


def test_a_refusal_keeps_its_reason_detail_and_facts() -> None:
    error = Conflict(Reason.CANDIDATE_CHANGED, "version", {"version": 4})
    found = problem_of(raising(error).get("/raise"))
    assert (found.status, found.reason, found.detail, found.facts) == (
        409,
        Reason.CANDIDATE_CHANGED,
        "version",
        {"version": 4},
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "reason"),
    [
        ("GET", "/nowhere", 404, Reason.REQUEST_NOT_FOUND),
        ("GET", "/raise/", 404, Reason.REQUEST_NOT_FOUND),
        ("POST", "/raise", 405, Reason.REQUEST_METHOD),
        ("PURGE", "/raise", 405, Reason.REQUEST_METHOD),
    ],
)
def test_unknown_addresses_and_wrong_methods(method: str, path: str, status: int, reason: Reason) -> None:
    response = raising(ValueError()).open(path, method=method)
    found = problem_of(response)
    assert (found.status, found.reason) == (status, reason)
    if status == 405:
        assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"number": "missing", "text": "missing"}),
        ({"number": SECRET, "text": "x"}, {"number": "int_parsing"}),
        ({"number": -1, "text": SECRET * 9}, {"number": "greater_than_equal", "text": "string_too_long"}),
        ({"number": 1, "text": "x", SECRET: SECRET}, {"?": "extra_forbidden"}),
        ({"number": 1, "text": "x", "nonsense": SECRET}, {"nonsense": "extra_forbidden"}),
        ([SECRET], {"body": "model_type"}),
        (SECRET, {"body": "model_type"}),
    ],
)
def test_a_wrong_field_is_named_and_its_value_is_not(body: object, fields: dict[str, str]) -> None:
    found = problem_of(raising(ValueError()).post("/body", json=body))
    assert (found.status, found.reason) == (422, Reason.REQUEST_INVALID)
    assert found.facts == {"fields": fields}


@pytest.mark.parametrize(
    "body",
    [b"{", b"", b"\xff\xfe", b'{"number": ' + b"9" * 900 + b"x}", b"[" * 900],
    ids=["half", "empty", "not utf-8", "long number", "deep"],
)
def test_what_is_no_json_is_a_refusal(body: bytes) -> None:
    found = problem_of(raising(ValueError()).post("/body", data=body, content_type="application/json"))
    assert found.reason is Reason.REQUEST_INVALID
    assert found.status in {400, 422}


def test_a_body_that_is_too_large() -> None:
    found = problem_of(raising(ValueError()).post("/body", json={"text": "x" * 2000}))
    assert (found.status, found.reason) == (413, Reason.REQUEST_TOO_LARGE)


@pytest.mark.parametrize(
    "error", [psycopg.OperationalError("x"), PoolTimeout("x"), psycopg.InterfaceError("x")]
)
def test_a_database_that_is_away(error: Exception) -> None:
    found = problem_of(raising(error).get("/raise"))
    assert (found.status, found.reason) == (503, Reason.SERVER_DATABASE_DOWN)


@pytest.mark.parametrize("error", [psycopg.DataError(SECRET), RecursionError(SECRET)])
def test_a_value_that_cannot_be_kept_is_the_callers(error: Exception) -> None:
    found = problem_of(raising(error).get("/raise"))
    assert (found.status, found.reason) == (422, Reason.REQUEST_INVALID)


@pytest.mark.parametrize("error", [ValueError(SECRET), psycopg.ProgrammingError(SECRET), KeyError(SECRET)])
def test_an_unexpected_fault_is_logged_with_ids_only(error: Exception) -> None:
    with capture_logs() as lines:
        response = raising(error).get("/raise")
    found = problem_of(response)
    assert (found.status, found.reason) == (500, Reason.SERVER_FAULT)
    fault = next(line for line in lines if line["event"] == "unexpected_fault")
    assert fault["trace_id"] == found.facts["trace_id"] == response.headers["X-Trace-Id"]
    assert fault["error"] == type(error).__name__
    assert SECRET not in json.dumps(lines, default=str)


def test_a_fault_says_where_it_happened() -> None:
    with pytest.raises(ValueError, match=SECRET) as caught:
        int(SECRET)
    origin = fault_origin(caught.value)
    assert origin["error"] == "ValueError"
    assert str(origin["frames"]).count("test_problems:") == 1


def test_field_faults_name_nested_fields_by_their_path() -> None:
    class Outer(BaseModel):
        items: list[Body]

    with pytest.raises(ValueError, match="items") as caught:
        Outer.model_validate({"items": [{"number": 1, "text": "x"}, {"number": 1}]})
    assert field_faults(caught.value) == {"items.1.text": "missing"}  # type: ignore[arg-type]  # pydantic's is a ValueError
