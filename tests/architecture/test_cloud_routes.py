"""Every cloud route says who may use it and is in docs/ROUTES.md and in the committed OpenAPI document."""

import re
from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from cloud_api.__main__ import disconnected_app, openapi_text
from cloud_api.auth.guard import rules_of
from cloud_api.auth.policy import POLICY, Action
from tests.support.tree import ROOT

PUBLIC = {
    "GET /api/health",
    "GET /health/live",
    "GET /health/ready",
    "POST /api/auth/sign-in",
    "POST /api/auth/refresh",
    "POST /api/auth/invitation",
    "POST /api/auth/join",
    "POST /api/device/register",
    "GET /api/objects/{key}",
    "PUT /api/objects/{key}",
    "GET /api/updates/{path}",
}
"""The whole list of what needs no token; each of these has its own proof of who asks, or tells nothing."""


@pytest.fixture(scope="module")
def app() -> Iterator[APIFlask]:
    with disconnected_app() as made:
        yield made


def routes_of(app: APIFlask) -> dict[str, str]:
    """Return "METHOD /path" -> endpoint."""
    found = {}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found[f"{method} {path}"] = rule.endpoint
    return found


def documented() -> set[str]:
    text = (ROOT / "docs" / "ROUTES.md").read_text(encoding="utf-8").split("## Local API")[0]
    found = set()
    for line in text.splitlines():
        first_cell = line.split("|")[1] if line.startswith("|") else ""
        for method, path in re.findall(r"`((?:[A-Z]+`/`)*[A-Z]+) (/(?:api|health)/[^`?]*)", first_cell):
            found |= {f"{one} {path}" for one in method.replace("`", "").split("/")}
        if match := re.search(r"`(PUT)`/`(GET) (/api/[^`?]*)", first_cell):
            found |= {f"{match[1]} {match[3]}", f"{match[2]} {match[3]}"}
    return found


def test_every_route_has_a_rule_and_only_the_listed_ones_are_public(app: APIFlask) -> None:
    rules = rules_of(app)
    routes = routes_of(app)
    assert len(routes) >= 30
    public = {route for route, endpoint in routes.items() if not isinstance(rules[endpoint], Action)}
    assert public == PUBLIC
    assert all(rules[endpoint] for endpoint in routes.values())


def test_every_rule_is_a_row_of_the_policy_table(app: APIFlask) -> None:
    used = {rule for rule in rules_of(app).values() if isinstance(rule, Action)}
    assert used <= set(POLICY)


def test_a_route_that_says_nothing_is_refused(app: APIFlask) -> None:
    with disconnected_app() as forgetful:
        forgetful.add_url_rule("/api/forgotten", "forgotten", lambda: "everything")
        answer = forgetful.test_client().get("/api/forgotten")
    assert answer.status_code == 403
    assert answer.get_json()["reason"] == "auth.forbidden"


def test_the_routes_are_the_documented_ones(app: APIFlask) -> None:
    assert set(routes_of(app)) == documented()


def test_the_committed_openapi_document_is_fresh() -> None:
    committed = (ROOT / "cloud_api" / "openapi.json").read_text(encoding="utf-8")
    assert committed == openapi_text(), "run: python -m cloud_api --openapi > cloud_api/openapi.json"
