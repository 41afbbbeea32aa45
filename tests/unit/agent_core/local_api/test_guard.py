"""The guard as a table, and that no route is forgotten by it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent_core.local_api.app import create_app
from agent_core.local_api.guard import PUBLIC, WHILE_HELD, WRITING_READS, Asked, bearer, is_harmless, judge
from agent_core.local_api.tokens import session_tokens
from protocol.reasons import Reason
from tests.support.agent import TickingClock
from tests.support.agent_rig import HOST, Rig, refused, running_rig

PORT = 5001


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with running_rig(tmp_path_factory.mktemp("agent"), start=False) as joined:
        yield joined


def asked(**changes: str | None) -> Asked:
    fields: dict[str, str | None] = {
        "endpoint": "health.health",
        "method": "GET",
        "host": f"127.0.0.1:{PORT}",
        "origin": None,
        "fetch_site": None,
        "authorization": "",
    }
    return Asked(**(fields | changes))  # type: ignore[arg-type]  # a table of texts, each right for its field


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, Reason.AGENT_SESSION_REQUIRED),
        ({"endpoint": None}, Reason.AGENT_SESSION_REQUIRED),
        ({"endpoint": "ui.page"}, None),
        ({"endpoint": "ui.page", "method": "POST"}, Reason.AGENT_SESSION_REQUIRED),
        ({"endpoint": "launch.exchange", "method": "POST"}, None),
        ({"endpoint": "launch.renew", "method": "POST"}, Reason.AGENT_SESSION_REQUIRED),
        ({"endpoint": "ui.page", "host": f"evil.example.com:{PORT}"}, Reason.AGENT_FOREIGN_PAGE),
        ({"endpoint": "ui.page", "origin": "null"}, Reason.AGENT_FOREIGN_PAGE),
        ({"endpoint": "ui.page", "origin": f"http://localhost:{PORT}"}, None),
        ({"endpoint": "ui.page", "fetch_site": "cross-site"}, Reason.AGENT_FOREIGN_PAGE),
        ({"endpoint": "ui.page", "fetch_site": "none"}, None),
    ],
)
def test_the_guard_denies_by_default(changes: dict[str, str | None], reason: Reason | None) -> None:
    assert judge(asked(**changes), PORT, session_tokens(TickingClock())) is reason


def test_a_good_token_lets_in() -> None:
    tokens = session_tokens(TickingClock())
    token, _ = tokens.issue()
    assert judge(asked(authorization=f"Bearer {token}"), PORT, tokens) is None
    assert bearer(f"Basic {token}") == ""


def test_every_route_but_the_public_ones_wants_a_token(rig: Rig) -> None:
    client, closed = rig.app.test_client(), 0
    for rule in rig.app.url_map.iter_rules():
        for method in rule.methods or ():
            if method in PUBLIC.get(rule.endpoint, ()):
                continue
            path = rule.rule.replace("<uuid:job_id>", "7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0002")
            answer = client.open(path, method=method, headers={"Host": HOST})
            assert answer.status_code == 401, (method, rule.rule)
            closed += 1
    assert closed > 30


def test_a_version_on_probation_changes_nothing_by_any_route(rig: Rig) -> None:
    app = create_app(replace(rig.services, is_held=lambda: True))
    client, closed = app.test_client(), 0
    headers = {"Host": HOST, "Authorization": f"Bearer {rig.token}"}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD"}):
            if is_harmless(rule.endpoint, method):
                assert method in {"GET", "HEAD", "OPTIONS"} or rule.endpoint in WHILE_HELD
                continue
            path = rule.rule.replace("<uuid:job_id>", "7a0f5d8e-3f0a-4f7b-8a50-6f4c6f9d0002")
            answer = client.open(path, method=method, headers=headers, json={})
            assert refused(answer) == (503, Reason.AGENT_JUST_UPDATED), (method, rule.rule)
            closed += 1
    assert closed > 20
    for path in ("/health", "/update", "/settings", "/jobs"):
        assert client.get(path, headers=headers).status_code == 200
    assert client.get("/health", headers=headers).get_json()["is_held"]


def test_what_may_be_asked_on_probation_is_there(rig: Rig) -> None:
    assert {rule.endpoint for rule in rig.app.url_map.iter_rules()} >= WHILE_HELD | WRITING_READS


def test_every_public_route_is_there(rig: Rig) -> None:
    assert set(PUBLIC) <= {rule.endpoint for rule in rig.app.url_map.iter_rules()}


def test_defect_8_a_stale_token_gets_nothing(tmp_path: Path) -> None:
    with running_rig(tmp_path, start=False) as other:
        token = other.token
    with running_rig(tmp_path, start=False) as after_a_restart:
        answer = after_a_restart.call("GET", "/health", Authorization=f"Bearer {token}")
        assert refused(answer) == (401, Reason.AGENT_SESSION_REQUIRED)
