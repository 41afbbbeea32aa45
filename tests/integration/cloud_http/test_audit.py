"""The audit log over HTTP: each act is in it, admins read it by filters and pages, and take it as a table."""

import csv
import io
from typing import Any

import pytest

from protocol.spreadsheet import text_of
from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_exports import make, stored, zip_of
from tests.support.cloud_app import (
    Caller,
    Cloud,
    deliver,
    new_id,
    refused,
    review_item,
    row_of,
    send_events,
    verify,
)


def entries(office: Office, **filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = office.admin.read("/api/audit", limit=7, cursor=cursor, **filters)
        found += page["entries"]
        cursor = page["next_cursor"] or ""
        if not cursor:
            return found


def newest(office: Office, **filters: str) -> dict[str, Any]:
    entry: dict[str, Any] = office.admin.read("/api/audit", limit=1, **filters)["entries"][0]
    return entry


def table(caller: Caller, **filters: str) -> list[dict[str, str]]:
    answer = caller.get("/api/audit.csv", **filters)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/csv")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=NjordHR_audit_")
    text = answer.data.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{column: text_of(shown) for column, shown in row.items()} for row in rows]


def test_a_link_to_a_resume_is_in_the_log_with_who_whom_and_from_where(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0810")
    panel = office.colleague.read(f"/api/candidates/{row['candidate_id']}")
    office.colleague.read(f"/api/resumes/{panel['resumes'][0]['resume_id']}/link")

    entry = newest(office, action="resume.link")

    assert entry["user_id"] == office.colleague.user_id
    assert entry["user_name"] == "Bela of North"
    assert entry["address"] == "127.0.0.1"
    assert entry["trace_id"]
    assert (entry["candidate_id"], entry["candidate_name"]) == (row["candidate_id"], "Seafarer 0810")
    assert (entry["subject_type"], entry["subject_id"]) == ("resume", panel["resumes"][0]["resume_id"])
    assert entry["details"] == {}


def test_the_log_names_whom_a_computer_names_and_else_whose_it_is(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0829")
    resume = office.recruiter.read(f"/api/candidates/{row['candidate_id']}")["resumes"][0]
    about = {"candidate_external_id": "0829", "content_sha256": resume["content_sha256"]}
    for by in (office.colleague.user_id, None):
        payload = about | ({} if by is None else {"opened_by_user_id": by})
        event = {"event_id": new_id(), "type": "resume_opened", "occurred_at": "2026-11-24T08:00:00Z"}
        assert send_events(office.computer, event | {"payload": payload})[0]["verdict"] == "accepted"
    unnamed, named = entries(office, action="resume.opened", candidate_id=row["candidate_id"])

    assert (named["user_id"], named["user_name"], named["is_named"]) == (
        office.colleague.user_id, "Bela of North", True
    )  # fmt: skip
    assert (unnamed["user_id"], unnamed["is_named"]) == (office.recruiter.user_id, False)
    for who, found in ((office.colleague, named), (office.recruiter, unnamed)):
        mine = entries(office, action="resume.opened", user_id=who.user_id, candidate_id=row["candidate_id"])
        assert mine == [found]
    in_table = table(office.admin, action="resume.opened", candidate_id=row["candidate_id"])
    assert [(line["Who"], line["Computer_Of"]) for line in in_table] == [
        ("", unnamed["user_name"]),
        ("Bela of North", ""),
    ]


def test_each_act_of_an_office_is_in_the_log(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0811")
    resume_id = office.recruiter.read(f"/api/candidates/{row['candidate_id']}")["resumes"][0]["resume_id"]
    office.recruiter.read(f"/api/resumes/{resume_id}/link")
    zip_of(office.recruiter, make(office.recruiter, row))
    change = {"event_id": new_id(), "candidate_id": row["candidate_id"], "version": row["version"]}
    skip = {"status": "Interested", "override_reason": "He told me himself"}
    office.admin.send("/api/dashboard/status", change | skip)
    lost = cloud.computer(office.recruiter, "Lost laptop")
    heartbeat: dict[str, Any] = {"agent_version": "0.1.0", "platform": "linux", "waiting": 0, "parked": 0}
    heartbeat["download_folder"] = "/home/x"
    lost.send("/api/device/heartbeat", heartbeat)
    office.admin.post(f"/api/devices/{lost.device_id}/revoke")
    newcomer = cloud.member("North", "Nils", "recruiter")
    office.admin.post(f"/api/members/{newcomer.user_id}/role", {"role": "manager"})

    acts = {entry["action"] for entry in entries(office)}

    assert acts >= {
        "resume.downloaded",
        "resume.link",
        "candidates.export",
        "export.taken",
        "status.overridden",
        "device.folder-changed",
        "device.revoked",
        "member.role-changed",
    }
    told = office.admin.get("/api/audit", limit=200).get_data(as_text=True)
    for secret in ("He told me himself", "/home/x", '"0811"'):
        assert secret not in told
    assert newest(office, action="device.revoked")["subject_name"] == "Lost laptop"
    assert newest(office, action="member.role-changed")["subject_name"] == "Nils of North"


def test_what_was_searched_for_is_not_in_the_log(cloud: Cloud, office: Office) -> None:
    stored(cloud, office, "0812")
    made = office.recruiter.post("/api/export", {"filter": {"q": "Seafarer 0812"}})
    assert made.status_code == 201

    entry = newest(office, action="candidates.export")

    assert entry["details"]["searched"] is True
    assert entry["details"]["chosen_by"] == "filter"
    assert "0812" not in str(entry["details"])


def test_the_log_is_filtered_by_who_what_whom_and_when(cloud: Cloud, office: Office) -> None:
    row, other = stored(cloud, office, "0813"), stored(cloud, office, "0814")
    for person in (row, other):
        resumes = office.recruiter.read(f"/api/candidates/{person['candidate_id']}")["resumes"]
        office.manager.read(f"/api/resumes/{resumes[0]['resume_id']}/link")
    made = make(office.colleague, row)

    whom = entries(office, candidate_id=row["candidate_id"])
    assert {entry["action"] for entry in whom} == {"resume.downloaded", "resume.link", "candidates.export"}
    assert {entry["subject_id"] for entry in whom if entry["subject_type"] == "export"} == {made["export_id"]}
    who = entries(office, user_id=office.manager.user_id)
    assert {entry["action"] for entry in who} == {"resume.link"}
    assert [entry["candidate_id"] for entry in who] == [other["candidate_id"], row["candidate_id"]]
    assert len(entries(office, user_id=office.manager.user_id, candidate_id=row["candidate_id"])) == 1
    at = who[0]["at"]
    assert who[0]["entry_id"] not in {entry["entry_id"] for entry in entries(office, until=at)}
    assert who[0]["entry_id"] == entries(office, since=at, user_id=office.manager.user_id)[0]["entry_id"]
    assert entries(office, action="nothing.like-it") == []


def test_pages_have_every_entry_once_newest_first(cloud: Cloud, office: Office) -> None:
    for number in range(20):
        deliver(office.computer, f"0815{number:02}")
    found = entries(office)

    ids = [entry["entry_id"] for entry in found]
    ((total,),) = cloud.rows(
        "select count(*) from app.audit_log a join app.memberships m using (organisation_id)"
        " where m.user_id = %s",
        office.admin.user_id,
    )
    assert len(ids) == len(set(ids)) == total
    order = [(entry["at"], entry["entry_id"]) for entry in found]
    assert order == sorted(order, reverse=True)


def test_the_table_has_every_entry_and_runs_nothing_and_its_taking_is_in_the_log_first(
    cloud: Cloud, office: Office
) -> None:
    deliver(office.computer, "0816", facts={"name": '=HYPERLINK("http://evil.example.com")'})
    verify(office.recruiter, "0816")
    everything = entries(office)

    answer = office.admin.get("/api/audit.csv")
    rows = table(office.admin)

    assert answer.data.startswith(b"\xef\xbb\xbfEntry,At,Who,")
    assert b",\"'=HYPERLINK" in answer.data
    assert b",=HYPERLINK" not in answer.data
    assert [row["What"] for row in rows[:2]] == ["audit.export", "audit.export"]
    assert [int(row["Entry"]) for row in rows[2:]] == [entry["entry_id"] for entry in everything]
    named = next(row for row in rows if row["Whom"].startswith("=HYPERLINK"))
    assert (named["Computer_Of"], named["Computer"], named["Address"]) == (
            "Anna of North", "Laptop", "127.0.0.1"
        )  # fmt: skip
    assert table(office.admin, action="resume.link")[0]["What"] == "resume.link"


def test_a_long_table_is_read_in_pieces(
    cloud: Cloud, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cloud_api.audit.read.PIECE", 3)
    before = entries(office)
    rows = table(office.admin)
    assert [int(row["Entry"]) for row in rows[1:]] == [entry["entry_id"] for entry in before]


def test_a_table_breaks_off_when_its_reader_is_no_admin_any_more(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cloud_api.audit.read.PIECE", 1)
    admin, leaving = cloud.member("Cut", "Ada", "admin"), cloud.member("Cut", "Lars", "admin")
    for _ in range(3):
        admin.send("/api/invitations", {"email": f"{new_id()}@example.com", "role": "recruiter"})
    answer = leaving.client.get("/api/audit.csv", headers=leaving.headers)
    pieces = iter(answer.response)
    assert [bool(next(pieces)) for _ in range(2)] == [True, True]
    assert admin.post(f"/api/members/{leaving.user_id}/deactivate").status_code == 204
    with pytest.raises(InterruptedError):
        list(pieces)


def test_what_can_be_filtered_by_is_told(cloud: Cloud, office: Office) -> None:
    choices = office.admin.read("/api/audit/choices")
    names = [person["name"] for person in choices["people"]]
    assert names == sorted(names, key=str.lower)
    assert {"Ada of North", "Anna of North"} <= set(names)
    assert "Sven of South" not in names
    assert choices["actions"] == sorted(set(choices["actions"]))
    assert "resume.downloaded" in choices["actions"]


def test_only_admins_read_it_and_only_their_own_offices(cloud: Cloud, office: Office) -> None:
    for path in ("/api/audit", "/api/audit/choices", "/api/audit.csv"):
        for caller in (office.recruiter, office.manager, office.computer):
            assert refused(caller.get(path)) == (403, "auth.forbidden")
    ours = {entry["entry_id"] for entry in entries(office)}
    theirs = {entry["entry_id"] for entry in office.stranger.read("/api/audit", limit=200)["entries"]}
    assert ours
    assert not ours & theirs
    assert not {int(row["Entry"]) for row in table(office.stranger)} & ours


@pytest.mark.parametrize(
    "query",
    [
        {"user_id": "x"},
        {"since": "yesterday"},
        {"since": "2026-01-01T00:00:00"},
        {"cursor": "x"},
        {"limit": "0"},
    ],
)
def test_nonsense_is_refused(office: Office, query: dict[str, str]) -> None:
    assert refused(office.admin.get("/api/audit", **query))[0] == 422


def test_the_name_of_somebody_who_was_deleted_is_not_shown(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0817")
    office.admin.send(f"/api/candidates/{row['candidate_id']}/erase")

    found = entries(office, candidate_id=row["candidate_id"])

    assert {entry["action"] for entry in found} >= {"resume.downloaded", "candidate.erased"}
    assert {(entry["candidate_name"], entry["candidate_is_deleted"]) for entry in found} == {("", True)}


def test_review_and_dashboard_are_what_they_were(office: Office) -> None:
    deliver(office.computer, "0818")
    assert review_item(office.recruiter, "0818")["name"] == "Seafarer 0818"
    verify(office.recruiter, "0818")
    assert row_of(office.recruiter, "0818")["status"] == "New"
