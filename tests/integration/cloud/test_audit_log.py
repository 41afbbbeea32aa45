"""The audit log in the database: what is written stays as it was written, whoever wants it otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors as pg

from cloud_api.auth.principal import Principal
from cloud_api.ledger import audit
from cloud_api.ledger.audit import Act, Subject
from cloud_api.ledger.record import record
from protocol.candidates import CandidateStatus
from protocol.events import ResumeOpened, ResumeOpenedEvent
from protocol.ingest import VerdictKind
from tests.integration.cloud.conftest import Office
from tests.support.office import AT, World, content, downloaded, status, verified

_LAST = (
    "select action, user_id, device_id, subject_type, subject_id, candidate_id, host(address), trace_id,"
    " details from app.audit_log order by id desc limit 1"
)


@contextmanager
def never_kept(world: World) -> Iterator["psycopg.Connection[Any]"]:
    """Act as the owner of everything, and keep nothing of it."""
    with psycopg.connect(world.admin_url) as connection:
        yield connection
        connection.rollback()


def candidate_of(world: World, number: str) -> Any:
    return world.value("select id from app.candidates where candidate_external_id = %s", number)


def resume_of(world: World, number: str) -> Any:
    return world.value("select id from app.resumes where candidate_id = %s", candidate_of(world, number))


def write(world: World, who: Principal, **details: Any) -> None:
    with world.database.authenticated(who.claims) as tx:
        audit.write(tx, who, Act.DEVICE_REVOKED, Subject("device", "7"), details)


def test_an_entry_says_who_what_when_and_from_where(office_world: World, office: Office) -> None:
    before = office_world.value("select now()")
    write(office_world, replace(office.admin, address="192.0.2.7", trace_id="trace-1"), people=3)

    written = office_world.rows(_LAST)[0]
    assert written == (
        "device.revoked", office.admin.user_id, None,
        "device", "7", None, "192.0.2.7", "trace-1", {"people": 3},
    )  # fmt: skip
    assert office_world.value("select max(created_at) from app.audit_log") > before


def test_a_computer_signs_with_its_own_id_and_its_addresses_may_be_of_either_kind(
    office_world: World, office: Office
) -> None:
    write(office_world, replace(office.device, address="2001:db8::7"))

    assert office_world.rows(_LAST)[0][1:3] == (office.device.user_id, office.device.device_id)
    assert office_world.rows(_LAST)[0][6] == "2001:db8::7"


@pytest.mark.parametrize(
    "statement",
    [
        "update app.audit_log set action = 'x'",
        "update app.audit_log set details = '{}' where false or true",
        "delete from app.audit_log",
        "truncate app.audit_log",
        "truncate app.organisations cascade",
    ],
)
def test_nobody_changes_or_empties_it_not_even_the_owner(
    office_world: World, office: Office, statement: str
) -> None:
    write(office_world, office.admin)
    before = office_world.rows("select * from app.audit_log order by id")

    with never_kept(office_world) as owner, pytest.raises(pg.InsufficientPrivilege, match="only added to"):
        owner.execute(statement.encode())
    with never_kept(office_world) as owner:
        owner.execute(b"set session_replication_role = replica")  # turns ordinary triggers off
        with pytest.raises(pg.InsufficientPrivilege, match="only added to"):
            owner.execute(statement.encode())
    with (
        office_world.as_claims(office.admin.claims) as tx,
        pytest.raises(pg.InsufficientPrivilege, match="permission denied"),
    ):
        tx.run(statement.encode(), {})
    assert office_world.rows("select * from app.audit_log order by id") == before


def test_no_function_that_acts_as_the_owner_changes_it(office_world: World, office: Office) -> None:
    write(office_world, office.admin)
    with never_kept(office_world) as owner:
        owner.execute(
            b"create function app.slip() returns void language sql volatile security definer"
            b" set search_path = '' as $$ delete from app.audit_log $$"
        )
        with pytest.raises(pg.InsufficientPrivilege, match="only added to"):
            owner.execute(b"select app.slip()")


@pytest.mark.parametrize("column", ["id", "created_at", "address", "trace_id"])
def test_a_request_cannot_say_what_the_database_says(
    office_world: World, office: Office, column: str
) -> None:
    values = {
        "id": "7",
        "created_at": "now() - interval '1 year'",
        "address": "'192.0.2.9'",
        "trace_id": "'x'",
    }
    statement = (
        f"insert into app.audit_log (organisation_id, user_id, action, {column})"
        f" values (%(organisation_id)s, %(user_id)s, 'x', {values[column]})"
    )
    me = {"organisation_id": office.recruiter.organisation_id, "user_id": office.recruiter.user_id}
    with (
        office_world.as_claims(office.recruiter.claims) as tx,
        pytest.raises(pg.DatabaseError, match=r"permission denied|cannot insert"),
    ):
        tx.run(statement.encode(), me)


def test_what_an_older_version_writes_of_a_person_is_left_out(office_world: World, office: Office) -> None:
    office_world.record(office.device, downloaded("41001"))
    resume_id = resume_of(office_world, "41001")
    with office_world.database.authenticated(office.recruiter.claims) as tx:
        tx.run(
            b"insert into app.audit_log (organisation_id, user_id, action, subject_type, subject_id, details)"
            b" values (%(organisation_id)s, %(user_id)s, 'resume.link', 'resume', %(resume_id)s,"
            b""" '{"candidate_external_id": "41001", "filter": {"q": "Asta Example", "rank": "Master"}}')""",
            {
                "organisation_id": office.recruiter.organisation_id,
                "user_id": office.recruiter.user_id,
                "resume_id": str(resume_id),
            },
        )
    written = office_world.rows(_LAST)[0]
    assert written[5] == candidate_of(office_world, "41001")
    assert written[8] == {"filter": {"rank": "Master"}}


def test_what_is_rolled_back_was_not_done_and_is_not_in_the_log(office_world: World, office: Office) -> None:
    before = office_world.value("select count(*) from app.audit_log")
    with office_world.as_claims(office.device.claims) as tx:
        assert record(tx, office.device, downloaded("41002")).verdict is VerdictKind.ACCEPTED
    assert office_world.value("select count(*) from app.audit_log") == before


def test_each_download_is_in_the_log_also_of_what_the_office_has_already(
    office_world: World, office: Office
) -> None:
    other = office_world.device(office.colleague)
    office_world.record(office.device, downloaded("41003"))
    first = office_world.rows(_LAST)[0]
    office_world.record(other, downloaded("41003"))
    second = office_world.rows(_LAST)[0]

    person, resume = candidate_of(office_world, "41003"), str(resume_of(office_world, "41003"))
    assert first[:6] == (
        "resume.downloaded", office.recruiter.user_id, office.device.device_id, "resume", resume, person
    )  # fmt: skip
    assert second[:6] == (
        "resume.downloaded", office.colleague.user_id, other.device_id, "resume", resume, person
    )  # fmt: skip


def test_an_override_is_in_the_log_and_an_ordinary_step_is_not(office_world: World, office: Office) -> None:
    office_world.record(office.device, downloaded("41004"))
    office_world.record(office.recruiter, verified("41004"))
    office_world.record(office.recruiter, status("41004", CandidateStatus.CONTACTED, 1))
    assert office_world.rows(_LAST)[0][0] == "resume.downloaded"

    event = status("41004", CandidateStatus.NEW, 2, "Asta Example asked for it")
    assert office_world.record(office.admin, event).verdict is VerdictKind.ACCEPTED

    written = office_world.rows(_LAST)[0]
    assert written[0] == "status.overridden"
    assert written[5] == candidate_of(office_world, "41004")
    assert written[8] == {"event_id": str(event.event_id), "from": "Contacted", "to": "New"}


def opened(number: str, by: UUID | None = None, at: datetime = AT) -> ResumeOpenedEvent:
    digest = content(f"{number} first")
    payload = ResumeOpened(candidate_external_id=number, content_sha256=digest, opened_by_user_id=by)
    return ResumeOpenedEvent(event_id=uuid4(), occurred_at=at, payload=payload)


def test_a_computer_names_who_was_signed_in_beside_whose_it_is(office_world: World, office: Office) -> None:
    office_world.record(office.device, downloaded("41006"))
    for by, named in (
        (office.colleague.user_id, office.colleague.user_id),
        (office.recruiter.user_id, office.recruiter.user_id),
        (None, None),
        (office.stranger.user_id, None),
        (uuid4(), None),
    ):
        assert office_world.record(office.device, opened("41006", by)).verdict is VerdictKind.ACCEPTED
        query = "select user_id, device_id, signed_in_user_id from app.audit_log order by id desc limit 1"
        assert office_world.rows(query)[0] == (office.recruiter.user_id, office.device.device_id, named)


def test_who_was_switched_off_is_named_for_what_was_before_and_for_nothing_after(
    office_world: World, office: Office
) -> None:
    office_world.record(office.device, downloaded("41007"))
    leaver = office_world.person("North", "Lea")
    with office_world.database.authenticated(office.admin.claims) as tx:
        audit.write(tx, office.admin, Act.MEMBER_DEACTIVATED, Subject("member", leaver.user_id))
    office_world.run("update app.memberships set active = false where user_id = %s", leaver.user_id)
    now = office_world.value("select now()")
    for at, named in ((now - timedelta(hours=1), leaver.user_id), (now + timedelta(hours=1), None)):
        office_world.record(office.device, opened("41007", leaver.user_id, at))
        query = "select signed_in_user_id from app.audit_log order by id desc limit 1"
        assert office_world.value(query) == named


def test_a_file_that_was_opened_on_a_computer_is_in_the_log_by_ids(
    office_world: World, office: Office
) -> None:
    office_world.record(office.device, downloaded("41005"))
    assert office_world.record(office.device, opened("41005")).verdict is VerdictKind.ACCEPTED

    written = office_world.rows(_LAST)[0]
    assert (written[0], written[5]) == ("resume.opened", candidate_of(office_world, "41005"))
    assert written[8] == {"opened_at": AT.isoformat()}


def test_another_folder_on_a_computer_is_in_the_log_and_not_which(
    office_world: World, office: Office
) -> None:
    me = {"organisation_id": office.device.organisation_id, "device_id": office.device.device_id}
    with office_world.database.authenticated(office.device.claims) as tx:
        for folder in ("/home/anna/resumes", "/home/anna/resumes", "/home/anna/other"):
            tx.run(
                b"insert into app.agent_settings (organisation_id, device_id, download_folder)"
                b" values (%(organisation_id)s, %(device_id)s, %(folder)s)"
                b" on conflict (device_id) do update set download_folder = excluded.download_folder",
                me | {"folder": folder},
            )
    found = office_world.rows(
        "select details, subject_id from app.audit_log where action = 'device.folder-changed'"
        " and device_id = %s",
        office.device.device_id,
    )
    assert found == [({}, str(office.device.device_id))] * 2
