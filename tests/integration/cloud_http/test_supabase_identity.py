"""The whole API with Supabase Auth: invited, joined, refused for each wrong token, switched off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.cloud_app import Caller, Cloud, refused, running_cloud
from tests.support.gotrue import PUBLISHABLE, SECRET, GoTrue, SigningKey, gotrue_server
from tests.support.postgres import TestDatabase

PASSWORD = "three ships in fog"


@dataclass(frozen=True)
class Project:
    """A Supabase project and the API on it."""

    cloud: Cloud
    gotrue: GoTrue

    def sign_in(self, email: str) -> Caller:
        session = self.cloud.nobody.send("/api/auth/sign-in", {"email": email, "password": PASSWORD})
        return self.with_token(session["access_token"])

    def with_token(self, token: str) -> Caller:
        return Caller(self.cloud.app.test_client(), token)

    def first_admin(self) -> Caller:
        """Make the office as an operator does, behind the API."""
        user_id = self.gotrue.add_user("ada@example.com", PASSWORD)
        self.cloud.change(
            "with o as (insert into app.organisations (name) values ('Quay') returning id),"
            " u as (insert into app.users (id, email, full_name)"
            " values (%s, 'ada@example.com', 'Ada Quay') returning id)"
            " insert into app.memberships (user_id, organisation_id, role)"
            " select u.id, o.id, 'admin' from u, o",
            user_id,
        )
        return self.sign_in("ada@example.com")


@pytest.fixture(scope="module")
def project(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = Path(tmp_path_factory.mktemp("objects"))
    with gotrue_server(database.admin_url) as gotrue:
        settings = {
            "auth_provider": "supabase",
            "supabase_url": gotrue.url,
            "supabase_publishable_key": PUBLISHABLE,
            "supabase_secret_key": SECRET,
        }
        with running_cloud(database, folder, **settings) as cloud:
            yield Project(cloud, gotrue)


@pytest.fixture(scope="module")
def admin(project: Project) -> Caller:
    return project.first_admin()


def joined(project: Project, admin: Caller, email: str, role: str = "recruiter") -> Any:
    made = admin.send("/api/invitations", {"email": email, "role": role})
    body = {"invitation_token": made["invitation_token"], "full_name": "Nina Novak", "password": PASSWORD}
    return project.cloud.nobody.send("/api/auth/join", body)


def test_an_invited_person_joins_and_the_secret_key_is_used_for_that_alone(
    project: Project, admin: Caller
) -> None:
    session = joined(project, admin, "nina@example.com", "manager")
    person = project.with_token(session["access_token"])
    assert (person.read("/api/me")["role"], person.read("/api/me")["email"]) == (
        "manager",
        "nina@example.com",
    )
    assert project.sign_in("nina@example.com").read("/api/review")["items"] == []
    with_secret = [path for path, keys in project.gotrue.api_keys.items() if SECRET in keys]
    assert with_secret == ["/auth/v1/admin/users"]


def test_requests_are_checked_here_and_the_provider_is_not_asked(project: Project, admin: Caller) -> None:
    before = dict(project.gotrue.asked)
    for _ in range(5):
        admin.read("/api/me")
    assert project.gotrue.asked == before


def test_each_wrong_token_is_refused_with_its_reason(project: Project, admin: Caller) -> None:
    user_id = str(admin.read("/api/me")["user_id"])
    gotrue, now = project.gotrue, datetime.now(UTC)
    wrong = {
        "auth.token-expired": gotrue.token(user_id, exp=now - timedelta(hours=1)),
        "auth.token-not-yet-valid": gotrue.token(user_id, nbf=now + timedelta(hours=1)),
        "auth.token-wrong-audience": gotrue.token(user_id, aud="anon"),
        "auth.token-wrong-issuer": gotrue.token(user_id, iss="https://elsewhere.example.com/auth/v1"),
        "auth.token-unknown-key": gotrue.token(user_id, SigningKey("stranger")),
        "auth.token-invalid": gotrue.token(user_id, SigningKey(gotrue.signing.key_id)),
        "auth.token-wrong-algorithm": "eyJhbGciOiJub25lIn0." + gotrue.token(user_id).split(".")[1] + ".",
    }
    for reason, token in wrong.items():
        answer = project.with_token(token).get("/api/me")
        assert refused(answer) == (401, reason)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_good_token_of_somebody_who_is_no_member_opens_nothing(project: Project) -> None:
    stranger = project.gotrue.add_user("stranger@example.com", PASSWORD)
    answer = project.with_token(project.gotrue.token(stranger)).get("/api/dashboard/data")
    assert refused(answer) == (403, "auth.not-a-member")
    body = {"email": "stranger@example.com", "password": PASSWORD}
    assert refused(project.cloud.nobody.post("/api/auth/sign-in", body)) == (403, "auth.not-a-member")


def test_who_is_switched_off_has_a_good_token_and_is_out(project: Project, admin: Caller) -> None:
    session = joined(project, admin, "olga@example.com")
    person = project.with_token(session["access_token"])
    assert person.get("/api/me").status_code == 200
    assert admin.post(f"/api/members/{session['me']['user_id']}/deactivate").status_code == 204
    assert refused(person.get("/api/me")) == (403, "auth.not-a-member")
    assert admin.post(f"/api/members/{session['me']['user_id']}/reactivate").status_code == 204
    assert person.get("/api/me").status_code == 200


def test_an_invitation_is_for_its_address_and_for_no_other_account(project: Project, admin: Caller) -> None:
    made = admin.send("/api/invitations", {"email": "pavel@example.com", "role": "admin"})
    project.gotrue.add_user("pavel@example.com", "another long password")
    body = {"invitation_token": made["invitation_token"], "full_name": "Pavel", "password": PASSWORD}
    answer = project.cloud.nobody.post("/api/auth/join", body)
    assert refused(answer) == (409, "invitation.account-exists")
    body["password"] = "another long password"
    assert project.cloud.nobody.send("/api/auth/join", body)["me"]["role"] == "admin"


def test_keys_are_rotated_while_people_work(project: Project, admin: Caller) -> None:
    project.gotrue.rotate("rotated", keep_old=True)
    assert admin.get("/api/me").status_code == 200
