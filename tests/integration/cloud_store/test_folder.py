from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask

from cloud_api import problems
from cloud_api.resumes.folder_store import FolderStore
from cloud_api.resumes.links import LinkSigner
from cloud_api.resumes.object_store import ObjectStore, SignedLink
from cloud_api.resumes.routes import objects_blueprint
from tests.support.object_store_suite import LinkMaker, ObjectStoreSuite, StoreRig
from tests.support.served import served


@dataclass
class FolderRig:
    """The folder store, and its links served as the API serves them, at a time of our own."""

    folder: Path
    store: ObjectStore = field(init=False)
    url: str = ""
    binds_bytes: bool = True
    later_by: timedelta = timedelta()

    def made(self, secret: bytes = b"k" * 32) -> FolderStore:
        return FolderStore(self.folder, LinkSigner(secret), self.url)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later_by

    def cold(self) -> ObjectStore:
        return self.made()

    def forge(self) -> ObjectStore:
        return self.made(b"f" * 32)

    def outlive(self, make: LinkMaker) -> SignedLink:
        link = make(self.store, self.now() + timedelta(seconds=60))
        self.later_by += timedelta(seconds=61)
        return link

    def unreachable(self) -> ObjectStore:
        (self.folder / "no-folder").write_bytes(b"")
        return FolderStore(self.folder / "no-folder", LinkSigner(b"k" * 32), self.url)


@pytest.fixture
def folder_rig(tmp_path: Path) -> Iterator[FolderRig]:
    rig = FolderRig(tmp_path)
    app = APIFlask("objects", spec_path=None, docs_path=None, json_errors=False)
    problems.register(app)
    app.register_blueprint(objects_blueprint(rig.made(), rig.now, 1024 * 1024))
    with served(app) as url:
        rig.url = url
        rig.store = rig.made()
        yield rig


class TestFolderStore(ObjectStoreSuite):
    @pytest.fixture
    def rig(self, folder_rig: FolderRig) -> StoreRig:
        return folder_rig
