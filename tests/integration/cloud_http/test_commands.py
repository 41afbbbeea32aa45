"""Commands over HTTP: a person asks, the computer claims until it has answered, codes are read once."""

import threading
from typing import Any
from uuid import UUID

import pytest

from cloud_api.devices import sweep
from cloud_api.devices.command import forget_old
from protocol.commands import CommandList
from tests.integration.cloud_http.conftest import Office
from tests.support.agent_rig import eventually
from tests.support.cloud_app import Cloud, Computer, Member, answered, deliver, new_id, refused, review_item

CODE = "c2VhbGVkLWZvci10aGlzLWNvbXB1dGVyLWFuZC1ub2JvZHktZWxzZQ"
PORTAL = {
    "state": "awaiting_otp",
    "otp_seconds_left": 100,
    "login_is_kept": True,
    "phone_ends": "32",
    "sealing_key": "BPublicKey",
}


@pytest.fixture
def laptop(cloud: Cloud, office: Office) -> Computer:
    """A computer of the recruiter's that nobody has asked for anything yet."""
    return cloud.computer(office.recruiter, "Laptop")


def ask(person: Member, computer: Computer, kind: str, **more: str) -> dict[str, Any]:
    body = {"command_id": new_id(), "kind": kind, **more}
    view: dict[str, Any] = person.send(f"/api/devices/{computer.device_id}/commands", body)
    return view


def start(person: Member, computer: Computer, rank: str = "Cook") -> str:
    job_id = new_id()
    job = {"job_id": job_id, "device_id": computer.device_id, "rank": rank, "ship_type": "Tanker"}
    assert person.send("/api/jobs/download", job)["waits_until"] is not None
    return job_id


def claimed(computer: Computer, wait: int = 0) -> list[dict[str, Any]]:
    commands: list[dict[str, Any]] = computer.read("/api/device/commands", wait=wait)["commands"]
    return commands


def report(computer: Computer, **portal: object) -> None:
    body = {"agent_version": "1", "platform": "linux", "portal": PORTAL | portal}
    computer.send("/api/device/heartbeat", body)


def age(cloud: Cloud, command_id: str, seconds: int) -> None:
    """Let a command be older by so many seconds."""
    cloud.change(
        "update app.agent_commands set expires_at = expires_at - make_interval(secs => %s) where id = %s",
        seconds,
        command_id,
    )


def test_a_download_is_handed_out_until_its_computer_has_answered(office: Office, laptop: Computer) -> None:
    job_id = start(office.recruiter, laptop)
    for _ in range(2):  # the computer crashes in between
        [command] = claimed(laptop)
        assert (command["kind"], command["job_id"]) == ("start_download", job_id)
        assert command["download"] == {"rank": "Cook", "ship_type": "Tanker", "force_redownload": False}
    for _ in range(2):  # its answer is sent again when the network loses the first receipt
        answered(laptop.post(f"/api/device/commands/{command['command_id']}/done"))
    assert claimed(laptop) == []


def test_commands_come_in_the_order_in_which_they_were_asked(office: Office, laptop: Computer) -> None:
    job_id = start(office.recruiter, laptop)
    ask(office.recruiter, laptop, "connect_portal")
    assert [command["kind"] for command in claimed(laptop)] == ["start_download", "connect_portal"]
    wish = {"command_id": new_id(), "kind": "pause_job"}
    for _ in range(2):  # sent twice counts once
        office.recruiter.send(f"/api/jobs/{job_id}/commands", wish)
    kinds = [command["kind"] for command in claimed(laptop)]
    assert kinds == ["start_download", "connect_portal", "pause_job"]
    other = {"command_id": wish["command_id"], "kind": "resume_job"}
    again = office.recruiter.post(f"/api/jobs/{job_id}/commands", other)
    assert refused(again) == (409, "ingest.id-reused")


def test_a_code_is_handed_out_once_and_forgotten(cloud: Cloud, office: Office, laptop: Computer) -> None:
    asked = ask(office.recruiter, laptop, "portal_code", sealed_code=CODE)
    assert cloud.rows("select count(*) from app.sealed_codes where device_id = %s", laptop.device_id) == [
        (1,)
    ]
    [command] = claimed(laptop)
    assert command["sealed_code"] == CODE
    assert cloud.rows("select count(*) from app.sealed_codes where device_id = %s", laptop.device_id) == [
        (0,)
    ]
    assert claimed(laptop) == []
    view = office.recruiter.read(f"/api/commands/{asked['command_id']}")
    assert (view["state"], view["is_claimed"]) == ("waiting", True)
    reason = {"reason": "login.wrong-otp"}
    answered(laptop.post(f"/api/device/commands/{command['command_id']}/refuse", reason))
    view = office.recruiter.read(f"/api/commands/{asked['command_id']}")
    assert (view["state"], view["reason"]) == ("refused", "login.wrong-otp")


def test_a_code_that_nobody_fetched_is_gone_after_two_minutes(
    cloud: Cloud, office: Office, laptop: Computer
) -> None:
    asked = ask(office.recruiter, laptop, "portal_code", sealed_code=CODE)
    [left] = cloud.rows(
        "select extract(epoch from expires_at - now())::integer from app.sealed_codes where command_id = %s",
        asked["command_id"],
    )
    assert 60 <= left[0] <= 120
    cloud.change("update app.sealed_codes set expires_at = now() where device_id = %s", laptop.device_id)
    age(cloud, asked["command_id"], 120)
    assert claimed(laptop) == []
    cloud.change("select app.forget_old_commands()")
    assert cloud.rows("select count(*) from app.sealed_codes where device_id = %s", laptop.device_id) == [
        (0,)
    ]
    assert office.recruiter.read(f"/api/commands/{asked['command_id']}")["state"] == "expired"


def test_a_login_that_somebody_wanted_is_not_begun_later(
    cloud: Cloud, office: Office, laptop: Computer
) -> None:
    asked = ask(office.recruiter, laptop, "connect_portal")
    age(cloud, asked["command_id"], 121)
    assert claimed(laptop) == []


def test_a_code_belongs_to_a_code_and_to_nothing_else(office: Office, laptop: Computer) -> None:
    path = f"/api/devices/{laptop.device_id}/commands"
    for body in (
        {"command_id": new_id(), "kind": "portal_code"},
        {"command_id": new_id(), "kind": "connect_portal", "sealed_code": CODE},
        {"command_id": new_id(), "kind": "start_download"},
        {"command_id": new_id(), "kind": "portal_code", "sealed_code": "123456"},
    ):
        assert refused(office.recruiter.post(path, body)) == (422, "request.invalid")


def test_only_its_own_person_asks_a_computer(cloud: Cloud, office: Office, laptop: Computer) -> None:
    body = {"command_id": new_id(), "kind": "connect_portal"}
    path = f"/api/devices/{laptop.device_id}/commands"
    for somebody in (office.colleague, office.manager, office.admin, office.stranger):
        assert refused(somebody.post(path, body)) == (404, "request.not-found")
    assert refused(laptop.post(path, body)) == (403, "auth.forbidden")
    assert refused(office.recruiter.get("/api/device/commands")) == (403, "auth.forbidden")
    office.recruiter.send(path, body)
    for somebody in (office.colleague, office.admin, office.stranger):
        assert refused(somebody.get(f"/api/commands/{body['command_id']}")) == (404, "request.not-found")
    other = cloud.computer(office.recruiter, "Other")
    assert claimed(other) == []
    for answer in ("done", "refuse"):
        told = other.post(f"/api/device/commands/{body['command_id']}/{answer}", {"reason": "login.busy"})
        assert refused(told) == (404, "request.not-found")
    assert len(claimed(laptop)) == 1


def test_each_computer_gets_its_own_download(cloud: Cloud, office: Office, laptop: Computer) -> None:
    second = cloud.computer(office.recruiter, "Desktop")
    here, there = start(office.recruiter, laptop), start(office.recruiter, second, "Bosun")
    assert [command["job_id"] for command in claimed(laptop)] == [here]
    assert [command["job_id"] for command in claimed(second)] == [there]


def test_a_download_that_its_computer_never_had_is_taken_back(office: Office, laptop: Computer) -> None:
    job_id = start(office.recruiter, laptop)
    wish = {"command_id": new_id(), "kind": "cancel_job"}
    job = office.recruiter.send(f"/api/jobs/{job_id}/commands", wish)
    assert (job["status"], job["reason"], job["waits_until"]) == ("cancelled", "command.withdrawn", None)
    assert claimed(laptop) == []
    again = office.recruiter.post(f"/api/jobs/{job_id}/commands", wish | {"command_id": new_id()})
    assert refused(again) == (409, "job.not-active")


def test_a_download_that_was_handed_out_is_cancelled_here_and_at_its_computer(
    office: Office, laptop: Computer
) -> None:
    job_id = start(office.recruiter, laptop)
    claimed(laptop)
    wish = {"command_id": new_id(), "kind": "cancel_job"}
    job = office.recruiter.send(f"/api/jobs/{job_id}/commands", wish)
    assert (job["status"], job["reason"]) == ("cancelled", "command.withdrawn")
    # Whether it has begun or its answer was lost: it is told to cancel, and not to begin.
    assert [command["kind"] for command in claimed(laptop)] == ["cancel_job"]


def test_the_start_of_a_download_that_was_cancelled_waits_for_nothing_any_more(
    cloud: Cloud, office: Office, laptop: Computer
) -> None:
    job_id = start(office.recruiter, laptop)
    [command] = claimed(laptop)
    other = start(office.recruiter, laptop, "Fitter")
    claimed(laptop)
    office.recruiter.send(f"/api/jobs/{job_id}/commands", {"command_id": new_id(), "kind": "cancel_job"})
    forget_old(cloud.services.database)
    states = dict(
        cloud.rows(
            "select job_id::text, state from app.agent_commands where kind = 'start_download'"
            " and device_id = %s",
            laptop.device_id,
        )
    )
    assert states == {job_id: "expired", other: "waiting"}
    # An answer that comes late says nothing new, and is taken.
    answered(laptop.post(f"/api/device/commands/{command['command_id']}/done"))


def test_a_wish_for_a_resume_is_told_at_once_and_once(cloud: Cloud, office: Office, laptop: Computer) -> None:
    deliver(laptop, "0713")
    resume_id = review_item(office.colleague, "0713")["resume_id"]
    held: list[CommandList] = []
    asking = threading.Thread(
        target=lambda: held.append(CommandList.model_validate(laptop.read("/api/device/commands", wait=25)))
    )
    asking.start()
    office.colleague.send(f"/api/resumes/{resume_id}/cloud-copy")
    asking.join(60)
    assert held == [CommandList(uploads_wanted=True)]
    assert CommandList.model_validate(laptop.read("/api/device/commands", wait=0)) == CommandList()
    # The heartbeat says which, until it is there.
    for _ in range(2):
        beat = laptop.send("/api/device/heartbeat", {"agent_version": "1", "platform": "linux"})
        assert [wish["candidate_external_id"] for wish in beat["wanted_uploads"]] == ["0713"]


def test_the_same_id_with_another_code_is_refused_also_when_the_code_is_gone(
    office: Office, laptop: Computer
) -> None:
    path = f"/api/devices/{laptop.device_id}/commands"
    body = {"command_id": new_id(), "kind": "portal_code", "sealed_code": CODE}
    assert office.recruiter.post(path, body).status_code == 201
    for _ in range(2):
        assert office.recruiter.post(path, body).status_code == 200
        other = body | {"sealed_code": CODE + "x"}
        assert refused(office.recruiter.post(path, other)) == (409, "ingest.id-reused")
        claimed(laptop)


def test_asking_a_computer_is_in_the_audit_log_once(office: Office, laptop: Computer) -> None:
    path = f"/api/devices/{laptop.device_id}/commands"
    body = {"command_id": new_id(), "kind": "portal_code", "sealed_code": CODE}
    for _ in range(2):
        office.recruiter.post(path, body)
    job_id = start(office.recruiter, laptop)
    wish = {"command_id": new_id(), "kind": "pause_job"}
    for _ in range(2):
        office.recruiter.send(f"/api/jobs/{job_id}/commands", wish)
    entries = office.admin.read("/api/audit", action="command.asked")["entries"]
    about = [entry for entry in entries if entry["subject_id"] == laptop.device_id]
    assert [entry["details"] for entry in about] == [
        {"kind": "pause_job", "job_id": job_id},
        {"kind": "start_download", "job_id": job_id},
        {"kind": "portal_code", "command_id": body["command_id"]},
    ]
    assert {entry["user_id"] for entry in about} == {office.recruiter.user_id}
    assert {entry["subject_name"] for entry in about} == {"Laptop"}


def test_only_its_own_person_commands_a_download(office: Office, laptop: Computer) -> None:
    job_id = start(office.recruiter, laptop)
    wish = {"command_id": new_id(), "kind": "cancel_job"}
    for somebody in (office.colleague, office.manager, office.admin, office.stranger):
        assert refused(somebody.post(f"/api/jobs/{job_id}/commands", wish)) == (404, "request.not-found")
    assert office.manager.read(f"/api/jobs/{job_id}")["status"] == "queued"


def test_a_download_whose_computer_did_not_come_has_failed(
    cloud: Cloud, office: Office, laptop: Computer
) -> None:
    lost, had = start(office.recruiter, laptop), new_id()
    cloud.change("update app.agent_commands set expires_at = now() where job_id = %s", lost)
    cloud.change("select app.forget_old_commands()")
    job = office.recruiter.read(f"/api/jobs/{lost}")
    assert (job["status"], job["reason"]) == ("failed", "command.expired")
    assert claimed(laptop) == []
    had = start(office.recruiter, laptop, "Bosun")
    claimed(laptop)
    cloud.change("update app.agent_commands set expires_at = now() where job_id = %s", had)
    cloud.change("select app.forget_old_commands()")
    assert [command["job_id"] for command in claimed(laptop)] == [had]


def test_a_download_that_its_computer_will_not_begin_has_failed(office: Office, laptop: Computer) -> None:
    job_id = start(office.recruiter, laptop)
    [command] = claimed(laptop)
    refusal = {"reason": "folder.not-there"}
    answered(laptop.post(f"/api/device/commands/{command['command_id']}/refuse", refusal))
    job = office.recruiter.read(f"/api/jobs/{job_id}")
    assert (job["status"], job["reason"]) == ("failed", "folder.not-there")


def test_a_computer_tells_of_its_portal_and_is_seen_to_be_on(
    cloud: Cloud, office: Office, laptop: Computer
) -> None:
    def seen() -> dict[str, Any]:
        devices = office.recruiter.read("/api/devices")["devices"]
        found: dict[str, Any] = next(one for one in devices if one["device_id"] == laptop.device_id)
        return found

    assert (seen()["is_own"], seen()["is_online"], seen()["portal"]) == (True, False, None)
    report(laptop)
    portal = seen()["portal"]
    assert 60 <= portal.pop("otp_seconds_left") <= 100
    assert portal == {
        "state": "awaiting_otp",
        "reason": None,
        "login_is_kept": True,
        "phone_ends": "32",
        "folder_reason": None,
        "sealing_key": "BPublicKey",
    }
    assert seen()["is_online"]
    report(laptop, state="connected", otp_seconds_left=None, folder_reason="folder.disk-full")
    told = seen()["portal"]
    assert (told["state"], told["otp_seconds_left"], told["folder_reason"]) == (
        "connected",
        None,
        "folder.disk-full",
    )
    late = "update app.devices set last_seen_at = now() - interval '80 seconds' where id = %s"
    cloud.change(late, laptop.device_id)
    assert not seen()["is_online"]
    assert all(not one["is_own"] for one in office.manager.read("/api/devices")["devices"])


def test_a_question_is_held_until_there_is_something(office: Office, laptop: Computer) -> None:
    answers: list[list[dict[str, Any]]] = []
    asking = threading.Thread(target=lambda: answers.append(claimed(laptop, wait=25)))
    asking.start()
    job_id = start(office.recruiter, laptop)
    asking.join(60)
    assert [command["job_id"] for command in answers[0]] == [job_id]


def test_a_disconnected_computer_loses_the_question_that_is_held(
    cloud: Cloud, office: Office, laptop: Computer
) -> None:
    answers = []
    asking = threading.Thread(target=lambda: answers.append(laptop.get("/api/device/commands", wait=25)))
    asking.start()
    waits = UUID(laptop.device_id)
    eventually(lambda: waits in {subject.subject_id for subject in cloud.services.watch.watched()})
    answered(office.recruiter.post(f"/api/devices/{laptop.device_id}/revoke"))
    asking.join(60)
    assert refused(answers[0]) == (401, "device.revoked")
    body = {"command_id": new_id(), "kind": "connect_portal"}
    asked = office.recruiter.post(f"/api/devices/{laptop.device_id}/commands", body)
    assert refused(asked) == (409, "device.not-paired")


def test_without_a_seat_the_answer_comes_at_once(office: Office, laptop: Computer) -> None:
    answer = CommandList.model_validate(laptop.read("/api/device/commands", wait=0))
    assert answer == CommandList()


def test_the_sweeper_of_the_server_forgets_by_itself(
    cloud: Cloud, office: Office, laptop: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "SECONDS_BETWEEN", 0.05)
    asked = ask(office.recruiter, laptop, "portal_code", sealed_code=CODE)
    cloud.change("update app.sealed_codes set expires_at = now() where device_id = %s", laptop.device_id)
    age(cloud, asked["command_id"], 120)
    stopping = threading.Event()
    sweeper = sweep.Sweeper(cloud.services.database, stopping)
    sweeper.start()
    eventually(
        lambda: not cloud.rows("select 1 from app.sealed_codes where device_id = %s", laptop.device_id)
    )
    stopping.set()
    sweeper.stop()
    assert office.recruiter.read(f"/api/commands/{asked['command_id']}")["state"] == "expired"
