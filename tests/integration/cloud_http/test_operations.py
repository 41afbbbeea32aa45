"""The operations page's figures: which computers wait for what, and why downloads failed."""

from typing import Any

from cloud_api.devices import report
from cloud_api.operations import read
from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Cloud, Computer, new_id, refused


def computers(office: Office) -> dict[str, dict[str, Any]]:
    return {row["device_id"]: row for row in office.manager.read("/api/operations")["computers"]}


def beat(computer: Computer, **said: object) -> None:
    computer.send("/api/device/heartbeat", {"agent_version": "0.4.0", "platform": "linux"} | said)


def end_job(cloud: Cloud, office: Office, status: str, reason: str | None, days_ago: float = 0.5) -> None:
    cloud.change(
        "insert into app.download_jobs (id, organisation_id, user_id, device_id, rank, ship_type, status,"
        " reason, created_at, ended_at) select gen_random_uuid(), d.organisation_id, d.user_id, d.id,"
        " 'Master', 'Tanker', %s, %s, now(), now() - %s * interval '1 day' from app.devices d"
        " where d.id = %s",
        status,
        reason,
        days_ago,
        office.computer.device_id,
    )


def test_on_means_the_same_here_and_in_the_list_of_computers() -> None:
    assert read.ONLINE == report.ONLINE


def test_a_computer_shows_what_waits_on_it_and_what_it_was_asked_for(cloud: Cloud, office: Office) -> None:
    beat(office.computer, waiting=7, parked=2)
    before = computers(office)[office.computer.device_id]
    assert (before["records_waiting"], before["records_parked"]) == (7, 2)
    assert (before["commands_waiting"], before["oldest_command_at"]) == (0, None)
    assert (before["is_online"], before["agent_version"]) == (True, "0.4.0")

    asked = {"command_id": new_id(), "kind": "connect_portal"}
    office.recruiter.send(f"/api/devices/{office.computer.device_id}/commands", asked)
    row = computers(office)[office.computer.device_id]
    assert row["commands_waiting"] == 1
    assert row["oldest_command_at"] is not None


def test_whoever_needs_somebody_comes_first_and_who_is_disconnected_not_at_all(
    cloud: Cloud, office: Office
) -> None:
    fine, stuck, gone = (cloud.computer(office.colleague, name) for name in ("Fine", "Stuck", "Gone"))
    for computer in (fine, stuck, gone):
        beat(computer)
    beat(stuck, parked=1)
    office.colleague.post(f"/api/devices/{gone.device_id}/revoke")
    order = [row["device_name"] for row in office.manager.read("/api/operations")["computers"]]
    assert order.index("Stuck") < order.index("Fine")
    assert "Gone" not in order


def test_downloads_that_failed_are_counted_by_reason_within_the_days(cloud: Cloud, office: Office) -> None:
    for _ in range(2):
        end_job(cloud, office, "failed", "portal.layout-changed")
    end_job(cloud, office, "failed", "portal.unreachable")
    end_job(cloud, office, "failed", "portal.unreachable", days_ago=9)
    end_job(cloud, office, "success", None)
    end_job(cloud, office, "cancelled", "job.cancelled")

    week = office.manager.read("/api/operations")
    assert [(row["reason"], row["jobs"], row["computers"]) for row in week["failed"]] == [
        ("portal.layout-changed", 2, 1),
        ("portal.unreachable", 1, 1),
    ]
    assert (week["days"], week["succeeded"], week["cancelled"]) == (7, 1, 1)
    month = office.admin.read("/api/operations", days=31)
    assert sum(row["jobs"] for row in month["failed"]) == 4


def test_it_is_for_managers_and_admins_of_this_office(cloud: Cloud, office: Office) -> None:
    assert refused(office.recruiter.get("/api/operations")) == (403, "auth.forbidden")
    theirs = {row["device_id"] for row in office.stranger.read("/api/operations")["computers"]}
    assert office.computer.device_id not in theirs
    assert office.stranger.read("/api/operations")["failed"] == []
    assert refused(office.manager.get("/api/operations", days=0)) == (422, "request.invalid")
