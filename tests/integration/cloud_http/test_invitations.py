"""Inviting and joining over HTTP, with the accounts of one machine."""

import hashlib
import threading
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import PASSWORD, Caller, Cloud, Member, new_id, refused, running_cloud
from tests.support.postgres import TestDatabase

CHOSEN = "three ships in fog"


@pytest.fixture(scope="module")
def admin(cloud: Cloud) -> Member:
    return cloud.member("Harbour", "Ada", "admin")


def invite(admin: Caller, email: str = "", role: str = "recruiter") -> dict[str, Any]:
    address = email or f"{new_id()}@example.com"
    made: dict[str, Any] = admin.send("/api/invitations", {"email": address, "role": role})
    return made


def look(cloud: Cloud, token: str) -> TestResponse:
    return cloud.nobody.post("/api/auth/invitation", {"invitation_token": token})


def join(cloud: Cloud, token: str, password: str = CHOSEN, name: str = "Nina Novak") -> TestResponse:
    body = {"invitation_token": token, "full_name": name, "password": password}
    return cloud.app.test_client().post("/api/auth/join", json=body)


def test_somebody_is_invited_looks_joins_and_is_signed_in(cloud: Cloud, admin: Member) -> None:
    made = invite(admin, " Nina@Example.COM ", "manager")
    invitation, token = made["invitation"], made["invitation_token"]
    assert (invitation["email"], invitation["role"]) == ("nina@example.com", "manager")
    assert invitation["invited_by"] == "Ada of Harbour"
    seen = look(cloud, token).get_json()
    assert (seen["organisation_name"], seen["email"], seen["role"], seen["invited_by"]) == (
        "Harbour",
        "nina@example.com",
        "manager",
        "Ada of Harbour",
    )
    session = join(cloud, token).get_json()
    assert (session["me"]["full_name"], session["me"]["role"]) == ("Nina Novak", "manager")
    assert Caller(cloud.app.test_client(), session["access_token"]).read("/api/dashboard/data")["rows"] == []
    body = {"email": "nina@example.com", "password": CHOSEN}
    assert cloud.nobody.send("/api/auth/sign-in", body)["me"]["organisation_name"] == "Harbour"
    assert [found for found in admin.read("/api/invitations")["invitations"] if found == invitation] == []
    logged = cloud.rows(
        "select action, host(address) from app.audit_log"
        " where subject_type = 'invitation' and subject_id = %s order by id",
        invitation["invitation_id"],
    )
    assert logged == [("invitation.made", "127.0.0.1"), ("invitation.accepted", "127.0.0.1")]


def test_only_a_hash_of_the_token_is_kept(cloud: Cloud, admin: Member) -> None:
    made = invite(admin)
    assert made["invitation_token"].startswith("nji_")
    assert made["link"] == ""  # this cloud has no hosted page
    kept = cloud.rows(
        "select token_hash from app.invitations where id = %s", made["invitation"]["invitation_id"]
    )
    assert kept == [(hashlib.sha256(made["invitation_token"].encode()).digest(),)]
    assert made["invitation_token"] not in str(admin.read("/api/invitations"))


def test_where_there_is_a_hosted_page_the_link_leads_to_it(database: TestDatabase, tmp_path: Path) -> None:
    with running_cloud(database, tmp_path, allowed_origin="https://office.example.com") as hosted:
        admin = hosted.member("Hosted", "Ada", "admin")
        made = invite(admin)
        assert made["link"] == f"https://office.example.com/app/#invitation={made['invitation_token']}"


def test_an_invitation_is_used_once_also_by_two_at_once(cloud: Cloud, admin: Member) -> None:
    token = invite(admin)["invitation_token"]
    answers: list[TestResponse] = []
    ready = threading.Barrier(4)

    def act() -> None:
        ready.wait()
        answers.append(join(cloud, token))

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200, 409, 409, 409]
    reasons = {refused(answer)[1] for answer in answers if answer.status_code == 409}
    assert reasons <= {"invitation.used", "invitation.other-office"}
    assert refused(look(cloud, token)) == (409, "invitation.used")
    assert refused(join(cloud, token)) == (409, "invitation.used")


def test_what_cannot_be_used_says_why(cloud: Cloud, admin: Member) -> None:
    old, revoked, renewed = invite(admin), invite(admin), invite(admin)
    cloud.change(
        "update app.invitations"
        " set sent_at = now() - interval '8 days', expires_at = now() - interval '1 day' where id = %s",
        old["invitation"]["invitation_id"],
    )
    path = f"/api/invitations/{revoked['invitation']['invitation_id']}"
    assert admin.post(f"{path}/revoke").status_code == 204
    assert admin.post(f"{path}/revoke").status_code == 204
    assert refused(admin.post(f"{path}/renew")) == (409, "invitation.over")
    fresh = admin.send(f"/api/invitations/{renewed['invitation']['invitation_id']}/renew")
    for token, status, reason in (
        (old["invitation_token"], 409, "invitation.expired"),
        (revoked["invitation_token"], 409, "invitation.revoked"),
        (renewed["invitation_token"], 422, "invitation.not-valid"),
        ("nji_made-up", 422, "invitation.not-valid"),
    ):
        assert refused(look(cloud, token)) == (status, reason)
        assert refused(join(cloud, token)) == (status, reason)
    assert look(cloud, fresh["invitation_token"]).status_code == 200
    again = admin.send(f"/api/invitations/{old['invitation']['invitation_id']}/renew")
    assert join(cloud, again["invitation_token"]).status_code == 200
    used = f"/api/invitations/{old['invitation']['invitation_id']}/revoke"
    assert refused(admin.post(used)) == (409, "invitation.over")


def test_nobody_is_invited_twice_and_no_member_at_all(cloud: Cloud, admin: Member) -> None:
    made = invite(admin, "twice@example.com")
    answer = admin.post("/api/invitations", {"email": "TWICE@example.com", "role": "admin"})
    assert refused(answer) == (409, "invitation.already-open")
    assert answer.get_json()["facts"] == {"invitation_id": made["invitation"]["invitation_id"]}
    answer = admin.post("/api/invitations", {"email": admin.email, "role": "recruiter"})
    assert refused(answer) == (409, "member.already-there")


def test_a_member_of_another_office_joins_none(cloud: Cloud, office: Office, admin: Member) -> None:
    token = invite(admin, office.colleague.email, "admin")["invitation_token"]
    assert refused(join(cloud, token, PASSWORD)) == (409, "invitation.other-office")
    assert refused(join(cloud, token, "another password")) == (409, "invitation.other-office")
    assert cloud.sign_in(office.colleague.email).read("/api/me")["organisation_name"] == "North"


def test_whoever_was_interrupted_uses_the_invitation_again(cloud: Cloud, admin: Member) -> None:
    made = invite(admin)
    opened = cloud.services.account_maker.open_account(
        hashlib.sha256(made["invitation_token"].encode()).digest(),
        made["invitation"]["email"],
        "forgotten it",
    )
    session = join(cloud, made["invitation_token"]).get_json()
    assert session["me"]["user_id"] == str(opened)


def test_a_short_password_and_no_name_are_refused(cloud: Cloud, admin: Member) -> None:
    token = invite(admin)["invitation_token"]
    for password, name in (("elevenchars", "Nina"), (CHOSEN, "  ")):
        assert refused(join(cloud, token, password, name)) == (422, "request.invalid")
    for email in ("", "nobody", "a b@example.com", "a@b@c"):
        answer = admin.post("/api/invitations", {"email": email, "role": "recruiter"})
        assert refused(answer) == (422, "request.invalid")


def test_only_an_admin_of_the_office_invites(office: Office, admin: Member) -> None:
    made = invite(admin)
    for who in (office.recruiter, office.manager, office.computer):
        answer = who.post("/api/invitations", {"email": "x@example.com", "role": "admin"})
        assert refused(answer) == (403, "auth.forbidden")
    path = f"/api/invitations/{made['invitation']['invitation_id']}"
    for what in ("renew", "revoke"):
        assert refused(office.admin.post(f"{path}/{what}")) == (404, "request.not-found")
    assert made["invitation"] not in office.admin.read("/api/invitations")["invitations"]
