"""Migrations on a real database: whole or not at all, recorded where the Supabase CLI looks."""

import tempfile
import threading
from pathlib import Path

import psycopg
import pytest

from cloud_api.db.migrate import MigrationError, load_migrations, main, migrate
from demo.postgres import LocalPostgres
from tests.support.postgres import PostgresServer


@pytest.fixture
def empty(postgres: PostgresServer) -> str:
    return postgres.empty_database()


def recorded(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "select version, name from supabase_migrations.schema_migrations order by version"
        ).fetchall()
    return [(row[0], row[1]) for row in found]


def test_an_empty_database_becomes_the_product_and_then_nothing_is_left_to_do(empty: str) -> None:
    versions = [migration.version for migration in load_migrations()]

    assert migrate(empty) == versions
    assert migrate(empty) == []
    assert recorded(empty) == [(m.version, m.name) for m in load_migrations()]


def test_what_was_changed_after_it_was_applied_is_refused(empty: str) -> None:
    migrate(empty)
    with psycopg.connect(empty) as connection:
        connection.execute("update supabase_migrations.njordhr_checksums set sha256 = repeat('0', 64)")

    with pytest.raises(MigrationError, match="was changed"):
        migrate(empty)


def test_what_another_tool_recorded_without_a_checksum_is_accepted(empty: str) -> None:
    migrate(empty)
    with psycopg.connect(empty) as connection:
        connection.execute("delete from supabase_migrations.njordhr_checksums")

    assert migrate(empty) == []


def test_two_that_migrate_at_the_same_time_do_it_once(empty: str) -> None:
    done: list[list[str]] = []
    threads = [threading.Thread(target=lambda: done.append(migrate(empty))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(len, done)) == [0, 0, len(load_migrations())]


def test_the_command_says_what_it_did_or_why_not(
    empty: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NJORDHR_CLOUD_API_PASSWORD", raising=False)  # the role is shared by all databases
    monkeypatch.setenv("NJORDHR_CLOUD_ADMIN_URL", empty)
    assert main([]) == 0
    assert "applied: 2026" in capsys.readouterr().out
    assert main(["--database-url", empty]) == 0
    assert "up to date" in capsys.readouterr().out
    assert main(["--database-url", "postgresql://nobody:x@127.0.0.1:1/nothing"]) == 1
    assert "not migrated" in capsys.readouterr().err


_AS_ON_SUPABASE = """
create role owner_of_project login createrole bypassrls password 'of-the-test';
grant anon, authenticated, service_role to owner_of_project with admin option;
create schema extensions authorization owner_of_project;
create schema auth;
create table auth.users (id uuid primary key, email text);
create function auth.uid() returns uuid language sql stable
  as $f$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $f$;
grant usage on schema auth to owner_of_project, authenticated;
grant references on auth.users to owner_of_project;
"""


@pytest.mark.parametrize("bin_dir", [None, Path("/usr/lib/postgresql/15/bin")], ids=["18", "15"])
def test_the_owner_of_a_supabase_project_who_is_no_superuser_can_migrate(bin_dir: Path | None) -> None:
    with tempfile.TemporaryDirectory(prefix="njordhr-postgres-") as folder:
        server = LocalPostgres(Path(folder) / "data", bin_dir=bin_dir, durable=False)
        try:
            server.start()
            with psycopg.connect(server.admin_url(), autocommit=True) as connection:
                for role in ("anon", "authenticated", "service_role"):
                    connection.execute(f"create role {role} nologin noinherit".encode())
                connection.execute(_AS_ON_SUPABASE.encode())
                connection.execute("grant create on database postgres to owner_of_project")
            owner = server.url("postgres", "owner_of_project", "of-the-test")

            assert migrate(owner, "of-the-api") == [migration.version for migration in load_migrations()]

            with (
                psycopg.connect(owner) as connection,
                psycopg.connect(server.url("postgres", "njordhr_api", "of-the-api")) as api,
            ):
                assert connection.execute("select to_regnamespace('local_auth')").fetchone() == (None,)
                api.execute("set role authenticated")
                assert api.execute("select count(*) from app.candidates").fetchone() == (0,)
        finally:
            server.remove()
