"""A computer that forgot its token takes its own place again; a revoked one is out, also while it waits."""

import threading
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Caller, Cloud, Computer, Member, new_id, refused

HEARTBEAT = {"agent_version": "0.2.0", "platform": "windows"}


def register(cloud: Cloud, owner: Member, device_id: str | None, name: str = "Laptop") -> dict[str, Any]:
    body = {
        "pairing_code": owner.send("/api/device/pairing-codes")["pairing_code"],
        "device_name": name,
        "platform": "linux",
        "agent_version": "0.2.0",
        "device_id": device_id,
    }
    made: dict[str, Any] = cloud.nobody.send("/api/device/register", body)
    return made


def listed(person: Member) -> dict[str, str]:
    return {device["device_id"]: device["device_name"] for device in person.read("/api/devices")["devices"]}


def beat(cloud: Cloud, token: str) -> TestResponse:
    return Caller(cloud.app.test_client(), token).post("/api/device/heartbeat", HEARTBEAT)


def test_it_takes_its_place_again_and_its_former_token_is_worth_nothing(cloud: Cloud) -> None:
    person = cloud.member("Again", "Anna", "recruiter")
    first = register(cloud, person, None)
    again = register(cloud, person, first["device_id"], "Renamed")
    assert again["device_id"] == first["device_id"]
    assert listed(person) == {first["device_id"]: "Renamed"}
    assert refused(beat(cloud, first["device_token"])) == (401, "auth.token-invalid")
    assert beat(cloud, again["device_token"]).status_code == 200
    paired = (
        "select count(*) from app.audit_log where action = 'device.paired' and subject_id = %s"
        " and address = '127.0.0.1' and trace_id <> '' and user_id = %s"
    )
    assert cloud.rows(paired, first["device_id"], person.user_id) == [(2,)]


def test_nobody_takes_the_place_of_a_computer_that_is_not_theirs(cloud: Cloud, office: Office) -> None:
    for owner in (office.colleague, office.admin, office.stranger):
        made = register(cloud, owner, office.computer.device_id)
        assert made["device_id"] != office.computer.device_id
    assert register(cloud, office.colleague, new_id())["device_id"] in listed(office.colleague)
    assert office.computer.post("/api/device/heartbeat", HEARTBEAT).status_code == 200


def test_one_that_was_disconnected_stays_so_and_a_new_one_is_made(cloud: Cloud) -> None:
    person = cloud.member("Gone", "Anna", "recruiter")
    first = register(cloud, person, None)
    assert person.post(f"/api/devices/{first['device_id']}/revoke").status_code == 204
    again = register(cloud, person, first["device_id"])
    assert again["device_id"] != first["device_id"]
    assert refused(beat(cloud, first["device_token"])) == (401, "device.revoked")
    assert beat(cloud, again["device_token"]).status_code == 200


def test_an_agent_of_before_registers_as_it_did(cloud: Cloud) -> None:
    person = cloud.member("Before", "Anna", "recruiter")
    first, second = cloud.computer(person), cloud.computer(person)
    assert set(listed(person)) == {first.device_id, second.device_id}
    ((kept,),) = cloud.rows("select count(*) from pg_proc where proname = 'register_device' and pronargs = 5")
    assert kept == 1  # the code that is deployed while this one is migrated calls it


@pytest.mark.parametrize("how", ["revoke", "deactivate"])
def test_a_computer_that_waits_is_told_while_it_waits(cloud: Cloud, how: str) -> None:
    admin, person = (
        cloud.member(f"Wait{how}", "Ada", "admin"),
        cloud.member(f"Wait{how}", "Anna", "recruiter"),
    )
    computer = cloud.computer(person)
    answers: list[TestResponse] = []
    waiting = threading.Thread(target=lambda: answers.append(wait_for_commands(computer)))
    waiting.start()
    path = f"devices/{computer.device_id}" if how == "revoke" else f"members/{person.user_id}"
    assert admin.post(f"/api/{path}/{how}").status_code == 204
    waiting.join()
    # Told while it waited, or, when it had not asked yet, at its request.
    expected = (401, "device.revoked") if how == "revoke" else (403, "auth.not-a-member")
    assert refused(answers[0]) == expected
    assert refused(wait_for_commands(computer)) == expected


def wait_for_commands(computer: Computer) -> TestResponse:
    return computer.client.get("/api/device/commands?wait=25", headers=computer.headers)
