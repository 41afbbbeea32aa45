"""Signing in over HTTP with the accounts of one machine."""

import pytest

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import PASSWORD, Caller, Cloud, refused


def test_a_session_says_who_one_is_and_what_one_may(cloud: Cloud, office: Office) -> None:
    session = cloud.nobody.send("/api/auth/sign-in", {"email": office.recruiter.email, "password": PASSWORD})
    assert session["token_type"] == "bearer"
    assert session["expires_in"] > 0
    me = session["me"]
    assert (me["organisation_name"], me["role"], me["full_name"]) == ("North", "recruiter", "Anna of North")
    assert "candidates.set-status" in me["actions"]
    assert "members.read" not in me["actions"]
    assert office.recruiter.read("/api/me") == me


def test_the_address_may_be_written_in_any_case(cloud: Cloud, office: Office) -> None:
    body = {"email": office.recruiter.email.upper(), "password": PASSWORD}
    assert cloud.nobody.send("/api/auth/sign-in", body)["me"]["email"] == office.recruiter.email


@pytest.mark.parametrize("email", ["anna@north.example.com", "nobody@north.example.com"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    cloud: Cloud, office: Office, email: str
) -> None:
    answer = cloud.nobody.post("/api/auth/sign-in", {"email": email, "password": "wrong password 1"})
    assert refused(answer) == (401, "auth.wrong-credentials")


def test_a_refresh_token_is_used_up(cloud: Cloud, office: Office) -> None:
    person = cloud.sign_in(office.colleague.email)
    session = cloud.nobody.send("/api/auth/refresh", {"refresh_token": person.refresh_token})
    assert session["refresh_token"] != person.refresh_token
    assert Caller(cloud.app.test_client(), session["access_token"]).read("/api/me")["email"] == person.email
    again = cloud.nobody.post("/api/auth/refresh", {"refresh_token": person.refresh_token})
    assert refused(again)[0] == 401


def test_signing_out_ends_the_sign_in(cloud: Cloud, office: Office) -> None:
    person = cloud.sign_in(office.colleague.email)
    body = {"refresh_token": person.refresh_token}
    assert person.post("/api/auth/sign-out", body).status_code == 204
    assert refused(cloud.nobody.post("/api/auth/refresh", body))[0] == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer x", "Bearer njd_x", "Bearer a.b.c", "Bearer ü"]
)
def test_a_token_that_is_none_is_nobody(cloud: Cloud, header: str) -> None:
    answer = cloud.app.test_client().get(
        "/api/me", headers={"Authorization": header.encode().decode("latin-1")}
    )
    status, reason = refused(answer)
    assert status == 401
    assert reason in {"auth.required", "auth.token-invalid"}
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_membership_that_is_switched_off_ends_at_the_next_request(cloud: Cloud) -> None:
    person = cloud.member("East", "Eva", "recruiter")
    cloud.change("update app.memberships set active = false where user_id = %s", person.user_id)
    assert refused(person.get("/api/me")) == (403, "auth.not-a-member")
    body = {"email": person.email, "password": PASSWORD}
    assert refused(cloud.nobody.post("/api/auth/sign-in", body)) == (403, "auth.not-a-member")


def test_a_computer_is_no_person(office: Office) -> None:
    assert refused(office.computer.get("/api/me")) == (403, "auth.forbidden")
