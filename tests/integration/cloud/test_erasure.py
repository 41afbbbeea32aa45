"""Erasing a person: nothing personal stays, and nothing that an office counts by is wrong afterwards."""

from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import errors as pg

from cloud_api.db.candidate_event_repo import RankCount
from cloud_api.ledger.record import record_all
from cloud_api.retention.worker import Swept, sweep
from protocol.events import Event, JobChangedEvent, JobLine, JobLineEvent
from protocol.ingest import VerdictKind
from protocol.jobs import JobSnapshot, JobStatus
from protocol.reasons import Reason
from tests.integration.cloud.conftest import Office
from tests.support.deletion import Bucket, erase, is_deleted, known, opened, rule, seen
from tests.support.governance import CANARIES, found_in, kept_and_recomputed, scatter, story
from tests.support.office import AT, World, downloaded

pytestmark = pytest.mark.usefixtures("no_rules")

_NUMBERS = count(61_001)


@pytest.fixture
def number() -> str:
    return str(next(_NUMBERS))


@pytest.fixture(scope="module")
def erased(office_world: World, office: Office) -> tuple[UUID, list[str], dict[str, Any]]:
    """A person with a history, named wherever somebody can be named, and then erased."""
    person = story(office_world, office.device, office.recruiter, office.admin)
    keys = scatter(office_world, office.device, person)
    before = {
        "events": _order(office_world, person),
        "state": office_world.rows(
            "select status, version, rank_applied_for, touched_at, last_event_id, verified_at"
            " from app.candidate_state where candidate_id = %s",
            person,
        ),
        "received": office_world.rows("select event_id, digest from app.received_events order by 1"),
        "exports": office_world.rows("select id, cardinality(candidate_ids) from app.exports order by 1"),
        "found": found_in(office_world.admin_url),
    }
    assert erase(office_world, office, person) is True
    return person, keys, before


def _order(world: World, person: UUID) -> list[tuple[Any, ...]]:
    return world.rows(
        "select id, event_type, status, previous_status, resume_id, undoes_event_id, expected_version,"
        " resulting_version, created_by_user_id, created_at, recorded_at, rank_applied_for, position"
        " from app.candidate_events where candidate_id = %s order by position",
        person,
    )


def test_the_person_was_everywhere_before(erased: tuple[UUID, list[str], dict[str, Any]]) -> None:
    _, _, before = erased
    assert set(before["found"]) >= {
        "app.candidates",
        "app.candidate_state",
        "app.candidate_events",
        "app.resumes",
        "app.download_job_logs",
        "app.analysis_feedback",
        "app.saved_views",
        "app.read_files",
        "app.legal_holds",
    }
    assert {canary for found in before["found"].values() for canary in found} == set(CANARIES)


def test_nothing_personal_remains_in_any_table(
    office_world: World, erased: tuple[UUID, list[str], dict[str, Any]]
) -> None:
    found = found_in(office_world.admin_url)
    # The names of the files in the store, until they are removed there.
    assert set(found) <= {"app.object_removals"}

    bucket = Bucket()
    bucket.is_away = True
    assert sweep(office_world.database, bucket).failed == 2
    assert set(found_in(office_world.admin_url)) == {
        "app.object_removals"
    }  # the store was away: not forgotten

    bucket.is_away = False
    office_world.run("update app.object_removals set due_at = now()")
    assert sweep(office_world.database, bucket).removed == 2
    assert sorted(bucket.removed) == sorted(erased[1])
    # An upload's link may still have been good: looked at once more, then forgotten.
    office_world.run("update app.object_removals set due_at = now(), asked_at = now() - interval '1 hour'")
    assert sweep(office_world.database, bucket).removed == 2
    assert found_in(office_world.admin_url) == {}
    assert sweep(office_world.database, bucket) == Swept()


def test_the_order_of_events_the_keys_and_the_exports_stay(
    office_world: World, erased: tuple[UUID, list[str], dict[str, Any]]
) -> None:
    person, _, before = erased
    assert _order(office_world, person) == before["events"]
    assert (
        office_world.rows(
            "select status, version, rank_applied_for, touched_at, last_event_id, verified_at"
            " from app.candidate_state where candidate_id = %s",
            person,
        )
        == before["state"]
    )
    received = office_world.rows("select event_id, digest from app.received_events order by 1")
    assert set(before["received"]) <= set(received)
    exports = office_world.rows("select id, cardinality(candidate_ids) from app.exports order by 1")
    assert exports == before["exports"]


def test_the_state_is_still_what_the_events_lead_to(
    office_world: World, erased: tuple[UUID, list[str], dict[str, Any]]
) -> None:
    kept, again = kept_and_recomputed(office_world, erased[0])
    assert kept == again


def test_the_counts_of_what_the_office_did_stay(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    def counts() -> dict[str, tuple[int, int]]:
        total: dict[str, tuple[int, int]] = {}
        with office_world.database.authenticated(office.recruiter.claims) as tx:
            for source in (b"app.rank_counts_v", b"app.deleted_counts()"):
                for row in tx.all(b"select rank_applied_for, active, archived from " + source, {}, RankCount):
                    active, archived = total.get(row.rank_applied_for, (0, 0))
                    total[row.rank_applied_for] = (active + row.active, archived + row.archived)
        return total

    gone, away = known(office_world, office, number), known(office_world, office, str(next(_NUMBERS)), 30)
    before = counts()
    rule(office_world, office, 24)
    sweep(office_world.database, bucket)
    erase(office_world, office, gone)
    assert is_deleted(office_world, away)
    assert counts() == before


def test_only_an_admin_erases_and_only_of_the_own_office(
    office_world: World, office: Office, number: str
) -> None:
    person = known(office_world, office, number)
    for who in (office.recruiter, office.manager, office.device):
        with office_world.as_claims(who.claims) as tx, pytest.raises(pg.InsufficientPrivilege):
            tx.value(b"select app.erase_candidate(%(id)s)", {"id": person})
    with office_world.database.authenticated(office.stranger.claims) as tx:
        assert tx.value(b"select app.erase_candidate(%(id)s)", {"id": person}) is False
    assert seen(office_world, office, person) == [1] * 9


def test_an_old_record_does_not_bring_an_erased_person_back_and_a_new_one_makes_a_new_person(
    office_world: World, office: Office, number: str
) -> None:
    person = known(office_world, office, number)
    assert erase(office_world, office, person) is True
    assert erase(office_world, office, person) is False

    for late in (downloaded(number, "late"), opened(number)):
        verdict = office_world.record(office.device, late)
        assert (verdict.verdict, verdict.reason) == (VerdictKind.REJECTED, Reason.CANDIDATE_ERASED)
    now = office_world.value("select now() + interval '1 second'")
    again = downloaded(number).model_copy(update={"occurred_at": now})
    assert office_world.record(office.device, again).verdict is VerdictKind.ACCEPTED
    new = office_world.value("select id from app.candidates where candidate_external_id = %s", number)
    assert new != person
    other = office_world.record(office.foreign_device, downloaded(number, "late"))
    assert other.verdict is VerdictKind.ACCEPTED  # another office did not erase anybody


def test_what_was_sent_before_the_erasure_is_still_a_duplicate(
    office_world: World, office: Office, number: str
) -> None:
    first = downloaded(number)
    office_world.record(office.device, first)
    person = office_world.value("select id from app.candidates where candidate_external_id = %s", number)
    erase(office_world, office, person)

    assert office_world.record(office.device, first).verdict is VerdictKind.DUPLICATE


@pytest.mark.parametrize("many", [True, False])
def test_lines_of_a_computer_that_was_away_do_not_name_an_erased_person_again(
    office_world: World, office: Office, number: str, many: bool
) -> None:
    person = known(office_world, office, number)
    assert erase(office_world, office, person) is True
    job = JobSnapshot(
        job_id=uuid4(), rank="Master", ship_type="Tanker", status=JobStatus.RUNNING, created_at=AT
    )
    began = JobChangedEvent(event_id=uuid4(), occurred_at=AT, payload=job)
    other = str(next(_NUMBERS))
    named = [
        JobLine(job_id=job.job_id, line=f"Stored Nina_{about}.pdf", candidate_external_id=about)
        for about in (number, other)
    ]
    lines = [JobLineEvent(event_id=uuid4(), occurred_at=AT, payload=line) for line in named]
    events: list[Event] = [began, *lines]
    batches = [events] if many else [[event] for event in events]
    for batch in batches:
        with office_world.database.authenticated(office.device.claims) as tx:
            verdicts = record_all(tx, office.device, batch)
        assert {verdict.verdict for verdict in verdicts} == {VerdictKind.ACCEPTED}
    found = office_world.rows(
        "select line, candidate_external_id from app.download_job_logs where job_id = %s order by seq",
        job.job_id,
    )
    assert found == [("erased", None), (f"Stored Nina_{other}.pdf", other)]


def test_a_file_that_a_resume_points_to_again_is_not_removed(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    known(office_world, office, number)
    key = f"resumes/{office.admin.organisation_id}/Master/{number}/a.pdf"
    office_world.run(
        "insert into app.object_removals (organisation_id, storage_path) values (%s, %s)",
        office.admin.organisation_id,
        key,
    )
    office_world.run(
        "update app.resumes r set resume_storage_path = %s, resume_upload_status = 'uploaded',"
        " resume_checksum_sha256 = file_sha256, resume_uploaded_at = now() from app.candidates c"
        " where c.id = r.candidate_id and c.candidate_external_id = %s",
        key,
        number,
    )
    sweep(office_world.database, bucket)
    assert key not in bucket.removed
    office_world.run("delete from app.object_removals where storage_path = %s", key)
