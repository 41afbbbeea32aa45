"""The password of the database is changed while people work, and the old one is of no use afterwards."""

from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from cloud_api.admin import roles
from tests.integration.cloud_admin.conftest import Shell
from tests.support.cloud_app import running_cloud
from tests.support.postgres import TestDatabase


def test_the_databases_password_is_changed_while_people_work(
    database: TestDatabase, shell: Shell, tmp_path: Path
) -> None:
    try:
        _change_the_password(database, shell, tmp_path)
    finally:  # roles are the whole server's
        with psycopg.connect(database.admin_url) as connection:
            statement = sql.SQL("alter role njordhr_api login password {}")
            connection.execute(statement.format(sql.Literal(urlsplit(database.api_url).password)))


def _change_the_password(database: TestDatabase, shell: Shell, tmp_path: Path) -> None:
    new = tmp_path / "new-address"
    with running_cloud(database, tmp_path / "objects") as before:
        person = before.member("Harbour", "Hana", "recruiter")
        assert shell.run("rotate-key", "database", "--write-to", str(new)) == 0, shell.said
        assert new.stat().st_mode & 0o077 == 0
        address = new.read_text(encoding="utf-8").strip()
        after_database = TestDatabase(database.name, database.admin_url, address)
        with running_cloud(after_database, tmp_path / "objects") as after:
            assert before.services.database is not after.services.database
            assert person.get("/api/dashboard/data").status_code == 200, "the old one works on"
            again = after.sign_in(person.email)
            assert again.get("/api/dashboard/data").status_code == 200
            closing = ("rotate-key", "database-finish", "--close", roles.FIRST)
            assert shell.run(*closing) == 1
            assert "connections are open" in shell.said
            before.services.database.close()
            wait_until_gone(database, roles.FIRST)
            assert shell.run(*closing) == 0, shell.said
            assert again.get("/api/dashboard/data").status_code == 200
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database.api_url)
    with psycopg.connect(address) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("set role service_role")


def wait_until_gone(database: TestDatabase, role: str) -> None:
    """Wait for the server to notice that connections were closed."""
    with psycopg.connect(database.admin_url, autocommit=True) as connection:
        for _ in range(600):
            found = connection.execute("select from pg_stat_activity where usename = %s", [role]).fetchall()
            if not found:
                return
            connection.execute("select pg_sleep(0.05)")
    pytest.fail(f"somebody is still connected as {role}")
