"""Connections and transactions of a caller, direct and through a pooler in transaction mode."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from cloud_api.db.pool import Database
from cloud_api.errors import DatabaseUnavailable, NotFound
from protocol.ingest import VerdictKind
from tests.integration.cloud.conftest import Office
from tests.support.office import World, downloaded, verified
from tests.support.postgres import TestDatabase


def test_what_a_caller_sees_ends_with_their_transaction(office_world: World, office: Office) -> None:
    single = Database(_api_url(office_world), size=1)
    single.open()
    try:
        with single.authenticated(office.recruiter.claims) as tx:
            assert tx.value(b"select current_user", {}) == "authenticated"
            assert tx.value(b"select app.caller_role()", {}) == "recruiter"
        with single.anonymous() as tx:
            assert tx.value(b"select current_user", {}) == "njordhr_api"
            assert not tx.value(b"select current_setting('request.jwt.claims', true)", {})
    finally:
        single.close()


def test_an_error_rolls_the_transaction_back(office_world: World, office: Office) -> None:
    def fail() -> None:
        with office_world.database.authenticated(office.recruiter.claims) as tx:
            tx.run(
                b"insert into app.analysis_feedback (organisation_id, user_id, query)"
                b" values (%(organisation_id)s, %(user_id)s, 'rolled back')",
                vars(office.recruiter),
            )
            tx.one(b"select id from app.organisations where false", {}, Office)

    with pytest.raises(NotFound):
        fail()
    assert office_world.rows("select from app.analysis_feedback") == []


def test_a_statement_that_takes_too_long_says_that_the_database_does_not_answer(
    office_world: World, office: Office
) -> None:
    def wait() -> None:
        with office_world.database.authenticated(office.recruiter.claims) as tx:
            tx.run(b"set local statement_timeout = '10ms'", {})
            tx.value(b"select pg_sleep(20)", {})

    with pytest.raises(DatabaseUnavailable):
        wait()


def test_a_connection_that_was_cut_is_replaced(office_world: World, office: Office) -> None:
    with office_world.database.anonymous() as tx:
        tx.value(b"select 1", {})
    office_world.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where usename = 'njordhr_api' and datname = current_database()"
    )
    with office_world.database.authenticated(office.recruiter.claims) as tx:
        assert tx.value(b"select app.caller_role()", {}) == "recruiter"


def test_a_database_that_is_away_has_its_reason(office: Office) -> None:
    away = Database("postgresql://njordhr_api:x@127.0.0.1:1/nothing", wait_seconds=0.2)
    away.open()
    try:
        with pytest.raises(DatabaseUnavailable) as refused, away.authenticated(office.recruiter.claims):
            pytest.fail("there is no such database")
        assert refused.value.status == 503
    finally:
        away.close()


@pytest.fixture(scope="module")
def pooled(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start pgbouncer in transaction mode in front of the database."""
    program = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/bin")
    assert program, "this machine needs Debian's package pgbouncer"
    folder = tmp_path_factory.mktemp("pgbouncer")
    direct = urlsplit(database.api_url)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    users = folder / "users.txt"
    users.write_text(f'"{direct.username}" "{direct.password}"\n', encoding="utf-8")
    config = folder / "pgbouncer.ini"
    config.write_text(
        f"[databases]\n{database.name} = host=127.0.0.1 port={direct.port}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = scram-sha-256\nauth_file = {users}\npool_mode = transaction\ndefault_pool_size = 2\n",
        encoding="utf-8",
    )
    _open_to(folder, "nobody")
    with subprocess.Popen(
        [program, "-u", "nobody", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as pgbouncer:
        url = f"postgresql://{direct.username}:{direct.password}@127.0.0.1:{port}/{database.name}"
        try:
            _wait_for(url)
            yield url
        finally:
            pgbouncer.kill()


def test_the_same_works_through_a_pooler_in_transaction_mode(
    pooled: str, office_world: World, office: Office
) -> None:
    through = Database(pooled, size=6)
    through.open()
    world = World(through, office_world.admin_url)

    def work(n: int) -> list[VerdictKind]:
        number = f"55{n}"
        delivered = world.record(office.device, downloaded(number))
        decided = world.record(office.recruiter, verified(number))
        again = world.record(office.recruiter, verified(number))
        with through.authenticated(office.stranger.claims) as tx:
            assert tx.value(b"select count(*) from app.candidates", {}) == 0
        return [delivered.verdict, decided.verdict, again.verdict]

    try:
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(work, range(12)))
    finally:
        through.close()
    assert found == [[VerdictKind.ACCEPTED, VerdictKind.ACCEPTED, VerdictKind.REJECTED]] * 12


def _api_url(world: World) -> str:
    return str(world.database._pool.conninfo)


def _open_to(folder: Path, user: str) -> None:
    """Let the pooler read its files, as root cannot run it."""
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, user)
    for parent in folder.parents:
        if parent.owner() == "root" and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(url, connect_timeout=2, prepare_threshold=None).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
