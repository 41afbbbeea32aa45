"""Review, undo, the panel, the history and the search for anyone over HTTP."""

import pytest

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import (
    Cloud,
    Member,
    deliver,
    new_id,
    refused,
    review_item,
    row_of,
    verify,
)


def decide(person: Member, what: str, *resume_ids: str) -> list[dict[str, object]]:
    items = [{"event_id": new_id(), "resume_id": resume_id} for resume_id in resume_ids]
    verdicts: list[dict[str, object]] = person.send(f"/api/review/{what}", {"items": items})["verdicts"]
    assert [verdict["event_id"] for verdict in verdicts] == [item["event_id"] for item in items]
    return verdicts


def history(person: Member, candidate_id: str) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = person.read(f"/api/candidates/{candidate_id}/history")["entries"]
    return entries


def test_review_is_shared_oldest_first_and_paged(office: Office) -> None:
    numbers = [f"10{place}" for place in range(5)]
    for number in numbers:
        deliver(office.computer, number, rank_applied_for="Bosun")
    seen: list[str] = []
    cursor = ""
    while True:
        page = office.colleague.read("/api/review", rank="Bosun", limit=2, cursor=cursor)
        assert page["total"] == 5
        seen += [item["candidate_external_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == numbers
    assert office.stranger.read("/api/review")["total"] == 0


def test_a_row_of_review_says_what_helps_to_decide(office: Office) -> None:
    payload = deliver(office.computer, "0007", search_ship_type="Tanker")
    item = review_item(office.colleague, "0007")
    assert item["content_sha256"] == payload["content_sha256"]
    assert (item["name"], item["present_rank"]) == ("Seafarer 0007", "3rd Officer")
    assert (item["rank_applied_for"], item["search_ship_type"]) == ("2nd Officer", "Tanker")
    assert item["strongest_fact"] == "3rd Officer on MV Aurora, until 1 Jun 2026"
    assert (item["already_known"], item["upload_status"]) == (False, "pending")
    assert (item["downloaded_by"], item["device_id"]) == ("Anna of North", office.computer.device_id)


def test_many_are_decided_at_once_and_each_has_its_own_verdict(office: Office) -> None:
    for number in ("201", "202"):
        deliver(office.computer, number)
    first, second = (review_item(office.recruiter, number)["resume_id"] for number in ("201", "202"))
    verdicts = decide(office.recruiter, "verify", first, new_id(), second, first)
    assert [verdict["verdict"] for verdict in verdicts] == ["accepted", "rejected", "accepted", "rejected"]
    assert [verdict["reason"] for verdict in verdicts][1::2] == ["request.not-found", "review.not-to-review"]
    assert row_of(office.colleague, "202")["status"] == "New"


def test_deciding_twice_with_one_id_counts_once(office: Office) -> None:
    deliver(office.computer, "210")
    item = {"event_id": new_id(), "resume_id": review_item(office.recruiter, "210")["resume_id"]}
    answers = [office.recruiter.send("/api/review/verify", {"items": [item]}) for _ in range(2)]
    assert [answer["verdicts"][0]["verdict"] for answer in answers] == ["accepted", "duplicate"]
    assert row_of(office.recruiter, "210")["version"] == 1


def test_who_is_passed_over_leaves_review_and_is_not_on_the_dashboard(office: Office) -> None:
    deliver(office.computer, "220")
    item = review_item(office.recruiter, "220")
    (verdict,) = decide(office.recruiter, "pass", item["resume_id"])
    assert verdict["verdict"] == "accepted"
    panel = office.colleague.read(f"/api/candidates/{item['candidate_id']}")
    assert (panel["review_state"], panel["status"], panel["allowed_statuses"]) == ("passed", None, [])
    with pytest.raises(AssertionError, match="not on the dashboard"):
        row_of(office.recruiter, "220")


def test_another_offices_resume_does_not_exist(office: Office) -> None:
    deliver(office.computer, "230")
    item = review_item(office.recruiter, "230")
    (verdict,) = decide(office.stranger, "verify", item["resume_id"])
    assert (verdict["verdict"], verdict["reason"]) == ("rejected", "request.not-found")
    for path in (item["candidate_id"], f"{item['candidate_id']}/history"):
        assert refused(office.stranger.get(f"/api/candidates/{path}")) == (404, "request.not-found")
    assert office.stranger.read("/api/candidates/find", q="230")["candidates"] == []


def test_a_verified_persons_new_resume_comes_back_to_review_as_known(office: Office) -> None:
    deliver(office.computer, "240")
    verify(office.recruiter, "240")
    deliver(office.computer, "240", "second")
    assert review_item(office.recruiter, "240")["already_known"] is True


def test_undo_takes_the_newest_decision_back_and_nothing_is_deleted(office: Office) -> None:
    deliver(office.computer, "250")
    row = verify(office.recruiter, "250")
    (entry, download) = history(office.recruiter, row["candidate_id"])
    assert (entry["event_type"], entry["undoable"]) == ("initial_verification", True)
    assert (download["event_type"], download["undoable"]) == ("resume_downloaded", False)
    assert history(office.colleague, row["candidate_id"])[0]["undoable"] is False
    undo = {"event_id": new_id(), "undoes_event_id": entry["event_id"]}
    (refusal,) = office.colleague.send("/api/undo", undo)["verdicts"]
    assert (refusal["verdict"], refusal["reason"]) == ("rejected", "undo.not-yours")
    (verdict,) = office.recruiter.send("/api/undo", undo)["verdicts"]
    assert verdict["verdict"] == "accepted"
    assert review_item(office.recruiter, "250")["already_known"] is False
    undone, verified, _ = history(office.recruiter, row["candidate_id"])
    assert undone["event_type"] == "undo"
    assert verified["undone_by_event_id"] == undone["event_id"] == undo["event_id"]
    assert verified["undoable"] is False


def test_defect_10_history_says_who_did_what_and_when(cloud: Cloud, office: Office) -> None:
    deliver(office.computer, "260")
    row = verify(office.colleague, "260")
    change = {"candidate_id": row["candidate_id"], "status": "Contacted", "version": row["version"]}
    office.admin.send("/api/dashboard/status", {"event_id": new_id(), **change})
    note = {"candidate_id": row["candidate_id"], "note": "Call on Monday", "version": row["version"] + 1}
    office.recruiter.send("/api/dashboard/notes", {"event_id": new_id(), **note})
    entries = history(office.recruiter, row["candidate_id"])
    said = [(entry["event_type"], entry["by_name"], entry["by_device"]) for entry in entries]
    assert said == [
        ("note_added", "Anna of North", ""),
        ("status_change", "Ada of North", ""),
        ("initial_verification", "Bela of North", ""),
        ("resume_downloaded", "Anna of North", "Laptop"),
    ]
    assert (entries[0]["notes"], entries[1]["status"]) == ("Call on Monday", "Contacted")
    assert entries[3]["filename"] == "2nd_Officer_260.pdf"
    assert all(entry["created_at"] for entry in entries)


def test_the_panel_shows_everything_of_a_person_newest_resume_first(office: Office) -> None:
    deliver(office.computer, "0270", facts={"date_of_birth": "1990-02-03"})
    row = verify(office.recruiter, "0270")
    deliver(office.computer, "0270", "second")
    panel = office.colleague.read(f"/api/candidates/{row['candidate_id']}")
    assert (panel["candidate_external_id"], panel["mobile_no"]) == ("0270", "+49 170 0270")
    assert (panel["date_of_birth"], panel["status"]) == ("1990-02-03", "New")
    assert (panel["review_state"], panel["allowed_statuses"]) == ("to_review", ["Contacted"])
    assert len(panel["resumes"]) == 2
    assert panel["resumes"][0]["facts"]["sea_service"][0]["vessel"] == "MV Aurora"


@pytest.mark.parametrize("typed", ["0280", "280", "+49 170-0280", "seafarer 0280", "SEAFARER 02", "1700280"])
def test_anyone_is_found_by_name_phone_or_number(office: Office, typed: str) -> None:
    found = office.colleague.read("/api/candidates/find", q=typed)["candidates"]
    if "0280" not in {hit["candidate_external_id"] for hit in found}:
        deliver(office.computer, "0280")
        found = office.colleague.read("/api/candidates/find", q=typed)["candidates"]
    assert "0280" in {hit["candidate_external_id"] for hit in found}


def test_the_person_of_exactly_this_number_comes_first(office: Office) -> None:
    for number in ("33301", "333"):
        deliver(office.computer, number)
    found = office.colleague.read("/api/candidates/find", q="333")["candidates"]
    assert [hit["candidate_external_id"] for hit in found] == ["333", "33301"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "%%%", "' or 1=1 --", "   "])
def test_signs_of_patterns_find_nobody(office: Office, typed: str) -> None:
    assert office.recruiter.read("/api/candidates/find", q=typed)["candidates"] == []
