from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from cloud_api.errors import Unavailable
from cloud_api.resumes.object_store import ObjectStore, ObjectThere, SignedLink
from cloud_api.resumes.supabase_store import SupabaseStore
from protocol.reasons import Reason
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
from tests.support.served import served
from tests.support.supabase_storage import UPLOAD_SECONDS, StorageServer, storage_app


@dataclass
class SupabaseRig:
    """The adapter against the simulator of Storage, whose clock can be moved."""

    server: StorageServer
    url: str
    store: ObjectStore
    binds_bytes: bool = False

    def cold(self) -> ObjectStore:
        return SupabaseStore(self.url, SecretStr(self.server.key), "resumes")

    def forge(self) -> ObjectStore:
        return SupabaseStore(self.url, SecretStr("sb_secret_of_nobody"), "resumes")

    def outlive(self, make: LinkMaker) -> SignedLink:
        link = make(self.store, datetime.now(UTC) + timedelta(seconds=60))
        self.server.later_by += UPLOAD_SECONDS + 60 if link.method == "PUT" else 61
        return link

    def unreachable(self) -> ObjectStore:
        return SupabaseStore("http://127.0.0.1:1", SecretStr(self.server.key), "resumes")


@pytest.fixture
def supabase_rig() -> Iterator[SupabaseRig]:
    server = StorageServer()
    with served(storage_app(server)) as url:
        store = SupabaseStore(url, SecretStr(server.key), "resumes")
        yield SupabaseRig(server, url, store)
        store.close()


class TestSupabaseStore(ObjectStoreSuite):
    @pytest.fixture
    def rig(self, supabase_rig: SupabaseRig) -> StoreRig:
        return supabase_rig


def test_a_link_replaces_nothing_and_says_its_true_end(supabase_rig: SupabaseRig) -> None:
    link = supabase_rig.store.upload_link(KEY, digest_of(PDF), soon())
    assert timedelta(hours=1, minutes=59) < link.expires_at - datetime.now(UTC) <= timedelta(hours=2)
    assert follow(link, PDF).is_success
    assert follow(link, b"%PDF other").is_client_error
    assert supabase_rig.store.digest(KEY) == digest_of(PDF)
    with pytest.raises(ObjectThere):
        supabase_rig.store.upload_link(KEY, digest_of(PDF), soon())
    supabase_rig.store.remove(KEY)
    assert upload(supabase_rig.store).is_success


def test_a_server_in_trouble_is_no_missing_object(supabase_rig: SupabaseRig) -> None:
    put(supabase_rig.store)
    supabase_rig.server.is_down = True
    for attempt in (
        lambda: supabase_rig.store.exists(KEY),
        lambda: supabase_rig.store.digest(KEY),
        lambda: supabase_rig.store.open_link(KEY, "x.pdf", soon()),
    ):
        with pytest.raises(Unavailable) as refused:
            attempt()
        assert refused.value.reason is Reason.STORE_UNAVAILABLE


def test_objects_are_listed_page_by_page(supabase_rig: SupabaseRig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloud_api.resumes.supabase_store.PAGE", 3)
    keys = [f"{KEY.removesuffix('.pdf')}-{number}.pdf" for number in range(8)]
    for key in keys:
        put(supabase_rig.store, key)
    assert [found.key for found in supabase_rig.store.objects("")] == keys
