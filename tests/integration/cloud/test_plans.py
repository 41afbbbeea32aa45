"""With many candidates, the pages people wait for are found by index, under row-level security."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from cloud_api.dashboard import read
from cloud_api.dashboard.schemas import DashboardQuery
from cloud_api.db.queries import NamedQueries
from tests.integration.cloud.conftest import Office
from tests.support.office import World

MANY = 6_000
_FILL = """
with made as (
  insert into app.candidates (organisation_id, candidate_external_id)
  select %(office)s, (1000000 + n)::text from generate_series(1, %(many)s) n
  returning id, organisation_id, candidate_external_id
)
insert into app.candidate_state (
  candidate_id, organisation_id, candidate_external_id, name, mobile_no, rank_applied_for, status,
  verified_at, touched_at, review_state
)
select id, organisation_id, candidate_external_id, 'Seafarer ' || candidate_external_id,
  '0049 ' || candidate_external_id, case when random() < 0.01 then 'Master' else 'Cook' end, 'New', now(),
  now() - random() * interval '900 days', case when random() < 0.01 then 'to_review' else 'verified' end
from made
"""


@pytest.fixture(scope="module")
def many(office_world: World, office: Office) -> World:
    office_world.run("alter table app.candidate_state disable trigger check_candidate_state")
    for organisation_id in (office.recruiter.organisation_id, office.stranger.organisation_id):
        filled = _FILL.replace("%(office)s", f"'{organisation_id}'").replace("%(many)s", str(MANY))
        office_world.run(filled)
    office_world.run("alter table app.candidate_state enable trigger check_candidate_state")
    with psycopg.connect(office_world.admin_url, autocommit=True) as connection:
        connection.execute("vacuum analyze app.candidates, app.candidate_state")
    return office_world


def plan(world: World, office: Office, query: bytes, params: dict[str, Any]) -> str:
    with world.database.authenticated(office.recruiter.claims) as tx:
        (found,) = tx.value(b"explain (format json) " + query, params)
    return str(found)


def page(**filters: Any) -> dict[str, Any]:
    everything = {"rank": "", "statuses": ["New"], "country": "", "q": "", "after_at": None, "after_id": None}
    return {**everything, "limit": 51, **filters}


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        ({}, "candidate_state_touched_idx"),
        ({"rank": "Master"}, "candidate_state_rank_idx"),
        (
            {"after_at": "2026-01-01T00:00:00Z", "after_id": "00000000-0000-0000-0000-000000000001"},
            "candidate_state_touched_idx",
        ),
    ],
)
def test_defect_12_a_page_of_the_dashboard_is_read_from_the_index_of_current_state(
    many: World, office: Office, filters: dict[str, Any], index: str
) -> None:
    found = plan(many, office, NamedQueries("cloud_api.dashboard", "dashboard.sql")["page"], page(**filters))

    assert index in found
    assert "candidate_events" not in found


def test_defect_12_the_counts_by_rank_are_kept_and_read_no_person(many: World, office: Office) -> None:
    found = plan(many, office, b"select * from app.rank_counts_v", {})

    assert "'Relation Name': 'candidate_counts'" in found
    assert "candidate_state" not in found
    assert "candidate_events" not in found


def test_those_under_review_are_counted_no_further_than_is_told(
    many: World, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> int:
        return read.data(many.database, office.recruiter, DashboardQuery(), datetime.now(UTC)).to_review

    all_of_them = told()
    assert 5 < all_of_them < read.MOST_TO_REVIEW
    monkeypatch.setattr(read, "MOST_TO_REVIEW", 5)

    assert told() == 6


def test_the_search_for_anyone_uses_its_index_and_finds_digits_and_names(many: World, office: Office) -> None:
    with many.database.authenticated(office.recruiter.claims) as tx:
        for typed, count in (("seafarer 1000042", 1), ("491000042", 1), ("1000042%", 0), ("_000042", 0)):
            query = b"select count(*) from app.find_candidate_ids(%(q)s)"
            assert tx.value(query, {"q": typed}) == count, typed
    inside = many.value("select prosrc from pg_proc where oid = 'app.find_candidate_ids(text)'::regprocedure")
    assert "search_text like" in inside
    by_index = many.value(
        "explain (format json) select from app.candidate_state where search_text like '%%1000042%%'"
    )
    assert "candidate_state_search_idx" in str(by_index)
