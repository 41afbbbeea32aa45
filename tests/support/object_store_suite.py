"""What every adapter of the `ObjectStore` port must do. Subclass it and give the fixture ``store``.

An adapter that serves its links elsewhere than through this API tests the links against its own server.
"""

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pytest

from cloud_api.resumes.object_store import ObjectDigest, ObjectMissing, ObjectRefused, ObjectStore

KEY = "resumes/6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1/2nd_Officer/0042/2nd_Officer_0042-00ff.pdf"
OTHER_KEY = "resumes/6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1/2nd_Officer/0043/2nd_Officer_0043-00ff.pdf"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 700


def digest_of(data: bytes) -> ObjectDigest:
    return ObjectDigest(hashlib.sha256(data).hexdigest(), len(data))


class ObjectStoreSuite:
    """The behaviour of the port."""

    @pytest.fixture
    def store(self) -> ObjectStore:
        raise NotImplementedError("each adapter's test gives its store here")

    def test_what_was_put_is_read_back(self, store: ObjectStore) -> None:
        store.put(KEY, io.BytesIO(PDF), digest_of(PDF))
        assert b"".join(store.get(KEY)) == PDF
        assert store.exists(KEY)

    def test_the_digest_is_of_what_the_store_really_holds(self, store: ObjectStore) -> None:
        store.put(KEY, io.BytesIO(PDF), digest_of(PDF))
        assert store.digest(KEY) == digest_of(PDF)

    def test_putting_again_replaces_the_object(self, store: ObjectStore) -> None:
        store.put(KEY, io.BytesIO(PDF), digest_of(PDF))
        store.put(KEY, io.BytesIO(b"%PDF-2"), digest_of(b"%PDF-2"))
        assert b"".join(store.get(KEY)) == b"%PDF-2"

    @pytest.mark.parametrize(
        "sent", [PDF[:-1], PDF + b"x", b"", b"X" + PDF[1:]], ids=["short", "long", "empty", "altered"]
    )
    def test_other_bytes_than_announced_leave_nothing(self, store: ObjectStore, sent: bytes) -> None:
        with pytest.raises(ObjectRefused):
            store.put(KEY, io.BytesIO(sent), digest_of(PDF))
        assert not store.exists(KEY)

    def test_other_bytes_than_announced_leave_the_older_object(self, store: ObjectStore) -> None:
        store.put(KEY, io.BytesIO(PDF), digest_of(PDF))
        with pytest.raises(ObjectRefused):
            store.put(KEY, io.BytesIO(b"half"), digest_of(b"half and half"))
        assert store.digest(KEY) == digest_of(PDF)

    def test_what_is_not_there_is_missing(self, store: ObjectStore) -> None:
        assert not store.exists(KEY)
        with pytest.raises(ObjectMissing):
            store.get(KEY)
        with pytest.raises(ObjectMissing):
            store.digest(KEY)

    def test_removing_removes_one_object_and_may_be_repeated(self, store: ObjectStore) -> None:
        store.put(KEY, io.BytesIO(PDF), digest_of(PDF))
        store.put(OTHER_KEY, io.BytesIO(PDF), digest_of(PDF))
        store.remove(KEY)
        store.remove(KEY)
        assert not store.exists(KEY)
        assert store.exists(OTHER_KEY)

    def test_links_say_method_expiry_and_nothing_in_repr(self, store: ObjectStore) -> None:
        moment = datetime.now(UTC) + timedelta(seconds=60)
        put = store.upload_link(KEY, digest_of(PDF), moment)
        opened = store.open_link(KEY, "2nd Officer_0042.pdf", moment)
        assert (put.method, opened.method) == ("PUT", "GET")
        assert put.expires_at == opened.expires_at == moment
        assert put.url not in repr(put)
        assert opened.url not in repr(opened)
