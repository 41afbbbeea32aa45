"""Without a database; the rest is in `tests/integration/cloud_http/test_upload_checker.py`."""

import threading
from uuid import uuid4

import pytest

from cloud_api.db.pool import Database
from cloud_api.resumes.checker import Look, UploadChecker
from tests.support.object_store_suite import KEY, PDF, digest_of
from tests.unit.cloud_api.resumes.test_folder_store import folder_store


def test_a_look_says_what_was_announced() -> None:
    look = Look(uuid4(), KEY, digest_of(PDF).sha256, len(PDF), 1)
    assert look.expected == digest_of(PDF)


@pytest.mark.parametrize("is_started", [True, False])
def test_it_stops_whether_or_not_it_began_and_whether_or_not_there_is_a_database(
    tmp_path_factory: pytest.TempPathFactory, is_started: bool
) -> None:
    stopping = threading.Event()
    database = Database("postgresql://nobody@127.0.0.1:1/none", wait_seconds=0.1)
    checker = UploadChecker(database, folder_store(tmp_path_factory.mktemp("objects")), stopping)
    if is_started:
        checker.start()
        checker.wake()
    stopping.set()
    checker.stop()
    database.close()
    assert checker.check_all() == 0
