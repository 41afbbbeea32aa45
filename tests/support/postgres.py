"""A real Postgres for tests: a server a process, a migrated template, a database of its own a module."""

import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from cloud_api.db.migrate import migrate
from demo.postgres import LocalPostgres

TEMPLATE = "njordhr_template"


@dataclass(frozen=True)
class TestDatabase:
    """One migrated database.

    Attributes:
        admin_url: of the superuser.
        api_url: of the login role ``njordhr_api``, as a deployment has it.
    """

    __test__ = False

    name: str
    admin_url: str
    api_url: str


class PostgresServer:
    """A running server and its migrated template."""

    def __init__(self, server: LocalPostgres) -> None:
        self._server = server
        self._api_password = secrets.token_urlsafe(18)
        with psycopg.connect(server.admin_url(), autocommit=True) as connection:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(TEMPLATE)))
        migrate(server.admin_url(TEMPLATE), self._api_password)

    @property
    def programs(self) -> Path:
        """The folder of the programs, such as ``pg_dump``."""
        return self._server.programs

    def empty_database(self) -> str:
        """Return the superuser's address of a new database without any schema of ours."""
        return self._server.admin_url(self._create("template1"))

    @contextmanager
    def database(self) -> Iterator[TestDatabase]:
        """Give a new migrated database, dropped at the end."""
        name = self._create(TEMPLATE)
        try:
            yield TestDatabase(
                name,
                self._server.admin_url(name),
                self._server.url(name, "njordhr_api", self._api_password),
            )
        finally:
            with psycopg.connect(self._server.admin_url(), autocommit=True) as connection:
                connection.execute(sql.SQL("drop database {} (force)").format(sql.Identifier(name)))

    @contextmanager
    def restored(self, source: TestDatabase) -> Iterator[TestDatabase]:
        """Give a copy of a database, made by ``pg_dump`` and ``pg_restore``, dropped at the end."""
        name = self._create("template1")
        admin_url = self._server.admin_url(name)
        try:
            with tempfile.TemporaryDirectory() as folder:
                dump = str(Path(folder) / "dump")
                self._run("pg_dump", "--format=custom", "--file", dump, source.admin_url)
                self._run("pg_restore", "--exit-on-error", "--dbname", admin_url, dump)
            api_url = self._server.url(name, "njordhr_api", self._api_password)
            yield TestDatabase(name, admin_url, api_url)
        finally:
            with psycopg.connect(self._server.admin_url(), autocommit=True) as connection:
                connection.execute(sql.SQL("drop database {} (force)").format(sql.Identifier(name)))

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([str(self._server.programs / program), *arguments], check=True)

    def _create(self, template: str) -> str:
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self._server.admin_url(), autocommit=True) as connection:
            statement = sql.SQL("create database {} template {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name


@contextmanager
def postgres_server(bin_dir: Path | None = None) -> Iterator[PostgresServer]:
    """Start a server that forgets everything at the end."""
    with tempfile.TemporaryDirectory(prefix="njordhr-postgres-") as folder:
        Path(folder).chmod(0o755)  # root's server runs as another user; the data folder stays closed
        server = LocalPostgres(Path(folder) / "data", bin_dir=bin_dir, durable=False)
        try:
            server.start()
            yield PostgresServer(server)
        finally:
            server.remove()
