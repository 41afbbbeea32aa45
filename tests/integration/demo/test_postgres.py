"""The Postgres of one machine: keeps its data and no secret, and never outlives its parent."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest

from demo.postgres import LocalPostgres, PostgresError, embedded_bin
from tests.support.tree import ROOT

_CHILD = """
import sys, time
from pathlib import Path
from demo.postgres import LocalPostgres
server = LocalPostgres(Path(sys.argv[1]), durable=False)
server.start()
print(server.port, server.data_dir, flush=True)
time.sleep(300)
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a folder that nobody but its owner may look into, as a home often is."""
    with tempfile.TemporaryDirectory(prefix="njordhr-test-") as folder:
        yield Path(folder) / "postgres"


def postmaster(data_dir: Path) -> psutil.Process:
    pid = int((data_dir / "postmaster.pid").read_text(encoding="ascii").split()[0])
    return psutil.Process(pid)


def test_data_stays_and_the_password_is_a_new_one_in_no_file(place: Path) -> None:
    server = LocalPostgres(place, durable=False)
    try:
        server.start()
        first = server.admin_url()
        with psycopg.connect(first) as connection:
            connection.execute("create table kept (id int)")
        server.stop()
        server.stop()
        assert server.port == 0

        server = LocalPostgres(place, durable=False)
        server.start()
        with psycopg.connect(server.admin_url()) as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (0,)
        passwords = [urlsplit(url).password for url in (first, server.admin_url())]
        assert passwords[0] != passwords[1]
        for file in server.data_dir.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                assert not any(password and password.encode() in content for password in passwords), file
    finally:
        server.remove()
    assert not server.data_dir.exists()


def test_it_listens_on_loopback_to_those_with_the_password_and_not_as_root(place: Path) -> None:
    server = LocalPostgres(place, durable=False)
    try:
        server.start()
        process = postmaster(server.data_dir)
        assert process.uids().real != 0
        listening = {conn.laddr.ip for conn in process.net_connections() if conn.status == "LISTEN"}
        assert listening == {"127.0.0.1"}
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.url("postgres", "postgres", "wrong"))
    finally:
        server.remove()


def test_two_on_the_same_data_do_not_harm_each_other(place: Path) -> None:
    first = LocalPostgres(place, durable=False)
    try:
        first.start()
        second = LocalPostgres(place, durable=False)
        with pytest.raises(PostgresError):
            second.start()
        with psycopg.connect(first.admin_url()) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    finally:
        first.remove()


def test_it_ends_with_its_parent_however_that_ends() -> None:
    with tempfile.TemporaryDirectory(prefix="njordhr-test-") as folder:
        parent = subprocess.Popen(
            [sys.executable, "-c", _CHILD, f"{folder}/postgres"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": os.defpath, "HOME": folder, "PYTHONPATH": str(ROOT)},
        )
        assert parent.stdout is not None
        port, data_dir = parent.stdout.readline().split()
        server = postmaster(Path(data_dir))
        assert int(port) > 0

        parent.send_signal(signal.SIGKILL)
        parent.wait()
        parent.stdout.close()

        deadline = time.monotonic() + 30
        while server.is_running() and server.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline, "the server outlived its parent"
            time.sleep(0.02)
        LocalPostgres(Path(folder) / "postgres").remove()


def test_a_start_that_was_killed_half_way_is_begun_again(place: Path) -> None:
    server = LocalPostgres(place, durable=False)
    half = server.data_dir.with_name(f"{server.data_dir.name}.making")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    try:
        server.start()
        assert not half.exists()
    finally:
        server.remove()


def test_when_the_folder_that_was_asked_for_is_deleted_the_data_is_gone(place: Path) -> None:
    server = LocalPostgres(place, durable=False)
    try:
        server.start()
        with psycopg.connect(server.admin_url()) as connection:
            connection.execute("create table old (id int)")
        server.stop()
        shutil.rmtree(place)

        server.start()
        with psycopg.connect(server.admin_url()) as connection:
            assert connection.execute("select to_regclass('old')").fetchone() == (None,)
    finally:
        server.remove()


def test_programs_that_are_not_there_are_named(place: Path) -> None:
    server = LocalPostgres(place, bin_dir=Path("/nowhere/bin"))
    with pytest.raises(PostgresError, match="/nowhere/bin"):
        server.start()
    assert not server.data_dir.exists()


def test_programs_in_a_closed_home_run_for_the_servers_user() -> None:
    """As on a bare machine, where root's checkout lies in a home that only root may enter."""
    with tempfile.TemporaryDirectory(prefix="njordhr-closed-") as folder:
        home = Path(folder)
        package = embedded_bin().parents[1]
        shutil.copytree(package, home / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, home / libraries.name)
        server = LocalPostgres(
            home / "data", bin_dir=home / package.name / "pginstall" / "bin", durable=False
        )
        try:
            server.start()
            with psycopg.connect(server.admin_url()) as connection:
                assert connection.execute("select 1").fetchone() == (1,)
        finally:
            server.remove()
            if home not in server.programs.parents:
                shutil.rmtree(server.programs.parents[2])
