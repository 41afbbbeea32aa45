"""The dashboard over HTTP on a real database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import (
    Caller,
    Cloud,
    Member,
    deliver,
    new_id,
    refused,
    review_item,
    row_of,
    running_cloud,
    verify,
)
from tests.support.postgres import TestDatabase


def set_status(person: Member, row: dict[str, Any], status: str, **changes: object) -> Any:
    body = {"event_id": new_id(), "candidate_id": row["candidate_id"], "version": row["version"]}
    return person.post("/api/dashboard/status", body | {"status": status} | changes)


def write_note(person: Member, row: dict[str, Any], note: str, **changes: object) -> Any:
    body = {"event_id": new_id(), "candidate_id": row["candidate_id"], "version": row["version"]}
    return person.post("/api/dashboard/notes", body | {"note": note} | changes)


def on_dashboard(office: Office, number: str, **changes: Any) -> dict[str, Any]:
    deliver(office.computer, number, **changes)
    return verify(office.recruiter, number)


def numbers(person: Member, **filters: object) -> list[str]:
    rows = person.read("/api/dashboard/data", limit=200, **filters)["rows"]
    return [row["candidate_external_id"] for row in rows]


@contextmanager
def counted_queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect every statement that goes to the database."""
    seen: list[str] = []
    execute = psycopg.Cursor.execute

    def spy(self: psycopg.Cursor[Any], query: Any, *arguments: Any, **options: Any) -> Any:
        seen.append(query.decode() if isinstance(query, bytes) else str(query))
        return execute(self, query, *arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", spy)
        yield seen


def test_a_resume_reaches_the_dashboard(office: Office) -> None:
    row = on_dashboard(office, "0042")
    assert (row["name"], row["status"], row["candidate_external_id"]) == ("Seafarer 0042", "New", "0042")
    assert row["mobile_no"] == "+49 170 0042"
    assert row["allowed_statuses"] == ["Contacted"]
    assert row_of(office.colleague, "0042")["touched_by"] == "Anna of North"
    assert office.stranger.read("/api/dashboard/data")["total"] == 0


def test_a_status_goes_step_by_step_to_the_archive(office: Office) -> None:
    row = on_dashboard(office, "50")
    for status in ("Contacted", "Interested", "Mail Sent (handoff complete)"):
        answer = set_status(office.colleague, row, status)
        assert answer.status_code == 200
        row = answer.get_json()
        assert (row["status"], row["touched_by"]) == (status, "Bela of North")
    assert row["allowed_statuses"] == []
    assert "50" not in numbers(office.recruiter)
    assert "50" in numbers(office.recruiter, archive="true")


def test_a_step_that_is_not_allowed_says_which_are(office: Office) -> None:
    row = on_dashboard(office, "51")
    answer = set_status(office.recruiter, row, "Interested")
    assert refused(answer) == (409, "status.transition-not-allowed")
    facts = answer.get_json()["facts"]
    assert (facts["allowed_statuses"], facts["status"], facts["version"]) == (["Contacted"], "New", 1)
    assert row_of(office.recruiter, "51") == row


def test_an_admin_may_override_with_a_reason_and_nobody_else(office: Office) -> None:
    row = on_dashboard(office, "52")
    assert refused(set_status(office.admin, row, "Interested")) == (422, "status.override-needs-reason")
    assert refused(set_status(office.admin, row, "Interested", override_reason="  "))[0] == 422
    answer = set_status(office.recruiter, row, "Interested", override_reason="I want it")
    assert refused(answer) == (409, "status.transition-not-allowed")
    answer = set_status(office.admin, row, "Interested", override_reason="Agreed on the phone")
    assert answer.get_json()["status"] == "Interested"


def test_a_stale_change_says_who_changed_what_and_nothing_is_lost(office: Office) -> None:
    row = on_dashboard(office, "53")
    fresh = set_status(office.colleague, row, "Contacted").get_json()
    for answer in (
        set_status(office.recruiter, row, "Contacted"),
        write_note(office.recruiter, row, "Call back"),
    ):
        assert refused(answer) == (409, "candidate.changed-meanwhile")
        facts = answer.get_json()["facts"]
        assert (facts["version"], facts["status"], facts["touched_by"]) == (2, "Contacted", "Bela of North")
        assert facts["touched_at"]
    assert write_note(office.recruiter, fresh, "Call back").get_json()["notes"] == "Call back"


def test_of_two_changes_at_the_same_moment_one_holds_and_the_other_is_told(office: Office) -> None:
    row = on_dashboard(office, "58")
    people = [office.recruiter, office.colleague, office.manager, office.admin]
    with ThreadPoolExecutor(len(people)) as threads:
        answers = list(threads.map(lambda person: set_status(person, row, "Contacted"), people))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    reasons = {answer.get_json()["reason"] for answer in answers if answer.status_code == 409}
    assert reasons == {"candidate.changed-meanwhile"}
    assert row_of(office.recruiter, "58")["version"] == row["version"] + 1


def test_the_same_change_sent_twice_counts_once(office: Office) -> None:
    row = on_dashboard(office, "54")
    event_id = new_id()
    first = write_note(office.recruiter, row, "Prefers e-mail", event_id=event_id).get_json()
    again = write_note(office.recruiter, row, "Prefers e-mail", event_id=event_id).get_json()
    assert first == again
    assert again["version"] == row["version"] + 1


def test_who_is_not_verified_or_not_of_the_office_cannot_be_changed(office: Office) -> None:
    deliver(office.computer, "55")
    waiting = {"candidate_id": review_item(office.recruiter, "55")["candidate_id"], "version": 0}
    assert refused(set_status(office.recruiter, waiting, "Contacted")) == (409, "candidate.not-verified")
    assert refused(write_note(office.recruiter, waiting, "x")) == (409, "candidate.not-verified")
    row = on_dashboard(office, "56")
    for answer in (set_status(office.stranger, row, "Contacted"), write_note(office.stranger, row, "x")):
        assert refused(answer) == (404, "request.not-found")


def test_defect_1_verifying_again_never_resets_a_status(office: Office) -> None:
    row = on_dashboard(office, "57")
    set_status(office.recruiter, row, "Contacted")
    deliver(office.computer, "57", "second")
    row = verify(office.colleague, "57")
    assert row["status"] == "Contacted"


def test_filters_show_what_they_say(office: Office) -> None:
    one = on_dashboard(office, "6001", rank_applied_for="Cook", facts={"country": "Philippines"})
    on_dashboard(office, "6002", rank_applied_for="Cook")
    set_status(office.recruiter, one, "Contacted")
    assert numbers(office.recruiter, rank="Cook") == ["6001", "6002"]
    assert numbers(office.recruiter, rank="Cook", status="Contacted") == ["6001"]
    assert numbers(office.recruiter, country="philippines") == ["6001"]
    assert numbers(office.recruiter, q="seafarer 600", country="India") == ["6002"]
    assert numbers(office.recruiter, q="+49 170-6001") == ["6001"]
    assert numbers(office.recruiter, rank="Nobody") == []
    counts = office.recruiter.read("/api/dashboard/data", rank="Cook", status="Contacted")
    assert counts["total"] == 1
    assert {"rank_applied_for": "Cook", "active": 2, "archived": 0} in counts["rank_counts"]


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"status": "Hired"}, "status"),
        ({"archive": "perhaps"}, "archive"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"rank": "x" * 401}, "rank"),
        ({"sort": "name"}, "sort"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(office: Office, filters: dict[str, str], field: str) -> None:
    answer = office.recruiter.get("/api/dashboard/data", **filters)
    assert refused(answer) == (422, "request.invalid")
    assert any(named.startswith(field) for named in answer.get_json()["facts"]["fields"])


def test_pages_lose_and_repeat_nobody_while_others_work(office: Office) -> None:
    made = [f"70{place}" for place in range(7)]
    for number in made:
        on_dashboard(office, number, rank_applied_for="Oiler")
    first = office.recruiter.read("/api/dashboard/data", rank="Oiler", limit=3)
    assert (len(first["rows"]), first["total"]) == (3, 7)
    on_dashboard(office, "799", rank_applied_for="Oiler")
    rest: list[str] = []
    cursor = first["next_cursor"]
    while cursor:
        page = office.recruiter.read("/api/dashboard/data", rank="Oiler", limit=3, cursor=cursor)
        rest += [row["candidate_external_id"] for row in page["rows"]]
        cursor = page["next_cursor"]
    shown = [row["candidate_external_id"] for row in first["rows"]] + rest
    assert shown == made[::-1]


def test_the_next_expiry_is_never_one_that_is_over(office: Office) -> None:
    documents = [
        {"kind": "Passport", "expires_on": "2001-01-01"},
        {"kind": "Seaman's book", "expires_on": "2099-05-01"},
        {"kind": "Visa", "expires_on": "2098-05-01"},
    ]
    assert on_dashboard(office, "80", facts={"documents": documents})["next_expiry"] == "2098-05-01"
    assert on_dashboard(office, "81", facts={"documents": documents[:1]})["next_expiry"] is None


def test_defect_7_a_database_that_is_away_is_said_and_never_an_empty_dashboard(
    database: TestDatabase, office: Office, tmp_path: Path
) -> None:
    with running_cloud(database, tmp_path) as cloud:
        person = cloud.sign_in(office.recruiter.email)
        assert person.get("/api/dashboard/data").status_code == 200
        cloud.services.database.close()
        for path in ("/api/dashboard/data", "/api/review", "/api/candidates/find?q=anna"):
            answer = person.get(path)
            assert refused(answer) == (503, "server.database-unavailable")
            assert set(answer.get_json()) == {
                "type",
                "title",
                "status",
                "reason",
                "next_step",
                "detail",
                "facts",
            }
        assert cloud.nobody.read("/api/health")["status"] == "degraded"


def test_defect_7_a_query_that_fails_is_a_fault_and_never_an_empty_dashboard(
    cloud: Cloud, office: Office
) -> None:
    with psycopg.connect(cloud.admin_url, autocommit=True) as admin:
        admin.execute("alter view app.rank_counts_v rename to rank_counts_gone")
        try:
            assert refused(office.recruiter.get("/api/dashboard/data")) == (500, "server.fault")
        finally:
            admin.execute("alter view app.rank_counts_gone rename to rank_counts_v")
    assert office.recruiter.get("/api/dashboard/data").status_code == 200


def test_defect_12_a_dashboard_is_the_same_few_queries_however_much_happened(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = on_dashboard(office, "90")
    with counted_queries(monkeypatch) as before:
        office.recruiter.read("/api/dashboard/data")
    for number in ("91", "92", "93"):
        on_dashboard(office, number)
    for turn in range(5):
        row = write_note(office.recruiter, row, f"note {turn}").get_json()
    with counted_queries(monkeypatch) as after:
        office.recruiter.read("/api/dashboard/data")
    assert len(before) == len(after)
    assert len(after) < 10
    assert not [query for query in after if "candidate_events" in query]


def test_defect_2_leading_zeros_stay(office: Office) -> None:
    row = on_dashboard(office, "00700", facts={"mobile_no": "0049170"})
    assert (row["candidate_external_id"], row["mobile_no"]) == ("00700", "0049170")


def test_a_call_back_is_the_writers_own_list_by_day(office: Office) -> None:
    for number, day in (("8101", "2026-11-20"), ("8102", "2026-11-13"), ("8103", "2026-11-12")):
        person = office.colleague if number == "8103" else office.recruiter
        row = write_note(person, on_dashboard(office, number), "Ask again", call_back_on=day).get_json()
        assert (row["call_back_on"], row["call_back_is_mine"]) == (day, True)
    mine = office.recruiter.read("/api/dashboard/data", call_backs="true", today="2026-11-13")
    assert [row["candidate_external_id"] for row in mine["rows"]] == ["8102", "8101"]
    assert (mine["total"], mine["my_call_backs"], mine["call_backs_due"]) == (2, 2, 1)
    panel = office.recruiter.read(f"/api/candidates/{row['candidate_id']}")
    assert (panel["call_back_on"], panel["call_back_by"]) == ("2026-11-12", "Bela of North")
    row = write_note(office.recruiter, row_of(office.recruiter, "8102"), "Not at home").get_json()
    assert row["call_back_on"] == "2026-11-13"
    row = write_note(office.recruiter, row, "Reached", call_back_done=True).get_json()
    assert row["call_back_on"] is None
    assert numbers(office.recruiter, call_backs="true") == ["8101"]


def test_a_note_cannot_both_ask_for_a_call_back_and_end_it(office: Office) -> None:
    row = on_dashboard(office, "8110")
    answer = write_note(office.recruiter, row, "x", call_back_on="2026-11-20", call_back_done=True)
    assert refused(answer) == (422, "request.invalid")
    assert refused(write_note(office.recruiter, row, "x", call_back_on="soon")) == (422, "request.invalid")


def test_a_value_that_the_database_cannot_keep_is_refused_by_name(office: Office) -> None:
    row = on_dashboard(office, "95")
    answer = write_note(office.recruiter, row, "zero \x00 byte")
    assert answer.status_code == 422
    assert refused(answer)[1] in {"request.invalid", "ingest.unreadable"}
    assert refused(write_note(office.recruiter, row, "x", version="1")) == (422, "request.invalid")
    assert refused(write_note(office.recruiter, row, "x", version=True)) == (422, "request.invalid")
    answer = write_note(office.recruiter, row, "x", version=10**15)
    assert refused(answer)[0] in {409, 422}
    assert refused(office.recruiter.get("/api/dashboard/data", q="a\x00b")) == (422, "request.invalid")
    assert row_of(office.recruiter, "95") == row


def test_nobody_reads_without_a_token(cloud: Cloud) -> None:
    assert isinstance(cloud.nobody, Caller)
    assert refused(cloud.nobody.get("/api/dashboard/data")) == (401, "auth.required")
