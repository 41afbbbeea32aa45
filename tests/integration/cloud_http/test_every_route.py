"""Every route of the OpenAPI document meets nonsense, nobody and strangers, and answers with a problem."""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

import cloud_api
from cloud_api.auth.policy import POLICY, Action, Actor
from protocol.problems import PROBLEM_MEDIA_TYPE, Problem
from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Caller, Cloud, deliver, new_id, verify

DOCUMENT = json.loads((Path(cloud_api.__file__).parent / "openapi.json").read_text(encoding="utf-8"))
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = [
    (method.upper(), path, operation)
    for path, operations in sorted(DOCUMENT["paths"].items())
    for method, operation in operations.items()
]
GUARDED = [(method, path, operation) for method, path, operation in OPERATIONS if operation["security"]]
WITH_BODY = [
    (method, path, operation) for method, path, operation in OPERATIONS if "requestBody" in operation
]
WITH_QUERY = [
    (method, path, operation)
    for method, path, operation in OPERATIONS
    if any(parameter["in"] == "query" for parameter in operation["parameters"])
]
IDS = sorted({name for _, path, _ in OPERATIONS for name in re.findall(r"\{([a-z]+_id)\}", path)})
SECRET = "canary-of-a-person"
NONSENSE_BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"7",
    b'"text"',
    b"\xff\xfe\x00",
    b"{}",
    b'{"unexpected": 1}',
    b"[" * 20_000,
]
NONSENSE_VALUES: list[Any] = [
    None,
    True,
    -1,
    10**40,
    1.5,
    "",
    SECRET * 30,
    "\x00",
    [],
    [[]],
    {},
    {"a": 1},
    [{"x": None}] * 201,
]


def name_of(operation: tuple[str, str, Any]) -> str:
    return f"{operation[0]} {operation[1]}"


def address(path: str, **ids: str) -> str:
    for name in IDS:
        path = path.replace(f"{{{name}}}", ids.get(name, str(uuid4())))
    return path.replace("{key}", "resumes/x.pdf")


def call(caller: Caller, method: str, path: str, **options: Any) -> TestResponse:
    headers = caller.headers | {"Content-Type": "application/json"}
    return caller.client.open(path, method=method, headers=headers, **options)


def problem_of(answer: TestResponse, *allowed: int) -> Problem:
    assert answer.status_code in allowed, (answer.status_code, answer.get_data(as_text=True))
    assert answer.content_type == PROBLEM_MEDIA_TYPE
    found = Problem.model_validate_json(answer.data)
    assert found.status == answer.status_code
    assert found.next_step
    return found


def callers_of(office: Office, operation: dict[str, Any]) -> list[Caller]:
    """Return who may do it: a recruiter, else an admin, else a computer."""
    actors = POLICY[Action(operation["x-policy-action"])]
    if Actor.RECRUITER in actors:
        return [office.recruiter]
    return [office.admin] if Actor.ADMIN in actors else [office.computer]


def text_of(answer: TestResponse) -> str:
    """Return what an answer says; of a stream that goes on for hours its beginning."""
    if answer.mimetype != "text/event-stream":
        return answer.get_data(as_text=True)
    with answer:
        return next(iter(answer.iter_encoded())).decode()


def by_a_computer(office: Office, operation: dict[str, Any]) -> bool:
    return callers_of(office, operation) == [office.computer]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    return SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def valid_value(schema: dict[str, Any]) -> Any:
    """Return a value that fits a schema."""
    schema = resolved(schema)
    if "enum" in schema:
        return schema["enum"][0]
    if "pattern" in schema:
        return "0042" if "[0-9]{1,20}" in schema["pattern"] else "ab" * 32
    if schema.get("type") == "array":
        return [valid_value(schema["items"])]
    if schema.get("type") == "object":
        return valid_body(schema)
    if schema.get("type") == "string":
        return str(uuid4()) if schema.get("format") == "uuid" else "synthetic"
    return {"integer": 1, "boolean": False}.get(schema.get("type", ""), {})


def valid_body(schema: dict[str, Any]) -> dict[str, Any]:
    schema = resolved(schema)
    return {name: valid_value(schema["properties"][name]) for name in schema.get("required", ())}


def spoiled_bodies(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield bodies with one field missing, and bodies with one field of every kind of nonsense."""
    schema = resolved(operation["requestBody"]["content"]["application/json"]["schema"])
    good = valid_body(schema)
    for name in schema.get("required", ()):
        yield {key: value for key, value in good.items() if key != name}
    for name, value in product(schema["properties"], NONSENSE_VALUES):
        yield {**good, name: value}


@pytest.mark.parametrize("operation", GUARDED, ids=name_of)
def test_defect_8_no_route_answers_without_a_token(cloud: Cloud, operation: tuple[str, str, Any]) -> None:
    method, path, _ = operation
    for token in ("", "njd_unknown", "a.b.c"):
        caller = Caller(cloud.app.test_client(), token)
        for body in (b"{}", b"{"):
            found = problem_of(call(caller, method, address(path), data=body), 401)
            assert found.reason.value in {"auth.required", "auth.token-invalid"}


@pytest.mark.parametrize("operation", GUARDED, ids=name_of)
def test_defect_8_a_person_is_no_computer_and_a_computer_no_person(
    office: Office, operation: tuple[str, str, Any]
) -> None:
    method, path, details = operation
    wrong = office.recruiter if by_a_computer(office, details) else office.computer
    if details["x-policy-action"] == "events.send":
        return  # both may; each event asks for its own right
    found = problem_of(call(wrong, method, address(path), data=b"{}"), 403)
    assert found.reason.value == "auth.forbidden"


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
def test_a_body_that_is_nonsense_is_refused_by_name(
    cloud: Cloud, office: Office, operation: tuple[str, str, Any]
) -> None:
    method, path, details = operation
    caller = callers_of(office, details)[0] if details["security"] else cloud.nobody
    for body in NONSENSE_BODIES:
        found = problem_of(call(caller, method, address(path), data=body), 400, 422)
        assert found.reason.value == "request.invalid"


@pytest.mark.parametrize("operation", WITH_BODY, ids=name_of)
def test_a_field_that_is_nonsense_never_is_a_fault(
    cloud: Cloud, office: Office, operation: tuple[str, str, Any]
) -> None:
    method, path, details = operation
    caller = callers_of(office, details)[0] if details["security"] else cloud.nobody
    for body in spoiled_bodies(details):
        answer = call(caller, method, address(path), data=json.dumps(body))
        assert answer.status_code < 500, (body, answer.get_data(as_text=True))
        if answer.status_code >= 400:
            problem_of(answer, answer.status_code)
            assert SECRET not in answer.get_data(as_text=True)


@pytest.mark.parametrize("operation", WITH_QUERY, ids=name_of)
def test_a_query_that_is_nonsense_never_is_a_fault(office: Office, operation: tuple[str, str, Any]) -> None:
    method, path, details = operation
    names = [parameter["name"] for parameter in details["parameters"] if parameter["in"] == "query"]
    for name, value in product(
        [*names, "unknown"], ["", "x" * 500, "-1", "\x00", "ü", "%", "[]", "1e9", "9" * 40]
    ):
        answer = call(callers_of(office, details)[0], method, address(path), query_string={name: value})
        assert answer.status_code < 500, (name, value, answer.get_data(as_text=True))
        if answer.status_code >= 400:
            problem_of(answer, 422)


@pytest.mark.parametrize("operation", [found for found in OPERATIONS if "_id}" in found[1]], ids=name_of)
def test_ids_that_are_unknown_or_none_do_not_exist(office: Office, operation: tuple[str, str, Any]) -> None:
    method, path, details = operation
    body = b""
    if "requestBody" in details:
        schema = details["requestBody"]["content"]["application/json"]["schema"]
        body = json.dumps(valid_body(schema)).encode()
    for made_up in (str(uuid4()), "7", "x", "00000000-0000-0000-0000-000000000000", "' or 1=1 --"):
        ids = dict.fromkeys(IDS, made_up)
        found = problem_of(call(callers_of(office, details)[0], method, address(path, **ids), data=body), 404)
        assert found.reason.value == "request.not-found"


def test_another_office_gets_nothing_of_this_one_by_any_route(cloud: Cloud, office: Office) -> None:
    payload = deliver(office.computer, "0042", facts={"name": SECRET}, filename=f"{SECRET}.pdf")
    row = verify(office.recruiter, "0042")
    panel = office.recruiter.read(f"/api/candidates/{row['candidate_id']}")
    job = {"job_id": new_id(), "device_id": office.computer.device_id, "rank": SECRET, "ship_type": "x"}
    office.recruiter.send("/api/jobs/download", job)
    ids = {
        "candidate_id": row["candidate_id"],
        "device_id": office.computer.device_id,
        "job_id": job["job_id"],
        "resume_id": panel["resumes"][0]["resume_id"],
    }
    known = {
        **ids,
        **{name: payload[name] for name in ("candidate_external_id", "content_sha256", "file_sha256")},
    }
    before = office.recruiter.read("/api/dashboard/data")
    for method, path, details in GUARDED:
        caller = office.foreign_computer if by_a_computer(office, details) else office.stranger
        body = None
        if "requestBody" in details:
            body = valid_body(details["requestBody"]["content"]["application/json"]["schema"])
            body |= {name: value for name, value in known.items() if name in body}
            if "items" in body:
                body["items"] = [{"event_id": new_id(), "resume_id": ids["resume_id"]}]
        answer = call(caller, method, address(path, **ids), data=json.dumps(body) if body else None)
        text = text_of(answer)
        assert answer.status_code < 500, (method, path, text)
        assert SECRET not in text, (method, path)
        if "_id}" in path:
            problem_of(answer, 403, 404)
    assert office.recruiter.read("/api/dashboard/data") == before
    assert (
        office.computer.post("/api/device/heartbeat", {"agent_version": "1", "platform": "x"}).status_code
        == 200
    )
