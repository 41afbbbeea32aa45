"""What others change, told to those who look at the same list: nothing is missed, and nobody else is told."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest

from cloud_api.dashboard import read
from cloud_api.live.watch import Subject, Watcher
from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_dashboard import on_dashboard, set_status, write_note
from tests.integration.cloud_http.test_jobs import address, messages
from tests.support.cloud_app import Caller, Cloud, Member, deliver, new_id, refused, row_of

__all__ = ["address"]


def newest(person: Caller) -> int:
    seq: int = person.read("/api/dashboard/data", limit=1)["seq"]
    return seq


def changes(person: Caller, after: int, **filters: object) -> dict[str, Any]:
    answer: dict[str, Any] = person.read("/api/dashboard/changes", after=after, **filters)
    return answer


def shown(answer: dict[str, Any]) -> list[str]:
    return [row["candidate_external_id"] for row in answer["rows"]]


def test_a_colleagues_change_is_told_with_the_row_as_it_is_now(office: Office) -> None:
    row = on_dashboard(office, "900")
    before = newest(office.colleague)
    set_status(office.recruiter, row, "Contacted")
    told = changes(office.colleague, before)
    assert [(each["status"], each["touched_by"]) for each in told["rows"]] == [("Contacted", "Anna of North")]
    assert told["seq"] > before
    assert (told["gone"], told["too_many"]) == ([], False)
    again = changes(office.colleague, told["seq"])
    assert (again["rows"], again["seq"]) == ([], told["seq"])


def test_who_leaves_the_list_on_screen_is_told_as_gone(office: Office) -> None:
    row = on_dashboard(office, "901", rank_applied_for="Bosun")
    other = on_dashboard(office, "902", rank_applied_for="Cook")
    before = newest(office.colleague)
    set_status(office.recruiter, row, "Contacted")
    set_status(office.recruiter, other, "Contacted")
    told = changes(office.colleague, before, rank="Bosun")
    assert (shown(told), told["gone"]) == (["901"], [other["candidate_id"]])
    as_new = changes(office.colleague, before, rank="Bosun", status="New")
    assert (shown(as_new), set(as_new["gone"])) == ([], {row["candidate_id"], other["candidate_id"]})
    assert shown(changes(office.colleague, before, q="901")) == ["901"]


def test_a_call_back_is_told_as_whose_it_is(office: Office) -> None:
    row = on_dashboard(office, "903")
    before = newest(office.recruiter)
    write_note(office.recruiter, row, "Call again", call_back_on="2026-12-01")
    assert changes(office.recruiter, before)["rows"][0]["call_back_is_mine"] is True
    assert changes(office.colleague, before)["rows"][0]["call_back_is_mine"] is False
    assert shown(changes(office.recruiter, before, call_backs="true")) == ["903"]
    assert shown(changes(office.colleague, before, call_backs="true")) == []


def test_the_counts_come_with_the_changes_and_equal_those_that_are_counted(
    cloud: Cloud, office: Office
) -> None:
    before = newest(office.recruiter)
    row = on_dashboard(office, "904", rank_applied_for="Pumpman")
    told = changes(office.recruiter, before)
    assert {"rank_applied_for": "Pumpman", "active": 1, "archived": 0} in told["rank_counts"]
    for status in ("Contacted", "Not Interested"):
        row = set_status(office.recruiter, row, status).get_json()
    told = changes(office.recruiter, before)
    assert {"rank_applied_for": "Pumpman", "active": 0, "archived": 1} in told["rank_counts"]
    kept = cloud.rows(
        "select organisation_id, rank_applied_for, status, people from app.candidate_counts"
        " where people > 0 order by 1, 2, 3"
    )
    counted = cloud.rows(
        "select organisation_id, rank_applied_for, status, count(*) from app.candidate_state"
        " where status is not null and deleted_at is null group by 1, 2, 3 order by 1, 2, 3"
    )
    assert kept == counted
    data = office.recruiter.read("/api/dashboard/data")
    assert data["total"] == sum(each["active"] for each in data["rank_counts"])


def test_a_new_resume_of_somebody_unknown_changes_no_list(office: Office) -> None:
    before = newest(office.recruiter)
    deliver(office.computer, "905")
    told = changes(office.recruiter, before)
    assert (told["rows"], told["gone"]) == ([], [])
    assert told["seq"] > before, "but the number of those under Review is new"


def test_after_very_many_changes_the_list_is_read_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = newest(office.recruiter)
    for number in ("906", "907", "908"):
        on_dashboard(office, number)
    monkeypatch.setattr(read, "CHANGES_TOLD", 2)
    told = changes(office.recruiter, before)
    assert (told["too_many"], told["rows"], told["gone"]) == (True, [], [])
    assert changes(office.recruiter, told["seq"] + 1_000_000)["too_many"], "as after a restore"


def test_who_was_deleted_is_gone_and_counted_nowhere(cloud: Cloud, office: Office) -> None:
    row = on_dashboard(office, "912", rank_applied_for="Welder")
    before = newest(office.colleague)
    cloud.change(
        "update app.candidate_state set deleted_at = now() where candidate_id = %s", row["candidate_id"]
    )
    told = changes(office.colleague, before)
    assert (told["rows"], told["gone"]) == ([], [row["candidate_id"]])
    assert "Welder" not in [each["rank_applied_for"] for each in told["rank_counts"]]


def test_another_office_hears_nothing(office: Office) -> None:
    before = newest(office.stranger)
    set_status(office.recruiter, on_dashboard(office, "909"), "Contacted")
    told = changes(office.stranger, 0)
    assert (told["rows"], told["gone"]) == ([], [])
    assert newest(office.stranger) == before
    assert refused(office.computer.get("/api/dashboard/changes", after=0)) == (403, "auth.forbidden")


@pytest.mark.parametrize("after", ["-1", "x", str(2**63)])
def test_a_number_that_is_none_is_refused(office: Office, after: str) -> None:
    assert refused(office.recruiter.get("/api/dashboard/changes", after=after))[0] == 422
    headers = office.recruiter.headers | {"Last-Event-ID": after}
    answer = office.recruiter.client.get("/api/dashboard/stream", headers=headers)
    assert refused(answer) == (422, "request.invalid")


def test_a_transaction_that_commits_late_is_not_missed(cloud: Cloud, office: Office) -> None:
    """One that wrote first and commits last: a reader that saw a later one in between still gets it."""
    slow, quick = on_dashboard(office, "910"), on_dashboard(office, "911")
    before = newest(office.colleague)
    with psycopg.connect(cloud.admin_url) as held:
        held.execute(
            "update app.candidate_state set availability = 'soon' where candidate_id = %s",
            [slow["candidate_id"]],
        )
        set_status(office.recruiter, quick, "Contacted")
        told = changes(office.colleague, before)
        assert shown(told) == ["911"]
    later = changes(office.colleague, told["seq"])
    assert [(row["candidate_external_id"], row["availability"]) for row in later["rows"]] == [("910", "soon")]


def test_two_who_change_each_others_people_at_once_never_wait_in_a_circle(
    cloud: Cloud, office: Office
) -> None:
    rows = [on_dashboard(office, str(920 + index)) for index in range(8)]
    before = newest(office.admin)

    def change(person: Member, turn: int) -> None:
        for row in rows[turn::2] + rows[1 - turn :: 2]:
            current = row_of(person, row["candidate_external_id"])
            assert write_note(person, current, f"{turn}").status_code in {200, 409}

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(change, office.recruiter, 0), pool.submit(change, office.colleague, 1)]:
            done.result()
    assert set(shown(changes(office.admin, before))) == {row["candidate_external_id"] for row in rows}


def notices(address: str, caller: Caller, last: int) -> Iterator[int]:
    headers = caller.headers | {"Last-Event-ID": str(last)}
    with httpx.stream(
        "GET", f"{address}/api/dashboard/stream", headers=headers, timeout=60, trust_env=False
    ) as response:
        assert response.status_code == 200
        for _, event, data in messages(response.iter_lines()):
            assert event == "changes"
            yield data["seq"]


def test_the_stream_tells_of_a_change_and_ends_with_the_access(
    cloud: Cloud, office: Office, address: str
) -> None:
    leaver = cloud.member("North", "Lotte", "recruiter")
    row = on_dashboard(office, "930")
    following = notices(address, leaver, newest(leaver))
    changed = threading.Timer(0.1, lambda: set_status(office.recruiter, row, "Contacted"))
    changed.start()
    seq = next(following)
    changed.join()
    assert seq == newest(office.recruiter)
    cloud.change("update app.memberships set active = false where user_id = %s", leaver.user_id)
    assert list(following) == []
    assert refused(leaver.get("/api/dashboard/stream")) == (403, "auth.not-a-member")


def test_two_recruiters_on_one_person_the_later_learns_what_changed(office: Office) -> None:
    row = on_dashboard(office, "931")
    set_status(office.recruiter, row, "Contacted")
    mine = {"event_id": new_id(), "candidate_id": row["candidate_id"], "version": row["version"]}
    late = office.colleague.post("/api/dashboard/notes", mine | {"note": "What I had typed"})
    problem = json.loads(late.data)
    assert (late.status_code, problem["reason"]) == (409, "candidate.changed-meanwhile")
    facts = problem["facts"]
    assert (facts["status"], facts["touched_by"]) == ("Contacted", "Anna of North")
    again = mine | {"event_id": new_id(), "version": facts["version"], "note": "What I had typed"}
    assert office.colleague.post("/api/dashboard/notes", again).get_json()["notes"] == "What I had typed"


def test_who_is_switched_off_while_the_stream_opens_gets_none(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, person = cloud.member("Opening", "Ada", "admin"), cloud.member("Opening", "Olga", "recruiter")
    watch = cloud.services.watch
    opens = watch.open

    def open_late(*subjects: Subject) -> Watcher:
        assert admin.post(f"/api/members/{person.user_id}/deactivate").status_code == 204
        return opens(*subjects)

    monkeypatch.setattr(watch, "open", open_late)
    assert refused(person.get("/api/dashboard/stream")) == (403, "auth.not-a-member")
    assert not any(subject.subject_id == subject.office_id for subject in watch.watched())
