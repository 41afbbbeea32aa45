"""Keeping and deleting over HTTP: rules with their dry run, legal hold, erasing, and what is left then."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cloud_api.retention.worker import sweep
from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_exports import make, stored, table, zip_of
from tests.support.cloud_app import Cloud, deliver, new_id, refused, review_item, row_of, verify

RULE = {"months": 12, "grace_days": 14, "statuses": [], "ranks": [], "active": True}


def idle(cloud: Cloud, *numbers: str, months: int = 30) -> None:
    cloud.change(
        "update app.candidate_state set touched_at = now() - make_interval(months => %s)"
        " where candidate_external_id = any (%s)",
        months,
        list(numbers),
    )


def work(cloud: Cloud) -> Any:
    return sweep(cloud.services.database, cloud.services.objects)


@pytest.fixture(autouse=True)
def no_rules(cloud: Cloud) -> None:
    cloud.change("delete from app.retention_rules")
    cloud.change("update app.candidate_state set touched_at = now() where deleted_at is null")


def files(cloud: Cloud) -> list[str]:
    folder = cloud.services.settings.object_store_folder
    assert folder is not None
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*.pdf"))


def test_a_dry_run_says_whom_a_rule_would_delete_and_changes_nothing(cloud: Cloud, office: Office) -> None:
    rows = [stored(cloud, office, number) for number in ("0901", "0902")]
    deliver(office.computer, "0903")
    idle(cloud, "0901", "0902", "0903")
    office.admin.send(f"/api/candidates/{rows[1]['candidate_id']}/hold", {"reason": "A court asked"})

    found = office.admin.send("/api/retention/preview", RULE)

    assert (found["people"], found["held"]) == (2, 1)
    assert found["by_rank"] == [{"name": "2nd Officer", "people": 2}]
    assert found["by_status"] == [{"name": "New", "people": 1}, {"name": "unverified", "people": 1}]
    assert {person["name"] for person in found["first"]} == {"Seafarer 0901", "Seafarer 0903"}
    assert office.admin.send("/api/retention/preview", RULE | {"months": 31})["people"] == 0
    assert office.admin.send("/api/retention/preview", RULE | {"statuses": ["unverified"]})["people"] == 1
    assert row_of(office.recruiter, "0901")
    assert office.admin.read("/api/retention")["rules"] == []
    office.admin.client.delete(
        f"/api/candidates/{rows[1]['candidate_id']}/hold", headers=office.admin.headers
    )


def test_a_rule_is_saved_changed_followed_and_dropped(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0904")
    idle(cloud, "0904")
    before = office.recruiter.read("/api/dashboard/data")
    rule = office.admin.send("/api/retention/rules", RULE | {"active": False})
    assert (rule["created_by"], rule["last_run_at"], rule["months"]) == ("Ada of North", None, 12)
    assert work(cloud).deleted == 0

    answer = office.admin.client.put(
        f"/api/retention/rules/{rule['rule_id']}", json=RULE, headers=office.admin.headers
    )
    assert answer.get_json()["active"] is True
    assert work(cloud).deleted == 1

    after = office.recruiter.read("/api/dashboard/data")
    assert after["total"] == before["total"] - 1
    assert refused(office.recruiter.get(f"/api/candidates/{row['candidate_id']}")) == (
        404,
        "request.not-found",
    )
    assert office.recruiter.read("/api/candidates/find", q="0904")["candidates"] == []
    gone = office.admin.read("/api/retention/deleted")["people"]
    assert [person["name"] for person in gone] == ["Seafarer 0904"]
    (rank,) = [
        one
        for one in office.admin.read("/api/retention")["deleted"]
        if one["rank_applied_for"] == "2nd Officer"
    ]
    assert (rank["waiting"], rank["active"]) == (1, 1)

    back = office.admin.send("/api/retention/restore", {"candidate_ids": [row["candidate_id"], new_id()]})
    assert back == {"restored": 1}
    assert office.recruiter.read("/api/dashboard/data")["total"] == before["total"]
    assert office.admin.read("/api/retention/deleted")["people"] == []
    dropped = office.admin.client.delete(
        f"/api/retention/rules/{rule['rule_id']}", headers=office.admin.headers
    )
    assert dropped.status_code == 204
    acts = [entry["action"] for entry in office.admin.read("/api/audit", limit=200)["entries"]]
    assert {"rule.made", "rule.changed", "rule.dropped", "candidate.deleted", "candidate.restored"} <= set(
        acts
    )


@pytest.mark.parametrize(
    "change",
    [{"months": 0}, {"months": 241}, {"grace_days": 0}, {"statuses": ["Gone"]}, {"months": "12"}, {"x": 1}],
)
def test_a_rule_that_makes_no_sense_is_refused(office: Office, change: dict[str, Any]) -> None:
    for path in ("/api/retention/rules", "/api/retention/preview"):
        assert refused(office.admin.post(path, RULE | change))[0] == 422


def test_what_the_office_has_of_a_person_and_where_copies_are(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0905")
    other = cloud.computer(office.colleague, "Bela's notebook")
    deliver_again(cloud, other, "0905")
    make(office.recruiter, row)

    kept = office.admin.read(f"/api/candidates/{row['candidate_id']}/keeping")

    assert (kept["resumes"], kept["cloud_copies"], kept["exports"], kept["hold"]) == (1, 1, 1, None)
    assert [(one["device_name"], one["owner_name"]) for one in kept["computers"]] == [
        ("Bela's notebook", "Bela of North"),
        ("Laptop", "Anna of North"),
    ]


def deliver_again(cloud: Cloud, computer: Any, number: str) -> None:
    ((content, digest, length),) = cloud.rows(
        "select content_sha256, file_sha256, file_length from app.resumes r join app.candidates c"
        " on c.id = r.candidate_id where c.candidate_external_id = %s",
        number,
    )
    deliver(computer, number, content_sha256=content, file_sha256=digest, file_length=length)


def test_a_legal_hold_is_placed_once_seen_and_lifted(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0906")
    path = f"/api/candidates/{row['candidate_id']}"
    for reason in ("A court asked", "again"):
        kept = office.admin.send(f"{path}/hold", {"reason": reason})
        assert (kept["hold"]["reason"], kept["hold"]["placed_by"]) == ("A court asked", "Ada of North")
    idle(cloud, "0906")
    office.admin.send("/api/retention/rules", RULE)

    assert work(cloud).deleted == 0
    assert refused(office.admin.post(f"{path}/erase")) == (409, "candidate.held")

    lifted = office.admin.client.delete(f"{path}/hold", headers=office.admin.headers)
    assert lifted.get_json()["hold"] is None
    found = office.admin.read("/api/audit", candidate_id=row["candidate_id"])["entries"]
    assert [entry["action"] for entry in found][:2] == ["hold.lifted", "hold.placed"]
    assert "A court asked" not in str(found)


def test_erasing_takes_everything_of_one_person_and_says_which_computers_have_copies(
    cloud: Cloud, office: Office
) -> None:
    row, other = stored(cloud, office, "0907"), stored(cloud, office, "0908")
    note = {"event_id": new_id(), "candidate_id": row["candidate_id"], "version": row["version"]}
    office.recruiter.send("/api/dashboard/notes", note | {"note": "canary-note about her"})
    resume_id = office.recruiter.read(f"/api/candidates/{row['candidate_id']}")["resumes"][0]["resume_id"]
    made = make(office.recruiter, row, other)
    counts = office.recruiter.read("/api/dashboard/data")["rank_counts"]
    assert [path for path in files(cloud) if "/0907/" in path]

    erased = office.admin.send(f"/api/candidates/{row['candidate_id']}/erase")

    assert (erased["resumes"], erased["cloud_copies"]) == (1, 1)
    assert [one["device_name"] for one in erased["computers"]] == ["Laptop"]
    assert not [path for path in files(cloud) if "/0907/" in path]
    assert [path for path in files(cloud) if "/0908/" in path]
    for path in ("", "/history", "/keeping"):
        answer = office.admin.get(f"/api/candidates/{row['candidate_id']}{path}")
        assert refused(answer) == (404, "request.not-found")
    for path in ("link", "cloud-copy"):
        answer = office.recruiter.get(f"/api/resumes/{resume_id}/{path}")
        assert refused(answer) == (404, "request.not-found")
    assert office.recruiter.read("/api/candidates/find", q="0907")["candidates"] == []
    assert refused(office.admin.post(f"/api/candidates/{row['candidate_id']}/erase"))[0] == 404

    # Nothing that an office counts is wrong afterwards.
    now = office.recruiter.read("/api/dashboard/data")["rank_counts"]
    gone = {one["rank_applied_for"]: one["active"] for one in office.admin.read("/api/retention")["deleted"]}
    for before, after in zip(counts, now, strict=True):
        missing = gone.get(before["rank_applied_for"], 0) if after != before else 0
        assert before["active"] - after["active"] in (0, 1)
        assert missing >= before["active"] - after["active"]
    people = office.recruiter.read(f"/api/export/{made['export_id']}/people")["people"]
    assert len(people) == made["people"] == 2


def test_an_export_keeps_its_count_when_somebody_in_it_is_erased(cloud: Cloud, office: Office) -> None:
    rows = [stored(cloud, office, number) for number in ("0909", "0910")]
    made = make(office.recruiter, *rows)
    office.admin.send(f"/api/candidates/{rows[0]['candidate_id']}/erase")

    archive = zip_of(office.recruiter, made)

    assert [row["Candidate_ID"] for row in table(archive)] == ["", "0910"]
    (missing,) = table(archive, "missing.csv")
    assert (missing["Reason"], missing["Name"]) == ("candidate.deleted", "")
    assert not any("0909" in name for name in archive.namelist())


def test_only_admins_keep_hold_and_erase_and_only_in_their_own_office(cloud: Cloud, office: Office) -> None:
    row = stored(cloud, office, "0911")
    person = f"/api/candidates/{row['candidate_id']}"
    for caller in (office.recruiter, office.manager, office.computer):
        for answer in (
            caller.get("/api/retention"),
            caller.get("/api/retention/deleted"),
            caller.post("/api/retention/rules", RULE),
            caller.post("/api/retention/preview", RULE),
            caller.post("/api/retention/restore", {"candidate_ids": [row["candidate_id"]]}),
            caller.get(f"{person}/keeping"),
            caller.post(f"{person}/hold", {"reason": "x"}),
            caller.post(f"{person}/erase"),
        ):
            assert refused(answer) == (403, "auth.forbidden")
    for answer in (
        office.stranger.get(f"{person}/keeping"),
        office.stranger.post(f"{person}/hold", {"reason": "x"}),
        office.stranger.post(f"{person}/erase"),
    ):
        assert refused(answer) == (404, "request.not-found")
    rule = office.admin.send("/api/retention/rules", RULE)
    for method in ("put", "delete"):
        answer = office.stranger.client.open(
            f"/api/retention/rules/{rule['rule_id']}",
            method=method.upper(),
            json=RULE if method == "put" else None,
            headers=office.stranger.headers,
        )
        assert refused(answer) == (404, "request.not-found")
    assert office.stranger.read("/api/retention")["rules"] == []
    back = office.stranger.post("/api/retention/restore", {"candidate_ids": [row["candidate_id"]]})
    assert refused(back) == (404, "request.not-found")
    assert row_of(office.recruiter, "0911")


def test_who_was_deleted_is_listed_by_pages(cloud: Cloud, office: Office) -> None:
    numbers = [f"09{n}" for n in range(20, 27)]
    for number in numbers:
        deliver(office.computer, number)
    idle(cloud, *numbers)
    office.admin.send("/api/retention/rules", RULE)
    work(cloud)
    names: list[str] = []
    cursor = ""
    while True:
        page = office.admin.read("/api/retention/deleted", limit=3, cursor=cursor)
        names += [person["name"] for person in page["people"]]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    assert sorted(names) == [f"Seafarer {number}" for number in numbers]
    assert refused(office.admin.get(f"/api/candidates/{uuid4()}/keeping")) == (404, "request.not-found")


def test_a_download_again_brings_back_and_a_review_goes_on(cloud: Cloud, office: Office) -> None:
    deliver(office.computer, "0930")
    idle(cloud, "0930")
    office.admin.send("/api/retention/rules", RULE)
    work(cloud)
    deliver(office.computer, "0930", "newer")
    assert review_item(office.recruiter, "0930")["name"] == "Seafarer 0930"
    verify(office.recruiter, "0930")
