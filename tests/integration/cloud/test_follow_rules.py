"""The worker in its thread, and the command that does its work once."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from cloud_api.db.pool import Database
from cloud_api.retention import worker
from tests.integration.cloud.conftest import Office
from tests.support.deletion import Bucket, is_deleted, known, rule
from tests.support.office import World
from tests.support.postgres import TestDatabase
from tests.support.tree import ROOT


def test_the_command_follows_the_rules_once_and_says_what_it_did(
    database: TestDatabase, office_world: World, office: Office, tmp_path: Path
) -> None:
    person = known(office_world, office, "71001", 30)
    rule(office_world, office, 24)
    settings = {
        "NJORDHR_CLOUD_DATABASE_URL": database.api_url,
        "NJORDHR_CLOUD_OBJECT_STORE_FOLDER": str(tmp_path),
        "NJORDHR_CLOUD_OBJECT_LINK_KEY": "k" * 40,
    }

    ended = subprocess.run(
        [sys.executable, "-m", "cloud_api", "--follow-rules"],
        env=os.environ | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (0, "deleted 1, erased 0, files removed 0, left 0\n"), (
        ended.stderr
    )
    assert is_deleted(office_world, person)


def test_the_thread_works_until_the_server_stops(office_world: World, office: Office) -> None:
    person = known(office_world, office, "71002", 30)
    rule(office_world, office, 24)
    stopping = threading.Event()
    thread = threading.Thread(
        target=worker.run, args=(office_world.database, Bucket(), stopping), kwargs={"every": 0.01}
    )
    thread.start()
    try:
        while not is_deleted(office_world, person):
            assert thread.is_alive()
    finally:
        stopping.set()
        thread.join()
    assert not thread.is_alive()


def test_the_thread_outlives_a_database_that_is_away() -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/none", wait_seconds=0.01)
    stopping, tried = threading.Event(), threading.Event()

    def count_down(seconds: float) -> bool:
        if tried.is_set():
            stopping.set()
        tried.set()
        return stopping.is_set()

    stopping.wait = count_down  # type: ignore[method-assign,assignment]  # each look counts, none is waited for
    worker.run(away, Bucket(), stopping)
    assert tried.is_set()
