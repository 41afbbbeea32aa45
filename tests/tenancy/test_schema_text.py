"""The committed `schema.sql` is the sum of the migrations on Postgres 18 and 15, and makes the same."""

from importlib.resources import files

import psycopg

from cloud_api.db.migrate import migrate
from tests.support.postgres import PostgresServer
from tests.support.tree import ROOT
from tools.schema_text import describe

COMMITTED = ROOT / "cloud_api" / "supabase" / "schema.sql"
STALE = "stale: write it anew with `python -m tools.generate`"


def described(url: str) -> str:
    with psycopg.connect(url) as connection:
        return describe(connection)


def test_it_is_what_the_migrations_make(any_postgres: PostgresServer) -> None:
    with any_postgres.database() as database:
        assert described(database.admin_url) == COMMITTED.read_text(encoding="utf-8"), STALE


def test_it_makes_the_same_schema(any_postgres: PostgresServer) -> None:
    text = COMMITTED.read_text(encoding="utf-8")
    url = any_postgres.empty_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(files("cloud_api.db").joinpath("plain_postgres.sql").read_bytes())
        connection.execute(text.encode())

    assert described(url) == text


def test_a_migration_that_nobody_described_is_noticed(postgres: PostgresServer) -> None:
    url = postgres.empty_database()
    migrate(url)
    before = described(url)
    for change in (
        "alter table app.candidates add column more text",
        "create index more on app.candidates (name)",
        "alter table app.candidates add check (name <> 'x')",
        "grant update (id) on app.candidates to authenticated",
        "alter policy candidates_read on app.candidates using (true)",
        "create or replace function app.next_expiry(p_dates date[], p_day date) returns date"
        " language sql set search_path = '' as 'select p_day'",
        "insert into app.status_transitions values ('New', 'Not Interested')",
        "alter table app.resumes disable trigger check_resume",
        "grant execute on function app.next_expiry(date[], date) to anon",
    ):
        with psycopg.connect(url) as connection:
            connection.execute(change.encode())
            assert describe(connection) != before, change
            connection.rollback()
