"""What arrived is looked at off the path of requests, by one checker at a time, whatever dies meanwhile."""

import hashlib
import threading
import time
from collections import Counter
from typing import Any
from uuid import UUID

import psycopg
import pytest

from cloud_api.db.unit_of_work import Claims
from cloud_api.errors import Unavailable
from cloud_api.resumes.checker import WHILE, UploadChecker
from cloud_api.resumes.object_store import ObjectDigest, ObjectStore
from protocol.reasons import Reason
from tests.integration.cloud_http.conftest import Office
from tests.integration.cloud_http.test_resumes import (
    OTHER,
    PDF,
    PENDING,
    ask,
    delivered,
    put,
    resume_id,
    status_of,
    trouble_of,
    upload,
)
from tests.support.cloud_app import Cloud, refused, running_cloud, sha256
from tests.support.postgres import TestDatabase

FOREVER_SECONDS = 120.0


class Watched:
    """A store that counts who reads what, and can be made to fail."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self.reads: Counter[str] = Counter()
        self.is_down = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def digest(self, key: str) -> ObjectDigest:
        self.reads[key] += 1
        if self.is_down:
            raise Unavailable(Reason.STORE_UNAVAILABLE)
        return self._store.digest(key)


def checker(cloud: Cloud, store: ObjectStore | None = None) -> UploadChecker:
    return UploadChecker(cloud.services.database, store or cloud.services.objects, threading.Event())


def sent(cloud: Cloud, office: Office, number: str) -> dict[str, Any]:
    """Put a resume's bytes and say nothing about it."""
    request = delivered(office, number)
    link = office.computer.send("/api/resumes/upload-link", request)
    assert put(cloud, link, PDF).status_code == 204
    return request


def make_due(cloud: Cloud) -> None:
    """Let all that waits for a time be due, as if it had passed."""
    cloud.change("update app.resume_uploads set check_at = now() where check_at is not null")


@pytest.fixture(autouse=True)
def _nothing_is_due(cloud: Cloud) -> None:
    cloud.change("delete from app.resume_uploads")


def test_a_computer_that_died_after_putting_the_bytes_need_not_put_them_again(
    cloud: Cloud, office: Office
) -> None:
    request = sent(cloud, office, "1000")
    assert ask(office.computer, request) == (False, True)
    assert checker(cloud).check_all() == 1
    assert ask(office.computer, request) == (True, False)


def test_a_computer_that_never_comes_back_is_not_needed(cloud: Cloud, office: Office) -> None:
    request = sent(cloud, office, "1001")
    assert checker(cloud).check_all() == 0
    make_due(cloud)
    assert checker(cloud).check_all() == 1
    assert status_of(cloud, request)[0] == "uploaded"


def test_a_link_that_nobody_used_is_no_failure(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "1002")
    office.computer.send("/api/resumes/upload-link", request)
    make_due(cloud)
    assert checker(cloud).check_all() == 1
    assert trouble_of(cloud, request) == (0, "upload.missing")
    assert status_of(cloud, request) == PENDING
    assert checker(cloud).check_all() == 0


def test_what_a_dying_checker_held_is_taken_up_by_another(cloud: Cloud, office: Office) -> None:
    request = sent(cloud, office, "1003")
    office.computer.send("/api/resumes/uploaded", request)
    with cloud.services.database.anonymous() as tx:  # it claims, and is killed
        assert tx.value(b"select check_claim from app.claim_upload_check(%(while)s)", {"while": WHILE})
    assert checker(cloud).check_all() == 0
    assert status_of(cloud, request) == PENDING
    make_due(cloud)
    assert checker(cloud).check_all() == 1
    assert status_of(cloud, request)[0] == "uploaded"


def test_whoever_lost_their_claim_decides_nothing(cloud: Cloud, office: Office) -> None:
    request = sent(cloud, office, "1004")
    office.computer.send("/api/resumes/uploaded", request)

    class Slow(Watched):
        """While it reads, its time runs out and another checker comes; what it sees is wrong."""

        def digest(self, key: str) -> ObjectDigest:
            make_due(cloud)
            assert checker(cloud).check_all() == 1
            return ObjectDigest(sha256("something else"), 14)

    assert checker(cloud, Slow(cloud.services.objects)).check_all() == 1
    assert status_of(cloud, request)[0] == "uploaded"
    assert ask(office.computer, request) == (True, False)


def test_two_checkers_never_read_the_same_object(cloud: Cloud, office: Office) -> None:
    requests = [sent(cloud, office, f"11{number:02d}") for number in range(12)]
    for request in requests:
        office.computer.send("/api/resumes/uploaded", request)
    store = Watched(cloud.services.objects)
    threads = [threading.Thread(target=checker(cloud, store).check_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(FOREVER_SECONDS)
    assert set(store.reads.values()) == {1}
    assert len(store.reads) == 12
    assert {status_of(cloud, request)[0] for request in requests} == {"uploaded"}


def test_a_store_that_is_down_fails_no_upload(cloud: Cloud, office: Office) -> None:
    request = sent(cloud, office, "1005")
    office.computer.send("/api/resumes/uploaded", request)
    store = Watched(cloud.services.objects)
    store.is_down = True
    assert checker(cloud, store).check_all() == 1
    assert trouble_of(cloud, request) == (0, "store.unavailable")
    assert ask(office.computer, request) == (False, True)
    store.is_down = False
    make_due(cloud)
    assert checker(cloud, store).check_all() == 1
    assert status_of(cloud, request)[0] == "uploaded"


def test_the_same_content_is_stored_once(cloud: Cloud, office: Office) -> None:
    request = sent(cloud, office, "1006")
    second = cloud.computer(office.colleague, "Second")
    others = request | {"file_sha256": hashlib.sha256(OTHER).hexdigest(), "file_length": len(OTHER)}
    link = second.send("/api/resumes/upload-link", others)
    assert put(cloud, link, OTHER).status_code == 204
    office.computer.send("/api/resumes/uploaded", request)
    second.send("/api/resumes/uploaded", others)
    assert checker(cloud).check_all() == 2
    assert status_of(cloud, request)[2] == request["file_sha256"]
    assert ask(second, others) == (True, False)
    assert [
        found.length for found in cloud.services.objects.objects("resumes/") if "/1006/" in found.key
    ] == [len(PDF)]


def test_what_another_print_left_behind_is_forgotten_when_the_office_has_the_resume(
    cloud: Cloud, office: Office
) -> None:
    request = delivered(office, "1010")
    second = cloud.computer(office.colleague, "Third")
    others = request | {"file_sha256": hashlib.sha256(OTHER).hexdigest(), "file_length": len(OTHER)}
    second.send("/api/resumes/upload-link", others)
    second.send("/api/resumes/uploaded", others)  # and it put nothing
    assert checker(cloud).check_all() == 1
    assert trouble_of(cloud, others) == (1, "upload.missing")
    upload(cloud, office.computer, request)
    assert cloud.rows("select count(*) from app.resume_uploads") == [(0,)]


def test_what_arrives_for_somebody_who_was_deleted_is_not_kept(cloud: Cloud, office: Office) -> None:
    request = sent(cloud, office, "1007")
    office.computer.send("/api/resumes/uploaded", request)
    cloud.change(
        "update app.resumes set deleted_at = now() where content_sha256 = %s", request["content_sha256"]
    )
    assert checker(cloud).check_all() == 1
    assert status_of(cloud, request)[0] != "uploaded"
    assert not [found for found in cloud.services.objects.objects("resumes/") if "/1007/" in found.key]


def test_what_does_not_get_there_is_shown_to_those_who_look_after_it(cloud: Cloud, office: Office) -> None:
    request = delivered(office, "1008")
    for _ in range(2):
        office.computer.send("/api/resumes/upload-link", request)
        office.computer.send("/api/resumes/uploaded", request)
        checker(cloud).check_all()
    path = "/api/resumes/uploads/late"
    assert office.admin.read(path)["total"] == 0  # it has not lasted an hour
    cloud.change("update app.resume_uploads set first_asked_at = now() - interval '61 minutes'")
    for watcher in (office.admin, office.manager):
        late = watcher.read(path)
        [item] = late["items"]
        assert late["total"] == 1
        assert (item["candidate_external_id"], item["device_name"], item["failures"]) == ("1008", "Laptop", 2)
        assert (item["resume_id"], item["reason"]) == (resume_id(office, "1008"), "upload.missing")
    assert refused(office.recruiter.get(path)) == (403, "auth.forbidden")
    assert office.stranger.read(path) == {"total": 0, "items": []}
    with cloud.services.database.anonymous() as tx:
        assert tx.value(b"select failing from app.upload_figures()", {}) == 1
    upload(cloud, office.computer, request)
    assert office.admin.read(path)["total"] == 0


def test_the_servers_own_checker_is_woken_by_whoever_says_that_they_put_it(
    database: TestDatabase, cloud: Cloud, office: Office
) -> None:
    settings = cloud.services.settings
    assert settings.object_store_folder is not None
    with running_cloud(database, settings.object_store_folder, check_uploads=True) as running:
        request = sent(cloud, office, "1009")
        computer = type(office.computer)(
            running.app.test_client(), office.computer.token, office.computer.device_id, office.recruiter
        )
        computer.send("/api/resumes/uploaded", request)
        deadline = time.monotonic() + FOREVER_SECONDS
        while status_of(cloud, request)[0] != "uploaded":
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_nobody_but_the_checker_says_what_came_of_an_upload(cloud: Cloud, office: Office) -> None:
    with cloud.services.database.authenticated(Claims(UUID(office.admin.user_id))) as tx:
        for function in ("claim_upload_check('1 minute')", "hold_upload_check(null)", "upload_figures()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), tx.savepoint():
                tx.run(f"select * from app.{function}".encode(), {})
        with pytest.raises(psycopg.errors.InsufficientPrivilege), tx.savepoint():
            tx.run(b"update app.resume_uploads set failures = 0", {})
