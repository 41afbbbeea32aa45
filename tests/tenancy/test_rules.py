"""The rules of the schema hold, on Postgres 18 and 15, and each notices a violation that is planted."""

from collections.abc import Iterator, Mapping

import psycopg
import pytest

from tests.support.postgres import PostgresServer
from tests.tenancy.introspection import Connection
from tests.tenancy.rules import ALLOWED, RULES, broken

_TABLE = (
    "create table app.planted (id uuid primary key, organisation_id uuid not null"
    " references app.organisations (id));"
    " create index on app.planted (organisation_id);"
    " alter table app.planted enable row level security, force row level security;"
)
_OFFICE = "organisation_id = (select app.caller_organisation_id())"
_READ = f" create policy planted_read on app.planted for select to authenticated using ({_OFFICE});"

PLANTED: Mapping[str, tuple[str, ...]] = {
    "row-level security is on and forced": (
        "create table app.planted (id int)",
        "alter table app.candidates disable row level security",
        "alter table app.candidates no force row level security",
    ),
    "every table has a policy": (_TABLE,),
    "policies are for `authenticated`, for one verb each, and permissive": (
        _TABLE + _READ.replace("to authenticated", ""),
        _TABLE + _READ.replace("for select", "for all"),
        _TABLE + _READ.replace("for select", "as restrictive for select"),
        "alter policy candidates_read on app.candidates to authenticated, anon",
    ),
    "what is written has a check": (_TABLE + _READ.replace("for select", "for update"),),
    "calls in policies are made once a statement": (
        _TABLE + _READ.replace("(select app.caller_organisation_id())", "app.caller_organisation_id()"),
        "alter policy users_read on app.users using (id = auth.uid())",
    ),
    "every policy asks who asks": (
        _TABLE + _READ.replace(_OFFICE, "true"),
        "alter policy candidates_make on app.candidates with check (organisation_id is not null)",
    ),
    "every policy of a tenant's table asks for the office": (
        _TABLE + _READ.replace(_OFFICE, "(select app.caller_role()) = 'admin'"),
    ),
    "an update's check asks what its `using` asks": (
        "alter policy saved_views_change on app.saved_views with check"
        f" ({_OFFICE} and (select app.caller_device_id()) is null)",
    ),
    "views run with their caller's rights": (
        "create view app.planted as select * from app.candidates",
        "create view app.planted with (security_invoker = false) as select 1 as one",
    ),
    "no materialised or foreign table is readable": (
        "create materialized view app.planted as select * from app.candidates;"
        " grant select on app.planted to authenticated",
    ),
    "functions have an empty search path": (
        "create function app.planted() returns int language sql security definer as 'select 1'",
        "create function app.planted() returns int language sql set search_path = app as 'select 1'",
    ),
    "no function is everybody's": (
        "create function app.planted() returns int language sql set search_path = '' as 'select 1'",
        "grant execute on function app.office_device(uuid) to anon",
    ),
    "only `authenticated` has rights to tables, and no more than the four verbs": (
        "grant select on app.candidates to anon",
        "grant select on app.candidates to public",
        "grant insert on app.candidates to service_role",
        "grant select on app.candidates to njordhr_api",
        "grant truncate on app.candidates to authenticated",
        "grant references on app.candidates to authenticated",
        "grant select on app.candidates to authenticated with grant option",
        "create sequence app.planted; grant usage on sequence app.planted to authenticated",
    ),
    "only `authenticated` has rights to columns": (
        "grant select (name) on app.candidates to anon",
        "grant update (name) on app.candidates to public",
    ),
    "only the API comes into the schemas": (
        "grant usage on schema app to anon",
        "grant usage on schema local_auth to public",
        "grant create on schema app to authenticated",
    ),
    "what is made later is granted to nobody": (
        "alter default privileges in schema app grant select on tables to anon",
    ),
    "nobody who asks owns anything": (
        "alter table app.candidates owner to njordhr_api",
        "alter function app.office_device(uuid) owner to authenticated",
    ),
    "the login role becomes `authenticated` and nobody else, and has no rights of its own": (
        "grant service_role to njordhr_api",
        "grant pg_read_all_data to njordhr_api",
        "alter role njordhr_api bypassrls",
        "alter role njordhr_api inherit",
        "alter role authenticated bypassrls",
        "grant service_role to authenticated",
    ),
    "every foreign key begins an index": (
        "drop index app.resumes_user_idx",
        _TABLE + "alter table app.planted add other uuid references app.users (id)",
    ),
    "foreign keys stay within the office": (
        _TABLE + "alter table app.planted add candidate_id uuid references app.candidates (id)",
    ),
    "every id points somewhere": (_TABLE + "alter table app.planted add candidate_id uuid",),
    "no constraint waits to be checked": (
        "alter table app.candidates add constraint planted check (name <> 'x') not valid",
    ),
    "what a trigger guards, it guards": (
        "alter table app.resumes disable trigger check_resume",
        "drop trigger check_resume on app.resumes",
    ),
}


@pytest.fixture(scope="module")
def schema(any_postgres: PostgresServer) -> Iterator[Connection]:
    with any_postgres.database() as database, psycopg.connect(database.admin_url, autocommit=True) as admin:
        yield admin


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_holds(schema: Connection, rule: str) -> None:
    assert broken(schema, rule) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_notices_what_is_planted(schema: Connection, rule: str) -> None:
    for statements in PLANTED[rule]:
        with schema.transaction(force_rollback=True):
            schema.execute(statements.encode())
            assert broken(schema, rule), statements


def test_what_is_allowed_is_still_there(schema: Connection) -> None:
    unneeded = [
        (rule, name) for rule, names in ALLOWED.items() for name in set(names) - set(RULES[rule](schema))
    ]
    assert unneeded == []
