import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.unit.cloud_api.conftest import MakeApp

OFFICE = "https://office.example.com"


def preflight(client: FlaskClient, origin: str) -> TestResponse:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return client.options("/api/dashboard/status", headers=headers)


def cors_headers(answer: TestResponse) -> list[str]:
    return [name for name in answer.headers.keys() if name.startswith("Access-Control-")]  # noqa: SIM118 - pairs otherwise


@pytest.mark.parametrize("path", ["/api/health", "/api/nowhere", "/api/me"])
def test_every_answer_tells_browsers_not_to_sniff_frame_or_keep_it(make_app: MakeApp, path: str) -> None:
    headers = make_app().test_client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Trace-Id"]


def test_the_one_origin_may_ask_and_read(make_app: MakeApp) -> None:
    client = make_app(allowed_origin=OFFICE).test_client()
    answer = preflight(client, OFFICE)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == OFFICE
    allowed = "Authorization, Content-Type, Last-Event-ID, X-Trace-Id"
    assert answer.headers["Access-Control-Allow-Headers"] == allowed
    answer = client.get("/api/me", headers={"Origin": OFFICE})
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == OFFICE
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example.com",
        "https://office.example.com.evil.example.com",
        "http://office.example.com",
        "https://office.example.com:8443",
        "https://OFFICE.example.com",
        "null",
        "*",
    ],
)
def test_no_other_origin_gets_a_word(make_app: MakeApp, origin: str) -> None:
    client = make_app(allowed_origin=OFFICE).test_client()
    assert cors_headers(preflight(client, origin)) == []
    assert cors_headers(client.get("/api/health", headers={"Origin": origin})) == []


def test_without_an_origin_there_is_no_cors_at_all(make_app: MakeApp) -> None:
    client = make_app().test_client()
    for origin in (OFFICE, "", "null"):
        assert cors_headers(preflight(client, origin)) == []
        assert cors_headers(client.get("/api/health", headers={"Origin": origin})) == []
