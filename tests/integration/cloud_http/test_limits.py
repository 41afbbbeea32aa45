"""Guessing is slowed down: by address over all doors, by account over all addresses, and by person."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.support.cloud_app import PASSWORD, Cloud, refused, running_cloud
from tests.support.postgres import TestDatabase

CODE = {"pairing_code": "AAAA-AAAA", "device_name": "x", "platform": "x", "agent_version": "x"}
DOORS = (
    ("/api/auth/sign-in", {"email": "nobody@example.com", "password": "wrong password 1"}),
    ("/api/auth/refresh", {"refresh_token": "x"}),
    ("/api/device/register", CODE),
    ("/api/auth/invitation", {"invitation_token": "nji_x"}),
    ("/api/auth/join", {"invitation_token": "nji_x", "full_name": "x", "password": "x" * 12}),
)


@pytest.fixture
def strict(database: TestDatabase, tmp_path: Path) -> Iterator[Cloud]:
    limits = {
        "sign_in_limit": "5 per hour",
        "account_limit": "3 per 30 minutes",
        "pairing_limit": "2 per hour",
    }
    with running_cloud(database, tmp_path, **limits) as cloud:
        cloud.change("delete from app.tries")
        yield cloud


def attempt(cloud: Cloud, path: str, body: dict[str, str], address: str) -> TestResponse:
    return cloud.app.test_client().post(path, json=body, environ_base={"REMOTE_ADDR": address})


def must_wait(answer: TestResponse, most: int) -> bool:
    """Tell whether a try was refused with the seconds until the next."""
    if answer.status_code != 429:
        return False
    assert refused(answer) == (429, "request.too-many")
    seconds = int(answer.headers["Retry-After"])
    assert answer.get_json()["facts"] == {"retry_after_seconds": seconds}
    return 0 < seconds <= most


def test_one_address_has_so_many_tries_over_all_doors(strict: Cloud) -> None:
    for path, body in DOORS:
        assert attempt(strict, path, body, "192.0.2.1").status_code in {401, 422}
    for path, body in DOORS:
        assert must_wait(attempt(strict, path, body, "192.0.2.1"), 3600)
        assert attempt(strict, path, body, "192.0.2.2").status_code in {401, 422}


def test_a_house_of_many_addresses_is_one(strict: Cloud) -> None:
    path, body = DOORS[1]
    for number in range(5):
        assert attempt(strict, path, body, f"2001:db8::{number}").status_code == 401
    assert must_wait(attempt(strict, path, body, "2001:db8::ffff:1"), 3600)
    assert attempt(strict, path, body, "2001:db8:0:1::1").status_code == 401


def test_one_account_has_so_many_wrong_passwords_wherever_they_come_from(strict: Cloud) -> None:
    person = strict.member("Limits", "Lena", "recruiter")
    wrong = {"email": person.email, "password": "wrong password 1"}
    right = {"email": person.email, "password": PASSWORD}
    for _ in range(2):  # a right one in between begins anew
        for number in range(2):
            assert attempt(strict, "/api/auth/sign-in", wrong, f"192.0.2.{number}").status_code == 401
        assert attempt(strict, "/api/auth/sign-in", right, "192.0.2.77").status_code == 200
    for number in range(3):
        upper = wrong | {"email": person.email.upper()}
        assert attempt(strict, "/api/auth/sign-in", upper, f"192.0.2.{number}").status_code == 401
    for body in (wrong, right):
        assert must_wait(attempt(strict, "/api/auth/sign-in", body, "198.51.100.9"), 1800)
    other = {"email": f"{uuid4()}@example.com", "password": "wrong password 1"}
    assert attempt(strict, "/api/auth/sign-in", other, "198.51.100.9").status_code == 401


def test_one_person_makes_so_many_pairing_codes(strict: Cloud) -> None:
    person, colleague = (
        strict.member("Codes", "Cora", "recruiter"),
        strict.member("Codes", "Cem", "recruiter"),
    )
    for _ in range(2):
        assert person.post("/api/device/pairing-codes").status_code == 200
    assert must_wait(person.post("/api/device/pairing-codes"), 3600)
    assert colleague.post("/api/device/pairing-codes").status_code == 200


def test_a_proxy_that_is_trusted_says_whose_address_it_is(database: TestDatabase, tmp_path: Path) -> None:
    path, body = DOORS[1]
    for proxies, statuses in ((1, [401, 401, 429]), (0, [401, 429, 429])):
        with running_cloud(database, tmp_path, sign_in_limit="1 per hour", trusted_proxies=proxies) as cloud:
            cloud.change("delete from app.tries")
            answers = [
                cloud.app.test_client().post(path, json=body, headers={"X-Forwarded-For": address})
                for address in ("192.0.2.1:5678", "192.0.2.2", "192.0.2.9, 192.0.2.1")
            ]
            assert [answer.status_code for answer in answers] == statuses


def test_links_of_an_invitation_give_no_more_guesses_at_a_password(strict: Cloud) -> None:
    person, admin = strict.member("Limits", "Nils", "recruiter"), strict.member("Guessers", "Ada", "admin")
    made = admin.send("/api/invitations", {"email": person.email, "role": "recruiter"})
    renew = f"/api/invitations/{made['invitation']['invitation_id']}/renew"
    guess = {"full_name": "x", "password": "wrong password 1"}
    for number in range(3):
        body = guess | {"invitation_token": admin.send(renew)["invitation_token"]}
        assert attempt(strict, "/api/auth/join", body, f"192.0.2.{number}").status_code == 409
    body = guess | {"invitation_token": admin.send(renew)["invitation_token"]}
    assert must_wait(attempt(strict, "/api/auth/join", body, "192.0.2.9"), 1800)
