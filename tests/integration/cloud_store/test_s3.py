import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from cloud_api.resumes.object_store import ObjectStore, SignedLink
from tests.support.object_store_suite import (
    KEY,
    PDF,
    LinkMaker,
    ObjectStoreSuite,
    StoreRig,
    digest_of,
    follow,
    put,
    soon,
    upload,
)
from tests.support.seaweedfs import SeaweedFS

PAST_ITS_SECOND = 2.5


@dataclass
class S3Rig:
    """A bucket of a real S3 server, empty."""

    server: SeaweedFS
    store: ObjectStore
    binds_bytes: bool = True

    def cold(self) -> ObjectStore:
        return self.server.store()

    def forge(self) -> ObjectStore:
        return self.server.store(secret_key=SecretStr("not the secret of anybody"))

    def outlive(self, make: LinkMaker) -> SignedLink:
        link = make(self.store, datetime.now(UTC) + timedelta(seconds=1))
        time.sleep(PAST_ITS_SECOND)  # the server's clock is this machine's; more than enough is enough
        return link

    def unreachable(self) -> ObjectStore:
        return self.server.store(endpoint="http://127.0.0.1:1")


@pytest.fixture
def s3_rig(s3_server: SeaweedFS, s3_store: ObjectStore) -> Iterator[S3Rig]:
    yield S3Rig(s3_server, s3_store)
    for found in list(s3_store.objects("")):
        s3_store.remove(found.key)


class TestS3Store(ObjectStoreSuite):
    @pytest.fixture
    def rig(self, s3_rig: S3Rig) -> StoreRig:
        return s3_rig


def test_the_buckets_user_may_do_nothing_outside_it(s3_rig: S3Rig) -> None:
    put(s3_rig.store)
    elsewhere = s3_rig.server.store(bucket="somewhere-else")
    link = elsewhere.upload_link(KEY, digest_of(PDF), soon())
    assert follow(link, PDF).status_code == 403


def test_without_checksum_headers_the_link_still_binds_the_length(s3_rig: S3Rig) -> None:
    plain = s3_rig.server.store(checksums=False)
    link = plain.upload_link(KEY, digest_of(PDF), soon())
    assert "x-amz-checksum-sha256" not in link.headers
    assert follow(link, PDF[:-1]).status_code == 403
    assert follow(link, b"X" + PDF[1:]).is_success
    assert plain.digest(KEY) != digest_of(PDF)
    put(plain)
    assert plain.digest(KEY) == digest_of(PDF)


def test_nobody_reads_an_object_without_a_link(s3_rig: S3Rig) -> None:
    assert upload(s3_rig.store).is_success
    link = s3_rig.store.open_link(KEY, "x.pdf", soon())
    assert follow(link, url=link.url.split("?")[0]).status_code == 403
    assert follow(link, url=link.url.split("resumes/")[0]).status_code == 403


def test_the_cors_rules_of_the_docs_let_the_hosted_page_read_and_no_other(s3_rig: S3Rig) -> None:
    text = Path("docs/STORAGE.md").read_text(encoding="utf-8")
    [rules] = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    s3_rig.server.set_cors(json.loads(rules))
    put(s3_rig.store)
    link = s3_rig.store.open_link(KEY, "x.pdf", soon())
    allowed = {}
    with httpx.Client(trust_env=False) as client:
        for origin in ("https://office.example.com", "https://elsewhere.example.com"):
            answer = client.get(link.url, headers={"Origin": origin})
            allowed[origin] = answer.headers.get("Access-Control-Allow-Origin")
    here = "https://office.example.com"
    assert allowed == {here: here, "https://elsewhere.example.com": None}
