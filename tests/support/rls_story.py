"""What each actor may do in the database itself, told as checks that run on any Postgres version.

Whose rows each verb reaches is proven for every table in `tests/tenancy`; these are the sentences beside it.

Called with a world that has an office North (recruiter with a device, a colleague with one, a manager, an
admin) and an office South, each with a candidate, a job, an audit entry and a pairing code.
"""

from collections.abc import Callable
from uuid import uuid4

import psycopg
from psycopg import errors as pg

from tests.support.rls_cast import Cast, refused


def nobody_writes_in_another_name(cast: Cast) -> None:
    """What is written is signed by who is asking; nothing of it is changed or deleted afterwards."""
    me = cast.recruiter
    other = {"organisation_id": me.organisation_id, "user_id": cast.colleague.user_id}
    statements = [
        b"insert into app.audit_log (organisation_id, user_id, action)"
        b" values (%(organisation_id)s, %(user_id)s, 'x')",
        b"insert into app.exports (organisation_id, user_id, candidate_ids)"
        b" values (%(organisation_id)s, %(user_id)s, array[gen_random_uuid()])",
        b"insert into app.agent_commands (organisation_id, device_id, resume_id, asked_by_user_id)"
        b" select organisation_id, device_id, id, %(user_id)s from app.resumes limit 1",
        b"delete from app.agent_commands",
        b"update app.exports set candidate_ids = array[gen_random_uuid()]",
        b"delete from app.exports",
        b"insert into app.received_events (organisation_id, event_id, digest, event_type, user_id)"
        b" values (%(organisation_id)s, gen_random_uuid(), sha256(''), 'x', %(user_id)s)",
        b"insert into app.candidate_events (id, organisation_id, candidate_id, event_type, status,"
        b" previous_status, notes, resulting_version, created_by_user_id, created_at)"
        b" select gen_random_uuid(), organisation_id, candidate_id, 'note_added', status, status, 'x',"
        b" version + 1, %(user_id)s, now() from app.candidate_state limit 1",
        b"update app.candidate_events set notes = 'x'",
        b"delete from app.candidate_events",
        b"delete from app.candidates",
        b"update app.audit_log set action = 'x'",
        b"delete from app.audit_log",
        b"select token_hash from app.devices",
        b"select code_hash from app.pairing_codes",
        b"update app.users set full_name = 'x'",
        b"insert into app.status_transitions values ('New', 'Interested')",
    ]
    for statement in statements:
        with refused(pg.InsufficientPrivilege), cast.world.as_claims(me.claims) as tx:
            tx.run(statement, other)


def nothing_points_out_of_its_office(cast: Cast) -> None:
    """A row names only events, resumes and places of its own office, whatever its ids look like."""
    theirs = cast.world.value(
        "select id from app.candidate_events where organisation_id = %s limit 1",
        cast.recruiter.organisation_id,
    )
    place = f"resumes/{cast.recruiter.organisation_id}/Master/1/x.pdf"
    wrong = [
        (b"update app.candidate_state set latest_decision_id = %(it)s", theirs, pg.ForeignKeyViolation),
        (b"update app.candidate_state set last_event_id = %(it)s", theirs, pg.ForeignKeyViolation),
        (b"update app.resumes set resume_storage_path = %(it)s", place, pg.CheckViolation),
    ]
    for statement, it, error in wrong:
        with refused(error), cast.world.as_claims(cast.stranger.claims) as tx:
            tx.run(statement, {"it": it})


def only_an_admin_changes_members_and_never_themselves(cast: Cast) -> None:
    """A membership is changed by an admin of the office; a recruiter's or a stranger's change hits no row."""
    change = b"update app.memberships set role = 'admin' where user_id = %(user_id)s"
    wanted = {"user_id": cast.colleague.user_id}
    for who, rows in ((cast.recruiter, 0), (cast.manager, 0), (cast.stranger, 0), (cast.admin, 1)):
        with cast.world.as_claims(who.claims) as tx:
            assert tx.run(change, wanted) == rows, who.full_name
    with cast.world.as_claims(cast.admin.claims) as tx:
        assert tx.run(change, {"user_id": cast.admin.user_id}) == 0


def a_computer_is_revoked_by_its_person_or_an_admin(cast: Cast) -> None:
    """Nobody else revokes it, nobody brings it back, and it reports of itself only."""
    revoke = b"update app.devices set status = 'revoked' where id = %(device_id)s"
    mine = {"device_id": cast.device.device_id}
    for who, rows in (
        (cast.recruiter, 1),
        (cast.admin, 1),
        (cast.colleague, 0),
        (cast.manager, 0),
        (cast.stranger, 0),
    ):
        with cast.world.as_claims(who.claims) as tx:
            assert tx.run(revoke, mine) == rows, who.full_name
    back = b"update app.devices set status = 'active' where id = %(device_id)s"
    with refused(pg.InsufficientPrivilege), cast.world.as_claims(cast.recruiter.claims) as tx:
        tx.run(back, {"device_id": cast.revoked.device_id})
    report = b"update app.devices set waiting = 3 where organisation_id = %(organisation_id)s"
    with cast.world.as_claims(cast.device.claims) as tx:
        assert tx.run(report, {"organisation_id": cast.device.organisation_id}) == 1


def a_computer_decides_nothing(cast: Cast) -> None:
    """It records downloads in its own name; no decision, and nothing of the review, is its to write."""
    event = (
        b"insert into app.candidate_events (id, organisation_id, candidate_id, event_type, status,"
        b" previous_status, notes, resulting_version, created_by_user_id, created_by_device_id, created_at)"
        b" select gen_random_uuid(), organisation_id, candidate_id, 'note_added', status, status, 'x',"
        b" version + 1, auth.uid(), app.caller_device_id(), now() from app.candidate_state limit 1"
    )
    with refused(pg.InsufficientPrivilege), cast.world.as_claims(cast.device.claims) as tx:
        tx.run(event, {})
    with refused(psycopg.DatabaseError), cast.world.as_claims(cast.device.claims) as tx:
        tx.run(b"update app.resumes set review_state = 'passed'", {})
    with cast.world.as_claims(cast.device.claims) as tx:
        assert tx.run(b"update app.resumes set resume_upload_status = 'failed'", {}) == 2


def a_call_back_is_its_writers(cast: Cast) -> None:
    """Nobody writes into a state that a colleague wants to call, or a day that no note names."""
    note = (
        b"insert into app.candidate_events (id, organisation_id, candidate_id, event_type, status,"
        b" previous_status, notes, call_back_on, resulting_version, created_by_user_id, created_at)"
        b" select %(event_id)s, organisation_id, candidate_id, 'note_added', status, status, 'x',"
        b" '2026-12-01', version + 1, auth.uid(), now()"
        b" from app.candidate_state order by candidate_id limit 1"
    )
    change = (
        b"update app.candidate_state set notes = 'x', version = version + 1, last_event_id = %(event_id)s,"
        b" call_back_on = %(day)s, call_back_user_id = %(user_id)s"
        b" where candidate_id = (select candidate_id from app.candidate_events where id = %(event_id)s)"
    )
    me, day = cast.recruiter.user_id, "2026-12-01"
    for user_id, when, fits in (
        (me, day, True),
        (cast.colleague.user_id, day, False),
        (me, "2026-12-02", False),
    ):
        wanted = {"event_id": uuid4(), "user_id": user_id, "day": when}
        with cast.world.as_claims(cast.recruiter.claims) as tx:
            tx.run(note, wanted)
            if fits:
                assert tx.run(change, wanted) == 1
                continue
            with refused(psycopg.DatabaseError), tx.savepoint():
                tx.run(change, wanted)


def a_computer_is_asked_and_answers_for_itself_alone(cast: Cast) -> None:
    """Any colleague asks the computer that has a resume, and no other; only that computer answers."""
    ask = (
        b"insert into app.agent_commands (organisation_id, device_id, resume_id, asked_by_user_id)"
        b" select organisation_id, %(device_id)s, id, auth.uid() from app.resumes"
        b" where device_id = %(holder)s"
    )
    mine, theirs = cast.device.device_id, cast.colleague_device.device_id
    with cast.world.as_claims(cast.colleague.claims) as tx:
        assert tx.run(ask, {"device_id": mine, "holder": mine}) == 1
    with refused(pg.InsufficientPrivilege), cast.world.as_claims(cast.colleague.claims) as tx:
        tx.run(ask, {"device_id": theirs, "holder": mine})
    with refused(pg.InsufficientPrivilege), cast.world.as_claims(cast.device.claims) as tx:
        tx.run(ask, {"device_id": mine, "holder": mine})
    answer = b"update app.agent_commands set state = 'refused', reason = 'x'"
    for who, rows in ((cast.device, 1), (cast.recruiter, 0), (cast.admin, 0)):
        with cast.world.as_claims(who.claims) as tx:
            assert tx.run(answer, {}) == rows
    for office_only in (cast.stranger, cast.recruiter):
        expected = None if office_only is cast.stranger else "Laptop"
        with cast.world.as_claims(office_only.claims) as tx:
            assert tx.value(b"select device_name from app.office_device(%(id)s)", {"id": theirs}) == expected


def a_job_that_is_over_stays_over(cast: Cast) -> None:
    """Not even the computer that runs it brings it back; one that runs may wait again."""
    for before, after, fits in (("running", "queued", True), ("success", "running", False)):
        with cast.world.as_claims(cast.device.claims) as tx:
            assert tx.run(b"update app.download_jobs set status = %(status)s", {"status": before}) == 1
            if fits:
                assert tx.run(b"update app.download_jobs set status = %(status)s", {"status": after}) == 1
                continue
            with refused(psycopg.DatabaseError), tx.savepoint():
                tx.run(b"update app.download_jobs set status = %(status)s", {"status": after})


def the_login_role_can_become_nobody_else(cast: Cast) -> None:
    """Not the service role, not the owner; and it cannot make itself one."""
    for statement in (
        b"set role service_role",
        b"set local role service_role",
        b"select set_config('role', 'service_role', true)",
        b"set session authorization postgres",
        b"set role anon",
        b"set role postgres",
        b"alter role njordhr_api bypassrls",
        b"create table app.mine (id int)",
        b"select * from local_auth.accounts",
    ):
        with refused(pg.InsufficientPrivilege), cast.world.database.anonymous() as tx:
            tx.run(statement, {})
        with refused(pg.InsufficientPrivilege), cast.world.as_claims(cast.admin.claims) as tx:
            tx.run(statement, {})
    found = cast.world.rows(
        "select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles"
        " where rolname = 'njordhr_api'"
    )
    assert found == [(False, False, False, False, False)]
    with cast.world.database.anonymous() as tx:
        assert tx.value(b"show statement_timeout", {}) == "15s"


def the_look_ups_are_the_login_roles_alone(cast: Cast) -> None:
    """Using a pairing code and looking a device token up is nothing that a signed-in caller can do."""
    for statement in (
        b"select app.device_by_token(sha256(''))",
        b"select app.register_device(sha256(''), sha256(''), 'x', 'x', 'x')",
        b"select local_auth.account_by_email('x')",
    ):
        with refused(pg.InsufficientPrivilege), cast.world.as_claims(cast.admin.claims) as tx:
            tx.value(statement, {})
    with cast.world.database.anonymous() as tx:
        assert tx.value(b"select app.device_by_token(sha256(''))", {}) is None


STORY: tuple[Callable[[Cast], None], ...] = (
    nobody_writes_in_another_name,
    nothing_points_out_of_its_office,
    only_an_admin_changes_members_and_never_themselves,
    a_computer_is_revoked_by_its_person_or_an_admin,
    a_computer_decides_nothing,
    a_call_back_is_its_writers,
    a_computer_is_asked_and_answers_for_itself_alone,
    a_job_that_is_over_stays_over,
    the_login_role_can_become_nobody_else,
    the_look_ups_are_the_login_roles_alone,
)
