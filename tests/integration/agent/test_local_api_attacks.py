"""Whatever is not the agent's own page gets nothing from it, on the real socket."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_core.bootstrap import Agent, AgentOptions, build_agent
from agent_core.keychain import MemorySecrets
from protocol.reasons import Reason

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def web_ui(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>NjordHR</title>", encoding="utf-8")
    (folder / "assets" / "main-abc123.js").write_text("export {}", encoding="utf-8")
    (folder.parent / "secret.txt").write_text("not for you", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory, web_ui: Path) -> Iterator[Agent]:
    folder = tmp_path_factory.mktemp("agent")
    started = build_agent(
        AgentOptions(folder, folder / "agent.json", web_ui, preferred_port=0, secrets=MemorySecrets())
    )
    started.start()
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def token(agent: Agent) -> str:
    code = agent.launch_url().partition("#code=")[2]
    status, _, body = call(agent, "POST", "/launch/exchange", {"code": code})
    assert status == 200
    session_token: str = json.loads(body)["session_token"]
    return session_token


def call(
    agent: Agent, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
) -> Answer:
    """Send one request with the path exactly as given."""
    connection = http.client.HTTPConnection("127.0.0.1", agent.port, timeout=20)
    given = {"Host": f"127.0.0.1:{agent.port}", **(headers or {})}
    data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in given.items():
            connection.putheader(name, value.format(port=agent.port))
        if data:
            connection.putheader("Content-Type", "application/json")
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data or None)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def assert_refused(answer: Answer, status: int, reason: Reason) -> None:
    code, headers, body = answer
    assert headers["content-type"] == "application/problem+json", body
    assert (code, json.loads(body)["reason"]) == (status, reason)
    assert not [name for name in headers if name.startswith("access-control-")]


FOREIGN = [
    {"Host": "evil.example.com"},
    {"Host": "evil.example.com:{port}"},
    {"Host": "127.0.0.1"},
    {"Host": "127.0.0.1:1"},
    {"Host": "127.0.0.1.example.com:{port}"},
    {"Host": "[::1]:{port}"},
    {"Host": ""},
    {"Origin": "https://evil.example.com"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", ["/health", "/app/", "/app/config.json", "/api/me"])
def test_a_foreign_page_gets_nothing_even_with_a_token(
    agent: Agent, token: str, headers: dict[str, str], path: str
) -> None:
    answer = call(agent, "GET", path, headers={"Authorization": f"Bearer {token}", **headers})
    assert_refused(answer, 403, Reason.AGENT_FOREIGN_PAGE)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"},
        {"Host": "localhost:{port}", "Origin": "http://localhost:{port}", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
    ids=str,
)
def test_the_own_page_is_answered(agent: Agent, token: str, headers: dict[str, str]) -> None:
    status, _, body = call(agent, "GET", "/health", headers={"Authorization": f"Bearer {token}", **headers})
    assert status == 200
    assert json.loads(body)["status"] == "ok"


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer ",
        "Bearer x",
        "Basic {token}",
        "bearer {token}",
        "{token}",
        "Bearer {token}x",
        "Bearer \xff",
    ],
)
def test_without_its_exact_token_there_is_no_answer(
    agent: Agent, token: str, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.replace("{token}", token)}
    assert_refused(call(agent, "GET", "/health", headers=headers), 401, Reason.AGENT_SESSION_REQUIRED)


@pytest.mark.parametrize("path", ["/health?token={}", "/health?access_token={}", "/health/{}", "/{}"])
def test_a_token_in_an_address_is_no_token(agent: Agent, token: str, path: str) -> None:
    assert_refused(call(agent, "GET", path.format(token)), 401, Reason.AGENT_SESSION_REQUIRED)


def test_a_launch_code_works_once(agent: Agent) -> None:
    code = agent.launch_url().partition("#code=")[2]
    assert call(agent, "POST", "/launch/exchange", {"code": code})[0] == 200
    for again in (code, "guess", code + "x"):
        answer = call(agent, "POST", "/launch/exchange", {"code": again})
        assert_refused(answer, 401, Reason.AGENT_LAUNCH_CODE)


PATHS_OUT = [
    "/app/../secret.txt",
    "/app/..%2fsecret.txt",
    "/app/%2e%2e/secret.txt",
    "/app/%2e%2e%2fsecret.txt",
    "/app/assets/../../secret.txt",
    "/app/assets/..%5c..%5csecret.txt",
    "/app//etc/passwd",
    "/app/%2fetc%2fpasswd.txt",
    "/app/C:%5cWindows%5cwin.ini",
    "/app/assets/missing.js",
    "/app/secret.txt%00.html",
    "/app/.env",
]


@pytest.mark.parametrize("path", PATHS_OUT)
def test_no_path_leads_out_of_the_web_ui(agent: Agent, token: str, path: str) -> None:
    status, _, body = call(agent, "GET", path, headers={"Authorization": f"Bearer {token}"})
    assert b"not for you" not in body
    assert b"root:" not in body
    # A name without an extension is a page of the UI; everything else is not found.
    assert status in {308, 404} or b"<title>NjordHR" in body


@pytest.mark.parametrize(
    "path",
    [
        "/resumes/..%2f..%2fetc/passwd",
        "/resumes/../../etc/passwd",
        "/resumes/0042/..",
        "/resumes/0042/" + "0" * 64,
        "/resumes/%00/%00",
    ],
)
def test_no_path_leads_out_of_the_download_folder(agent: Agent, token: str, path: str) -> None:
    status, headers, _ = call(agent, "GET", path, headers={"Authorization": f"Bearer {token}"})
    assert status == 404
    assert headers["content-type"] == "application/problem+json"


BAD_BODIES: list[tuple[str, str, object]] = [
    ("POST", "/session/start", {"username": "a", "password": "b", "phone": "1", "extra": 1}),
    ("POST", "/session/start", {"username": "a" * 300, "phone": "1"}),
    ("POST", "/session/start", []),
    ("POST", "/session/start", None),
    ("POST", "/session/start", b"{"),
    ("POST", "/session/start", b"\xff"),
    ("POST", "/session/start", b"[" * 5000),
    ("POST", "/session/verify-otp", {"otp": "1; drop table"}),
    ("PATCH", "/settings", {"api_base_url": "https://evil.example.com"}),
    ("PATCH", "/settings", {"log_level": "loud"}),
    ("PATCH", "/settings", {"auto_start": "perhaps"}),
    ("PUT", "/settings/download-folder", {"download_folder": ""}),
    ("POST", "/jobs/download", {"rank": "2nd Officer", "ship_type": "Bulk Carrier", "job_id": "x"}),
    ("POST", "/pairing", {"pairing_code": "x" * 41}),
    ("POST", "/launch/exchange", {"code": 5}),
    ("POST", "/api/auth/sign-in", {"email": "a@example.com", "password": "x", "role": "admin"}),
    ("GET", "/folders?path=%2f&depth=9", None),
]


@pytest.mark.parametrize(("method", "path", "body"), BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_nonsense_is_refused_with_its_reason(
    agent: Agent, token: str, method: str, path: str, body: object
) -> None:
    answer = call(agent, method, path, body, {"Authorization": f"Bearer {token}"})
    assert answer[0] in {400, 415, 422}
    assert_refused(answer, answer[0], Reason.REQUEST_INVALID)


def test_a_field_that_is_not_known_is_not_repeated(agent: Agent, token: str) -> None:
    _, _, body = call(agent, "PATCH", "/settings", {"canary-field": 1}, {"Authorization": f"Bearer {token}"})
    assert b"canary" not in body


@pytest.mark.parametrize("path", ["/session/start", "/api/review/verify"])
def test_an_oversized_body_is_refused(agent: Agent, token: str, path: str) -> None:
    body = b'{"username": "' + b"a" * (2 * 1024 * 1024) + b'"}'
    answer = call(agent, "POST", path, body, {"Authorization": f"Bearer {token}"})
    assert_refused(answer, 413, Reason.REQUEST_TOO_LARGE)


@pytest.mark.parametrize(
    ("method", "path", "reason"),
    [
        ("GET", "/nowhere", Reason.REQUEST_NOT_FOUND),
        ("POST", "/health", Reason.REQUEST_METHOD),
        ("TRACE", "/health", Reason.REQUEST_METHOD),
        ("GET", "/jobs/not-an-id", Reason.REQUEST_NOT_FOUND),
        ("GET", "/jobs/7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0002", Reason.REQUEST_NOT_FOUND),
        ("GET", "/jobs/7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0002/stream", Reason.REQUEST_NOT_FOUND),
        ("POST", "/outbox/7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0002/retry", Reason.REQUEST_NOT_FOUND),
        ("GET", "/api/auth/refresh", Reason.REQUEST_NOT_FOUND),
        ("POST", "/api/device/register", Reason.REQUEST_NOT_FOUND),
        ("GET", "/api/../health", Reason.REQUEST_NOT_FOUND),
        ("GET", "/api/%2e%2e/%2e%2e/admin", Reason.REQUEST_NOT_FOUND),
    ],
)
def test_what_is_not_there_says_so(agent: Agent, token: str, method: str, path: str, reason: Reason) -> None:
    status = 405 if reason is Reason.REQUEST_METHOD else 404
    assert_refused(call(agent, method, path, headers={"Authorization": f"Bearer {token}"}), status, reason)


def test_a_preflight_is_not_answered_with_permission(agent: Agent) -> None:
    headers = {"Origin": "https://evil.example.com", "Access-Control-Request-Method": "POST"}
    assert_refused(call(agent, "OPTIONS", "/session/start", headers=headers), 403, Reason.AGENT_FOREIGN_PAGE)


def test_pages_have_a_strict_policy_and_hashed_files_are_kept(agent: Agent) -> None:
    _, page, body = call(agent, "GET", "/app/download/now")
    assert b"<title>NjordHR" in body
    assert page["cache-control"] == "no-cache"
    for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert rule in page["content-security-policy"]
    assert page["x-content-type-options"] == "nosniff"
    _, script, _ = call(agent, "GET", "/app/assets/main-abc123.js")
    assert "immutable" in script["cache-control"]
    assert script["content-type"].startswith("text/javascript")


def test_the_root_leads_to_the_ui_and_says_what_it_is(agent: Agent) -> None:
    status, headers, _ = call(agent, "GET", "/")
    assert (status, headers["location"]) == (302, "/app/")
    _, _, body = call(agent, "GET", "/app/config.json")
    assert json.loads(body) == {"mode": "agent", "api_base_url": "", "demo": None}
