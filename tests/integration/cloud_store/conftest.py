"""One S3 server for the folder's tests."""

from collections.abc import Iterator

import pytest

from cloud_api.resumes.object_store import ObjectStore
from tests.support.seaweedfs import SeaweedFS, seaweedfs


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    with seaweedfs(tmp_path_factory.mktemp("seaweedfs")) as server:
        yield server


@pytest.fixture(scope="session")
def s3_store(s3_server: SeaweedFS) -> ObjectStore:
    return s3_server.store()
