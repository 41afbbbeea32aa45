"""The people of an office over HTTP: roles, switching off and on, and the admin that stays."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import PASSWORD, Caller, Cloud, Member, new_id, refused

HEARTBEAT = {"agent_version": "0.2.0", "platform": "windows"}


def listed(admin: Caller) -> dict[str, dict[str, Any]]:
    found: list[dict[str, Any]] = admin.read("/api/members")["members"]
    return {str(member["user_id"]): member for member in found}


def change_role(admin: Caller, member: Member, role: str) -> TestResponse:
    return admin.post(f"/api/members/{member.user_id}/role", {"role": role})


def switch(admin: Caller, member: Member, how: str) -> TestResponse:
    return admin.post(f"/api/members/{member.user_id}/{how}")


def audit_of(cloud: Cloud, member: Member) -> list[tuple[Any, ...]]:
    return cloud.rows(
        "select action, user_id::text, details from app.audit_log"
        " where subject_type = 'member' and subject_id = %s order by id",
        member.user_id,
    )


def test_an_admin_sees_everybody_and_nobody_else_does(cloud: Cloud, office: Office) -> None:
    found = listed(office.admin)
    assert found[office.recruiter.user_id]["computers"] == 1
    assert found[office.recruiter.user_id]["role"] == "recruiter"
    assert office.stranger.user_id not in found
    for who in (office.recruiter, office.manager, office.computer):
        assert refused(who.get("/api/members")) == (403, "auth.forbidden")
        assert refused(who.get("/api/invitations")) == (403, "auth.forbidden")


def test_a_role_holds_at_the_next_request_and_is_written_down(cloud: Cloud) -> None:
    admin, person = cloud.member("Roles", "Ada", "admin"), cloud.member("Roles", "Rolf", "recruiter")
    assert change_role(admin, person, "manager").status_code == 204
    assert person.read("/api/me")["role"] == "manager"
    assert change_role(admin, person, "manager").status_code == 204
    assert audit_of(cloud, person) == [
        ("member.role-changed", admin.user_id, {"from": "recruiter", "to": "manager"})
    ]


def test_who_is_switched_off_is_out_at_the_next_request_with_their_computers(cloud: Cloud) -> None:
    admin, person = cloud.member("Off", "Ada", "admin"), cloud.member("Off", "Olga", "recruiter")
    computer = cloud.computer(person)
    code = person.send("/api/device/pairing-codes")["pairing_code"]
    assert computer.post("/api/device/heartbeat", HEARTBEAT).status_code == 200
    assert switch(admin, person, "deactivate").status_code == 204

    assert refused(person.get("/api/me")) == (403, "auth.not-a-member")
    assert refused(computer.post("/api/device/heartbeat", HEARTBEAT)) == (403, "auth.not-a-member")
    registration = {"pairing_code": code, "device_name": "x", "platform": "x", "agent_version": "x"}
    again = cloud.nobody.post("/api/device/register", registration)
    assert refused(again) == (422, "device.pairing-code-not-valid")
    body = {"email": person.email, "password": PASSWORD}
    assert refused(cloud.nobody.post("/api/auth/sign-in", body)) == (403, "auth.not-a-member")
    refresh = {"refresh_token": person.refresh_token}
    assert refused(cloud.nobody.post("/api/auth/refresh", refresh)) == (403, "auth.not-a-member")
    assert listed(admin)[person.user_id]["active"] is False

    assert switch(admin, person, "reactivate").status_code == 204
    assert person.read("/api/me")["email"] == person.email
    assert computer.post("/api/device/heartbeat", HEARTBEAT).status_code == 200
    assert [row[0] for row in audit_of(cloud, person)] == ["member.deactivated", "member.reactivated"]


def test_nobody_changes_themself_and_the_last_admin_stays(cloud: Cloud) -> None:
    admin, other = cloud.member("Last", "Ada", "admin"), cloud.member("Last", "Amir", "recruiter")
    for answer in (change_role(admin, admin, "recruiter"), switch(admin, admin, "deactivate")):
        assert refused(answer) == (409, "member.last-admin")
    assert change_role(admin, other, "admin").status_code == 204
    for answer in (change_role(admin, admin, "recruiter"), switch(admin, admin, "deactivate")):
        assert refused(answer) == (409, "member.not-yourself")
    assert change_role(other, admin, "recruiter").status_code == 204
    assert refused(admin.get("/api/members")) == (403, "auth.forbidden")


@pytest.mark.parametrize("how", ["role", "deactivate"])
def test_two_admins_who_take_one_another_away_at_once_leave_one(cloud: Cloud, how: str) -> None:
    name = f"Duel{how}"
    pair = [cloud.member(name, "Ada", "admin"), cloud.member(name, "Bo", "admin")]
    ids = (pair[0].user_id, pair[1].user_id)
    for _ in range(8):
        left = duel(pair, how)
        assert left in {
            "member.last-admin",
            "auth.forbidden",
            "auth.not-a-member",
            "request.not-found",  # no admin any more in the middle of the request: sees no colleague
        }
        kept = "select count(*) from app.memberships where role = 'admin' and active and user_id in (%s, %s)"
        assert cloud.rows(kept, *ids) == [(1,)]
        cloud.change(
            "update app.memberships set role = 'admin', active = true where user_id in (%s, %s)", *ids
        )


def duel(pair: list[Member], how: str) -> str:
    """Have each take the other one away at once; return why one of them could not."""
    answers: list[TestResponse] = []
    ready = threading.Barrier(2)

    def act(me: Member, other: Member) -> None:
        ready.wait()
        done = change_role(me, other, "manager") if how == "role" else switch(me, other, "deactivate")
        answers.append(done)

    threads = [threading.Thread(target=act, args=(me, other)) for me, other in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (failed,) = [answer for answer in answers if answer.status_code != 204]
    return refused(failed)[1]


def test_a_stranger_changes_nobody(cloud: Cloud, office: Office) -> None:
    for answer in (
        change_role(office.stranger, office.recruiter, "admin"),
        switch(office.stranger, office.recruiter, "deactivate"),
        office.admin.post(f"/api/members/{uuid4()}/deactivate"),
    ):
        assert refused(answer) == (404, "request.not-found")
    for who in (office.recruiter, office.manager, office.computer):
        assert refused(change_role(who, office.colleague, "admin")) == (403, "auth.forbidden")
    assert audit_of(cloud, office.recruiter) == []


@pytest.mark.parametrize("what", ["job", "dashboard"])
def test_an_open_stream_ends_when_its_reader_is_switched_off(cloud: Cloud, what: str) -> None:
    office = f"Stream{what}"
    admin, person = cloud.member(office, "Ada", "admin"), cloud.member(office, "Sara", "recruiter")
    computer = cloud.computer(person)
    job = {"job_id": new_id(), "device_id": computer.device_id, "rank": "Cook", "ship_type": "Tanker"}
    person.send("/api/jobs/download", job)
    path = f"/api/jobs/{job['job_id']}/stream" if what == "job" else "/api/dashboard/stream"
    body = iter(person.client.get(path, headers=person.headers, buffered=False).response)
    assert next(body)

    assert switch(admin, person, "deactivate").status_code == 204
    assert all(b"event:" not in piece for piece in body)  # it ends by itself: nothing more is told
    assert refused(person.get(path)) == (403, "auth.not-a-member")


@pytest.mark.parametrize("how", ["deactivate", "role"])
def test_who_is_no_admin_any_more_has_no_link_to_come_back_with(cloud: Cloud, how: str) -> None:
    office = f"Links{how}"
    admin, leaving = cloud.member(office, "Ada", "admin"), cloud.member(office, "Lars", "admin")
    address = {"role": "admin", "email": f"{new_id()}@example.com"}
    own = leaving.send("/api/invitations", address)["invitation_token"]
    others = admin.send("/api/invitations", address | {"email": f"{new_id()}@example.com"})
    renewed = leaving.send(f"/api/invitations/{others['invitation']['invitation_id']}/renew")
    kept = admin.send("/api/invitations", address | {"email": f"{new_id()}@example.com"})
    gone = change_role(admin, leaving, "recruiter") if how == "role" else switch(admin, leaving, how)
    assert gone.status_code == 204
    for token in (own, renewed["invitation_token"]):
        body = {"invitation_token": token, "full_name": "Lars", "password": "three ships in fog"}
        assert refused(cloud.nobody.post("/api/auth/join", body)) == (409, "invitation.revoked")
    body = {"invitation_token": kept["invitation_token"]}
    assert cloud.nobody.send("/api/auth/invitation", body)["role"] == "admin"
    revoked = cloud.rows(
        "select count(*) from app.audit_log where action = 'invitation.revoked' and user_id = %s",
        admin.user_id,
    )
    assert revoked == [(2,)]
