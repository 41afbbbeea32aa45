"""Deleting, bringing back and holding people, in the database itself."""

import threading
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import errors as pg

from cloud_api.retention import worker
from cloud_api.retention.worker import Swept, sweep
from protocol.candidates import CandidateStatus
from protocol.ingest import VerdictKind
from protocol.reasons import Reason
from tests.integration.cloud.conftest import Office
from tests.support.deletion import Bucket, erase, hold, is_deleted, known, opened, rule, seen
from tests.support.office import World, downloaded, note, status

S = CandidateStatus
pytestmark = pytest.mark.usefixtures("no_rules")

_NUMBERS = count(51_001)


@pytest.fixture
def number() -> str:
    return str(next(_NUMBERS))


# Rules ----------------------------------------------------------------------------------


def test_a_rule_deletes_the_idle_and_nobody_else_and_once_a_day(
    office_world: World, office: Office, bucket: Bucket
) -> None:
    idle = known(office_world, office, str(next(_NUMBERS)), 13)
    busy = known(office_world, office, str(next(_NUMBERS)), 11)
    rule(office_world, office, 12)
    assert seen(office_world, office, idle) == [1] * 9

    assert sweep(office_world.database, bucket) == Swept(deleted=1)

    assert seen(office_world, office, idle) == [0] * 9
    assert seen(office_world, office, busy) == [1] * 9
    found = office_world.rows(
        "select erase_at - deleted_at, deleted_because, erased_at from app.candidates where id = %s", idle
    )
    assert found == [(timedelta(days=30), "rule", None)]
    entry = office_world.rows(
        "select user_id, details ->> 'months' from app.audit_log"
        " where action = 'candidate.deleted' and candidate_id = %s",
        idle,
    )
    assert entry == [(None, "12")]
    office_world.run(
        "update app.candidate_state set touched_at = now() - interval '2 years' where candidate_id = %s", busy
    )
    assert sweep(office_world.database, bucket) == Swept()  # not again today
    office_world.run("update app.retention_rules set last_run_at = now() - interval '25 hours'")
    assert sweep(office_world.database, bucket) == Swept(deleted=1)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"statuses": ["New"]}, ["New"]),
        ({"statuses": ["unverified"]}, ["unverified"]),
        ({"statuses": ["unverified", "Contacted"]}, ["unverified", "Contacted"]),
        ({"ranks": ["Master"]}, ["New", "Contacted", "unverified"]),
        ({"ranks": ["Cook"]}, []),
        ({"ranks": ["Master"], "statuses": ["Contacted"]}, ["Contacted"]),
    ],
)
def test_a_rule_may_be_for_some_statuses_and_ranks_only(
    office_world: World, office: Office, bucket: Bucket, filters: dict[str, list[str]], wanted: list[str]
) -> None:
    people = {name: known(office_world, office, str(next(_NUMBERS))) for name in ("New", "Contacted")}
    numbers = dict(office_world.rows("select id, candidate_external_id from app.candidates"))
    office_world.record(office.recruiter, status(numbers[people["Contacted"]], S.CONTACTED, 1))
    waiting = str(next(_NUMBERS))
    office_world.record(office.device, downloaded(waiting))
    people["unverified"] = office_world.value(
        "select id from app.candidates where candidate_external_id = %s", waiting
    )
    office_world.run(
        "update app.candidate_state set touched_at = now() - interval '5 years'"
        " where candidate_id = any (%s)",
        list(people.values()),
    )
    rule(office_world, office, 12, filters=filters)

    sweep(office_world.database, bucket)

    assert sorted(name for name, who in people.items() if is_deleted(office_world, who)) == sorted(wanted)


def test_more_people_than_fit_into_one_step_are_all_deleted(
    office_world: World, office: Office, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "STEP", 3)
    people = [known(office_world, office, str(next(_NUMBERS)), 30) for _ in range(7)]
    rule(office_world, office, 24)

    assert sweep(office_world.database, bucket).deleted == 7
    assert all(is_deleted(office_world, person) for person in people)


def test_of_two_workers_one_works(office_world: World, office: Office, number: str, bucket: Bucket) -> None:
    known(office_world, office, number, 30)
    rule(office_world, office, 24)
    with psycopg.connect(office_world.admin_url) as other:
        assert other.execute(b"select app.only_one_worker()").fetchone() == (True,)
        assert sweep(office_world.database, bucket) == Swept()
    assert sweep(office_world.database, bucket) == Swept(deleted=1)


def test_after_the_days_of_grace_they_are_erased(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    person = known(office_world, office, number, 30)
    rule(office_world, office, 24, grace_days=7)
    sweep(office_world.database, bucket)
    assert office_world.value("select erased_at from app.candidates where id = %s", person) is None

    office_world.run("update app.candidates set erase_at = now() where id = %s", person)
    assert sweep(office_world.database, bucket).erased == 1

    found = office_world.rows("select candidate_external_id, name from app.candidates where id = %s", person)
    assert found == [(f"erased-{person}", "")]
    assert sweep(office_world.database, bucket).erased == 0


# Bringing back --------------------------------------------------------------------------


def test_an_admin_brings_back_who_was_deleted_as_they_were(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    person = known(office_world, office, number, 30)
    before = office_world.rows("select * from app.candidate_state where candidate_id = %s", person)
    rule(office_world, office, 24)
    sweep(office_world.database, bucket)
    ids = {"ids": [person]}
    with office_world.as_claims(office.manager.claims) as tx, pytest.raises(pg.InsufficientPrivilege):
        tx.value(b"select app.restore_candidates(%(ids)s)", ids)
    with office_world.database.authenticated(office.stranger.claims) as tx:
        assert tx.value(b"select app.restore_candidates(%(ids)s)", ids) is None

    with office_world.database.authenticated(office.admin.claims) as tx:
        assert tx.value(b"select app.restore_candidates(%(ids)s)", ids) == person

    assert seen(office_world, office, person) == [1] * 9
    assert office_world.rows("select * from app.candidate_state where candidate_id = %s", person) == before


def test_a_new_download_brings_somebody_back_who_was_deleted_for_want_of_activity(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    person = known(office_world, office, number, 30)
    rule(office_world, office, 24)
    sweep(office_world.database, bucket)

    assert office_world.record(office.device, downloaded(number, "newer")).verdict is VerdictKind.ACCEPTED

    assert seen(office_world, office, person)[:2] == [1, 1]
    assert office_world.events(office.admin.organisation_id, number)[-1] == "resume_updated"
    how = office_world.value(
        "select details ->> 'by' from app.audit_log"
        " where action = 'candidate.restored' and candidate_id = %s",
        person,
    )
    assert how == "download"


def test_a_decision_on_somebody_who_was_deleted_meanwhile_is_refused(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    known(office_world, office, number, 30)
    rule(office_world, office, 24)
    sweep(office_world.database, bucket)

    verdict = office_world.record(office.recruiter, note(number, "hello"))

    assert (verdict.verdict, verdict.reason) == (VerdictKind.REJECTED, Reason.INGEST_UNKNOWN_CANDIDATE)


def test_opening_a_copy_of_somebody_who_was_deleted_is_still_in_the_log(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    person = known(office_world, office, number, 30)
    rule(office_world, office, 24)
    sweep(office_world.database, bucket)

    assert office_world.record(office.device, opened(number)).verdict is VerdictKind.ACCEPTED
    found = office_world.value(
        "select count(*) from app.audit_log where action = 'resume.opened' and candidate_id = %s", person
    )
    assert found == 1


# Legal hold -----------------------------------------------------------------------------


def test_nothing_of_somebody_under_legal_hold_is_deleted(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    person = known(office_world, office, number, 30)
    hold(office_world, office, person)
    rule(office_world, office, 24)
    before = office_world.rows("select * from app.candidates where id = %s", person)

    assert sweep(office_world.database, bucket) == Swept()
    with pytest.raises(psycopg.DatabaseError, match=r"candidate\.held"):
        erase(office_world, office, person)
    for table, column in (
        ("candidate_events", "candidate_id"),
        ("candidate_state", "candidate_id"),
        ("resumes", "candidate_id"),
        ("candidates", "id"),
    ):
        with pytest.raises(psycopg.DatabaseError, match=r"candidate\.held"):
            office_world.run(f"delete from app.{table} where {column} = %s", person)
    with pytest.raises(psycopg.DatabaseError, match=r"candidate\.held"):
        office_world.run(
            "update app.candidates set deleted_at = now(), deleted_because = 'rule', erase_at = now()"
            " where id = %s",
            person,
        )
    assert office_world.rows("select * from app.candidates where id = %s", person) == before
    office_world.record(office.recruiter, note(number, "work goes on"))


def test_a_hold_brings_back_who_was_deleted_and_comes_too_late_for_who_is_erased(
    office_world: World, office: Office, number: str, bucket: Bucket
) -> None:
    person = known(office_world, office, number, 30)
    rule(office_world, office, 24)
    sweep(office_world.database, bucket)
    hold(office_world, office, person)
    assert seen(office_world, office, person) == [1] * 9

    gone = known(office_world, office, str(next(_NUMBERS)))
    assert erase(office_world, office, gone) is True
    with pytest.raises(psycopg.DatabaseError, match=r"candidate\.erased"):
        hold(office_world, office, gone)


def test_a_hold_and_an_erasure_at_once_never_both_win(office_world: World, office: Office) -> None:
    for _ in range(8):
        person = known(office_world, office, str(next(_NUMBERS)))
        refused: list[str] = []
        gate = threading.Barrier(2)

        def attempt(what: Any, who: UUID, gate: threading.Barrier, refused: list[str]) -> None:
            gate.wait()
            try:
                what(office_world, office, who)
            except psycopg.DatabaseError as error:
                refused.append(str(error.diag.message_primary))

        threads = [
            threading.Thread(target=attempt, args=(what, person, gate, refused)) for what in (hold, erase)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        assert refused[0] in ("candidate.held", "candidate.erased")
