"""Links are made without asking the store; what it does with them is in `tests/integration/cloud_store`."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from cloud_api.resumes.s3_store import S3Store
from tests.support.object_store_suite import KEY, PDF, digest_of


@pytest.fixture(scope="module")
def store() -> S3Store:
    secret = SecretStr("synthetic secret")
    return S3Store("https://s3.example.com", "njordhr-resumes", "eu-north-1", "SYNTHETIC", secret)


def test_an_upload_link_is_bound_to_everything_that_a_request_says(store: S3Store) -> None:
    link = store.upload_link(KEY, digest_of(PDF), datetime.now(UTC) + timedelta(minutes=10))
    parts = urlsplit(link.url)
    query = parse_qs(parts.query)
    assert parts.netloc == "s3.example.com"
    assert parts.path == f"/njordhr-resumes/{KEY.removeprefix('resumes/')}"
    signed = set(query["X-Amz-SignedHeaders"][0].split(";"))
    assert {"content-length", "content-type", "host", "x-amz-checksum-sha256"} == signed
    assert 590 <= int(query["X-Amz-Expires"][0]) <= 600
    assert set(link.headers) == {"Content-Type", "x-amz-checksum-sha256"}


def test_the_secret_is_in_no_link_and_in_no_repr(store: S3Store) -> None:
    link = store.open_link(KEY, "x.pdf", datetime.now(UTC) + timedelta(seconds=60))
    assert "synthetic secret" not in link.url + repr(link) + repr(store)
    assert int(parse_qs(urlsplit(link.url).query)["X-Amz-Expires"][0]) <= 60


def test_what_is_opened_is_kept_by_no_cache_and_keeps_its_name(store: S3Store) -> None:
    link = store.open_link(KEY, "Größe.pdf", datetime.now(UTC) + timedelta(seconds=60))
    query = parse_qs(urlsplit(link.url).query)
    assert query["response-cache-control"] == ["no-store"]
    assert "Gr%C3%B6%C3%9Fe.pdf" in query["response-content-disposition"][0]
