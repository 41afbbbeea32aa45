"""The other commands of an operator: the first admin, the current state, and new keys while people work."""

from pathlib import Path

import psycopg
import pytest

from tests.integration.cloud_admin.conftest import Shell
from tests.integration.cloud_admin.test_backup import spoil
from tests.support.cloud_app import PASSWORD, Cloud, running_cloud
from tests.support.gotrue import gotrue_server
from tests.support.postgres import TestDatabase

OFFICE = ("create-office", "--organisation", "Quay", "--email", "Ada@Quay.example.com", "--name", "Ada Quay")
BAY = ("create-office", "--organisation", "Bay", "--email", "bo@bay.example.com", "--name", "Bo Bay")


def test_the_first_admin_signs_in_and_invites(database: TestDatabase, shell: Shell, tmp_path: Path) -> None:
    assert shell.run(*OFFICE, NJORDHR_MEMBER_PASSWORD=PASSWORD) == 0, shell.said
    assert shell.run(*OFFICE, NJORDHR_MEMBER_PASSWORD=PASSWORD) == 0, "once is as good as twice"
    with running_cloud(database, tmp_path / "objects") as cloud:
        admin = cloud.sign_in("ada@quay.example.com")
        assert [member["email"] for member in admin.read("/api/members")["members"]] == [
            "ada@quay.example.com"
        ]


def test_a_password_that_is_too_short_makes_no_office(database: TestDatabase, shell: Shell) -> None:
    assert shell.run(*BAY, NJORDHR_MEMBER_PASSWORD="short") == 1
    assert "12 characters" in shell.said
    with psycopg.connect(database.admin_url) as connection:
        assert connection.execute("select from app.organisations where name = 'Bay'").fetchall() == []


def test_with_supabase_the_account_is_the_projects(database: TestDatabase, shell: Shell) -> None:
    with gotrue_server(database.admin_url) as gotrue:
        settings = {
            "NJORDHR_CLOUD_AUTH_PROVIDER": "supabase",
            "NJORDHR_CLOUD_SUPABASE_URL": gotrue.url,
            "NJORDHR_CLOUD_SUPABASE_PUBLISHABLE_KEY": "sb_publishable_test",
            "NJORDHR_CLOUD_SUPABASE_SECRET_KEY": "sb_secret_test",
            "NJORDHR_MEMBER_PASSWORD": PASSWORD,
        }
        assert shell.run(*BAY, **settings) == 0, shell.said
    with psycopg.connect(database.admin_url) as connection:
        (row,) = connection.execute(
            "select u.email, m.role, o.name from app.memberships m join app.users u on u.id = m.user_id"
            " join app.organisations o on o.id = m.organisation_id where o.name = 'Bay'"
        ).fetchall()
    assert row == ("bo@bay.example.com", "admin", "Bay")


def test_a_state_that_differs_is_said_and_mended(cloud: Cloud, shell: Shell) -> None:
    assert shell.run("recompute") == 0, shell.said
    spoil(cloud)
    assert shell.run("recompute") == 1
    assert ": notes" in shell.said
    assert "Nobody wrote this" not in shell.said
    assert shell.run("recompute", "--mend") == 0, shell.said
    assert cloud.rows("select notes from app.candidate_state where notes <> ''") == [("Called",)]
    assert shell.run("recompute") == 0


def test_a_new_key_of_links_is_written_once(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert shell.run("rotate-key", "links", "--write-to", str(path)) == 0
    assert len(path.read_text(encoding="utf-8").strip()) >= 32
    assert path.read_text(encoding="utf-8").strip() not in shell.said
    assert shell.run("rotate-key", "links", "--write-to", str(path)) == 1


def test_what_is_missing_is_named_without_values(shell: Shell, tmp_path: Path) -> None:
    code = shell.run("backup", "--into", str(tmp_path / "b"), NJORDHR_CLOUD_OBJECT_LINK_KEY="canary")
    assert code == 2
    assert "canary" not in shell.said


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["backup"], ["rotate-key", "x"]])
def test_what_it_does_not_know_is_said(shell: Shell, arguments: list[str]) -> None:
    assert shell.run(*arguments) in {0, 2}
    assert "Usage" in shell.said
