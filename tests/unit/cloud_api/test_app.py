import json

import pytest
from werkzeug.test import TestResponse

from cloud_api.app import MAX_BODY
from tests.unit.cloud_api.conftest import MakeApp


def reason_of(answer: TestResponse) -> str:
    return str(json.loads(answer.data)["reason"])


def test_it_lives_and_says_so_without_its_database(make_app: MakeApp) -> None:
    answer = make_app().test_client().get("/api/health")
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "degraded"
    assert answer.get_json()["protocol"] == 1


def test_a_body_that_is_too_large_is_refused_before_it_is_read(make_app: MakeApp) -> None:
    body = b'{"email": "' + b"x" * MAX_BODY + b'"}'
    answer = make_app().test_client().post("/api/auth/sign-in", data=body, content_type="application/json")
    assert (answer.status_code, reason_of(answer)) == (413, "request.too-large")


@pytest.mark.parametrize(
    "path", ["/", "/api", "/api/", "/static/x", "/docs", "/openapi.json", "/api/health/"]
)
def test_there_is_nothing_else(make_app: MakeApp, path: str) -> None:
    answer = make_app().test_client().get(path)
    assert (answer.status_code, reason_of(answer)) == (404, "request.not-found")
