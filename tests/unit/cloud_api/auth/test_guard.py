"""The guard in front of the views: what needs no database."""

from datetime import datetime

import pytest
from flask import Flask

from cloud_api.auth.guard import (
    Guard,
    allow,
    allow_anyone,
    bearer_token,
    ip_address_of,
    rules_of,
    token_hash,
)
from cloud_api.auth.policy import Action
from cloud_api.auth.tokens import LOCAL_ISSUER, LocalSigner, TokenVerifier
from cloud_api.db.pool import Database
from cloud_api.errors import Forbidden, NotSignedIn


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__, static_folder=None)
    made.testing = True
    database = Database("postgresql://njordhr_api:x@127.0.0.1:1/never-asked")

    def never() -> datetime:
        pytest.fail("no token is looked at here")

    signer = LocalSigner(never)
    Guard(database, TokenVerifier(signer, LOCAL_ISSUER, never)).install(made)

    @made.get("/open")
    @allow_anyone("it tells nothing")
    def opened() -> str:
        return "open"

    @made.get("/closed")
    @allow(Action.ME_READ)
    def closed() -> str:
        return "closed"

    @made.get("/forgotten")
    def forgotten() -> str:
        return "forgotten"

    return made


def test_a_view_that_says_so_is_open(app: Flask) -> None:
    assert app.test_client().get("/open").text == "open"


def test_a_view_with_an_action_wants_to_know_who_asks(app: Flask) -> None:
    with pytest.raises(NotSignedIn):
        app.test_client().get("/closed")


def test_a_view_that_says_nothing_is_refused_to_everybody(app: Flask) -> None:
    with pytest.raises(Forbidden):
        app.test_client().get("/forgotten")


def test_what_does_not_exist_is_not_the_guards_business(app: Flask) -> None:
    assert app.test_client().get("/nothing").status_code == 404


def test_the_rules_of_an_app_can_be_listed(app: Flask) -> None:
    assert rules_of(app) == {"opened": "it tells nothing", "closed": Action.ME_READ, "forgotten": None}


def test_the_word_bearer_is_read_in_any_case() -> None:
    assert bearer_token("bearer  abc ") == bearer_token("Bearer abc") == "abc"


def test_a_token_is_kept_as_its_digest() -> None:
    assert len(token_hash("njd_x")) == 32
    assert token_hash("njd_x") != token_hash("njd_y")


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::1"),
        ("unix:", ""),
        ("", ""),
        (None, ""),
        ("evil'; drop", ""),
    ],
)
def test_only_an_ip_address_gets_into_the_audit_log(remote: str | None, address: str) -> None:
    assert ip_address_of(remote) == address
