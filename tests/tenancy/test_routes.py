"""Every route, asked by everybody for their own things, a colleague's and another organisation's."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from cloud_api.auth.guard import rules_of
from cloud_api.auth.policy import POLICY, Action, Actor, Scope
from protocol.problems import PROBLEM_MEDIA_TYPE
from tests.architecture.test_cloud_routes import routes_of
from tests.support.cloud_app import Caller, Cloud, running_cloud
from tests.support.postgres import PostgresServer
from tests.tenancy.routes import REJECTED, ROUTES
from tests.tenancy.things import Desk, make_things

pytestmark = pytest.mark.timeout(900)  # many small questions: on a machine that does much else they take long
NORTH, SOUTH = "North-canary", "South-canary"
PEOPLE = (
    (NORTH, "Anna", "recruiter"),
    (NORTH, "Bela", "recruiter"),
    (NORTH, "Mia", "manager"),
    (NORTH, "Ada", "admin"),
    (SOUTH, "Sven", "recruiter"),
    (SOUTH, "Sofia", "manager"),
    (SOUTH, "Stig", "admin"),
)


@dataclass(frozen=True)
class Asking:
    """Somebody who calls, and what is theirs."""

    name: str
    actor: Actor
    caller: Caller
    desk: Desk
    things: Mapping[str, str]


@dataclass(frozen=True)
class Offices:
    """Two offices in one cloud."""

    cloud: Cloud
    asking: list[Asking]
    rules: Mapping[str, Action | str | None]

    def colleague_of(self, one: Asking) -> Asking:
        """Return another person of the same office."""
        return next(
            other
            for other in self.asking
            if other.desk.mark == one.desk.mark
            and other.desk is not one.desk
            and other.actor is not Actor.DEVICE
        )

    def stranger_to(self, one: Asking) -> Asking:
        """Return a person of the other office."""
        return next(other for other in self.asking if other.desk.mark != one.desk.mark)


@pytest.fixture(scope="module")
def offices(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    folder = Path(tmp_path_factory.mktemp("objects"))
    with postgres.database() as database, running_cloud(database, folder) as cloud:
        members = [(office, role, cloud.member(office, name, role)) for office, name, role in PEOPLE]
        admins = {office: member for office, role, member in members if role == "admin"}
        asking = []
        for office, role, member in members:
            desk = Desk(cloud, member, cloud.computer(member, office), admins[office], office)
            things = make_things(desk, {}, "")
            name = f"{member.email} ({role})"
            asking.append(Asking(name, Actor(role), member, desk, things))
            if role == "recruiter":
                asking.append(Asking(f"computer of {name}", Actor.DEVICE, desk.computer, desk, things))
        said = rules_of(cloud.app)
        rules = {route: said[endpoint] for route, endpoint in routes_of(cloud.app).items()}
        yield Offices(cloud, asking, rules)


GUARDED = sorted(route for route, row in ROUTES.items() if not row.public)


def filled(template: Any, things: Mapping[str, str]) -> Any:
    """Return a body with the ids of things in it."""
    if isinstance(template, dict):
        return {name: filled(value, things) for name, value in template.items()}
    if isinstance(template, list):
        return [filled(value, things) for value in template]
    if template == "$new":
        return str(uuid4())
    return things[template[1:]] if isinstance(template, str) and template.startswith("$") else template


def ask(route: str, caller: Caller, things: Mapping[str, str]) -> TestResponse:
    """Call a route about these things; a stream is not read."""
    method, path = route.split(" ")
    row = ROUTES[route]
    for name, value in things.items():
        path = path.replace(f"{{{name}}}", value)
    body = None if row.body is None else filled(row.body, things)
    return caller.client.open(
        path, method=method, json=body, query_string=dict(row.query) or None, headers=caller.headers
    )


def names_a_thing(route: str) -> bool:
    """Tell whether a route is asked for something by an id, in its path or its body."""
    body = json.dumps(ROUTES[route].body).replace('"$new"', "")
    return "{" in route or '"$' in body


def scope_of(offices: Offices, route: str, actor: Actor) -> Scope | None:
    """Return how far a route reaches for an actor; None when they may not use it."""
    action = offices.rules[route]
    assert isinstance(action, Action)
    scope = POLICY[action].get(actor)
    overridden = ROUTES[route].scope
    return overridden[0] if scope and overridden else scope


def refused(answer: TestResponse, statuses: frozenset[int]) -> str:
    """Return what is wrong with a refusal; nothing when all is well."""
    text = answer.get_data(as_text=True)
    if answer.status_code not in statuses:
        return f"{answer.status_code} {text[:200]}"
    if statuses is REJECTED:
        return "" if '"accepted"' not in text else text[:200]
    return "" if answer.content_type == PROBLEM_MEDIA_TYPE else f"no problem: {answer.content_type}"


def test_every_route_has_its_row_here(offices: Offices) -> None:
    assert set(offices.rules) - set(ROUTES) == set(), "say what they answer in tests/tenancy/routes.py"
    assert set(ROUTES) - set(offices.rules) == set()
    open_to_all = {route for route, rule in offices.rules.items() if not isinstance(rule, Action)}
    assert {route for route, row in ROUTES.items() if row.public} == open_to_all


@pytest.mark.parametrize("route", GUARDED)
def test_nobody_and_whoever_may_not_are_refused(offices: Offices, route: str) -> None:
    things = offices.asking[0].things
    assert not refused(ask(route, offices.cloud.nobody, things), frozenset({401}))
    for one in offices.asking:
        if scope_of(offices, route, one.actor) is None:
            for whose in (one, offices.colleague_of(one), offices.stranger_to(one)):
                wrong = refused(ask(route, one.caller, whose.things), frozenset({403}))
                assert not wrong, f"{one.name} asks for {whose.name}'s: {wrong}"


@pytest.mark.parametrize("route", [route for route in GUARDED if names_a_thing(route)])
def test_what_is_not_theirs_does_not_exist(offices: Offices, route: str) -> None:
    for one in offices.asking:
        scope = scope_of(offices, route, one.actor)
        others = [offices.stranger_to(one)]
        if scope is Scope.OWN:
            others.append(offices.colleague_of(one))
        for whose in others if scope else ():
            wrong = refused(ask(route, one.caller, whose.things), ROUTES[route].none)
            assert not wrong, f"{one.name} asks for {whose.name}'s: {wrong}"


@pytest.mark.parametrize("route", GUARDED)
def test_whoever_may_gets_what_is_theirs_and_nothing_of_another_organisation(
    offices: Offices, route: str
) -> None:
    for one in offices.asking:
        scope = scope_of(offices, route, one.actor)
        theirs = (
            [one]
            if scope is not Scope.OFFICE or not names_a_thing(route)
            else [one, offices.colleague_of(one)]
        )
        for whose in theirs if scope else ():
            things = whose.things
            if ROUTES[route].fresh:
                things = make_things(whose.desk, things, f"{route} {ROUTES[route].body}")
            with ask(route, one.caller, things) as answer:
                assert answer.status_code in ROUTES[route].done, (
                    f"{one.name} asks for {whose.name}'s: {answer.status_code}"
                )
                if answer.mimetype == "application/json":
                    says_nothing_of(offices.stranger_to(one), answer.get_data(as_text=True))


def says_nothing_of(stranger: Asking, text: str) -> None:
    """Fail when an answer names anything of another office."""
    assert stranger.desk.mark not in text
    assert not [name for name, value in stranger.things.items() if value in text]
