"""What every adapter of the `ObjectStore` port must do. Subclass it and give the fixture ``rig``.

Links are used as agents and browsers use them: over HTTP, with nothing but the link and its headers.
"""

import hashlib
import io
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

import httpx
import pytest
from werkzeug.http import parse_options_header

from cloud_api.errors import CloudError, Unavailable
from cloud_api.resumes.keys import object_key
from cloud_api.resumes.object_store import (
    ObjectDigest,
    ObjectMissing,
    ObjectRefused,
    ObjectStore,
    ObjectThere,
    SignedLink,
)
from protocol.reasons import Reason

OFFICE = "resumes/6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1"
KEY = f"{OFFICE}/2nd_Officer/0042/2nd_Officer_0042-00ff.pdf"
OTHER_KEY = f"{OFFICE}/2nd_Officer/0043/2nd_Officer_0043-00ff.pdf"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 700
OTHER = b"%PDF-1.7\n" + bytes(reversed(range(256))) * 700
ODD_NAMES = [
    "2nd Officer_0042.pdf",
    "Größe & Søn's CV (final) 50%+1.pdf",
    "履歴書 Оля 🚢.pdf",
    'quote " semicolon ; comma , slash \\ hash # question ?.pdf',
    "a=b&download=../../etc/passwd.pdf",
    ".pdf",
    "x" * 200 + ".PDF",
]


def digest_of(data: bytes) -> ObjectDigest:
    return ObjectDigest(hashlib.sha256(data).hexdigest(), len(data))


class StoreRig(Protocol):
    """An adapter, its server, and what a test cannot ask the port for.

    Attributes:
        binds_bytes: whether an upload link itself refuses other bytes than announced.
    """

    store: ObjectStore
    binds_bytes: bool

    def cold(self) -> ObjectStore:
        """Return another adapter of the same store, that remembers nothing."""
        ...

    def outlive(self, make: "LinkMaker") -> SignedLink:
        """Make a link that is good for as short as can be, and return it when it has run out."""
        ...

    def forge(self) -> ObjectStore:
        """Return an adapter whose secret is not the store's."""
        ...

    def unreachable(self) -> ObjectStore:
        """Return an adapter of a store where nobody answers."""
        ...


class LinkMaker(Protocol):
    def __call__(self, store: ObjectStore, expires_at: datetime) -> SignedLink: ...


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=60)


def follow(link: SignedLink, data: bytes | None = None, *, url: str = "", method: str = "") -> httpx.Response:
    """Use a link as an agent or a browser does."""
    with httpx.Client(timeout=60, trust_env=False, verify=False) as client:
        return client.request(method or link.method, url or link.url, content=data, headers=link.headers)


def put(store: ObjectStore, key: str = KEY, data: bytes = PDF) -> None:
    store.put(key, io.BytesIO(data), digest_of(data))


def upload(store: ObjectStore, key: str = KEY, data: bytes = PDF) -> httpx.Response:
    return follow(store.upload_link(key, digest_of(data), soon()), data)


def with_key(link: SignedLink, key: str) -> str:
    """Return the link's address for another object."""
    parts = urlsplit(link.url)
    assert parts.path.endswith(KEY.removeprefix("resumes/"))
    path = parts.path.replace(KEY.removeprefix("resumes/"), key.removeprefix("resumes/"))
    return urlunsplit(parts._replace(path=path))


def with_other_signature(link: SignedLink) -> str:
    """Return the link's address with one letter of its signature exchanged."""
    parts = urlsplit(link.url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    signed = {"signature", "token", "X-Amz-Signature"}
    changed = [(name, _exchanged(value) if name in signed else value) for name, value in query]
    assert changed != query
    return urlunsplit(parts._replace(query=urlencode(changed)))


def _exchanged(signature: str) -> str:
    at = signature.rfind(".") + 5  # of a token, the third part is its signature
    return signature[:at] + ("1" if signature[at] != "1" else "0") + signature[at + 1 :]


class ObjectStoreSuite:
    """The behaviour of the port."""

    @pytest.fixture
    def rig(self) -> StoreRig:
        raise NotImplementedError("each adapter's test gives its rig here")

    @pytest.fixture
    def store(self, rig: StoreRig) -> ObjectStore:
        return rig.store

    def test_what_was_put_is_read_back(self, store: ObjectStore) -> None:
        put(store)
        assert b"".join(store.get(KEY)) == PDF
        assert store.exists(KEY)

    def test_a_cold_reader_hashes_what_the_store_really_holds(self, rig: StoreRig) -> None:
        put(rig.store)
        assert rig.store.digest(KEY) == rig.cold().digest(KEY) == digest_of(PDF)

    def test_putting_again_replaces_the_object(self, rig: StoreRig) -> None:
        put(rig.store)
        put(rig.store, data=b"%PDF-2")
        assert rig.cold().digest(KEY) == digest_of(b"%PDF-2")

    @pytest.mark.parametrize(
        "sent", [PDF[:-1], PDF + b"x", b"", b"X" + PDF[1:]], ids=["short", "long", "empty", "altered"]
    )
    def test_other_bytes_than_announced_leave_nothing(self, store: ObjectStore, sent: bytes) -> None:
        with pytest.raises(ObjectRefused):
            store.put(KEY, io.BytesIO(sent), digest_of(PDF))
        assert not store.exists(KEY)

    def test_other_bytes_than_announced_leave_the_older_object(self, store: ObjectStore) -> None:
        put(store)
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
        put(store)
        put(store, OTHER_KEY)
        store.remove(KEY)
        store.remove(KEY)
        assert not store.exists(KEY)
        assert store.exists(OTHER_KEY)

    def test_the_inventory_names_every_object_once_with_its_length(self, store: ObjectStore) -> None:
        keys = {f"{OFFICE}/Cook/{number:04d}/Cook_{number:04d}-00ff.pdf" for number in range(7)}
        for key in keys:
            put(store, key, b"%PDF" + key.encode())
        put(store, "resumes/00000000-0000-4000-8000-000000000000/Cook/1/x.pdf")
        found = list(store.objects(f"{OFFICE}/"))
        assert sorted(each.key for each in found) == sorted(keys)
        assert {each.key: each.length for each in found} == {key: len(key) + 4 for key in keys}
        assert all(abs(each.stored_at - datetime.now(UTC)) < timedelta(hours=1) for each in found)
        assert {each.key: store.digest(each.key) for each in found} == {
            key: digest_of(b"%PDF" + key.encode()) for key in keys
        }
        assert len(list(store.objects(""))) == 8

    @pytest.mark.parametrize(
        "key", ["resumes/../secret", "/etc/passwd", "resumes/ü.pdf", "resumes/.part", "resumes//x", ""]
    )
    def test_a_key_that_no_resume_can_have_is_refused_before_the_store_is_asked(
        self, store: ObjectStore, key: str
    ) -> None:
        attempts = (
            lambda: put(store, key),
            lambda: store.get(key),
            lambda: store.exists(key),
            lambda: store.remove(key),
        )
        for attempt in attempts:
            with pytest.raises(CloudError) as refused:
                attempt()
            assert refused.value.reason is Reason.REQUEST_NOT_FOUND

    def test_bytes_go_in_and_out_by_links_alone(self, rig: StoreRig) -> None:
        assert upload(rig.store).is_success
        assert rig.cold().digest(KEY) == digest_of(PDF)
        answer = follow(rig.store.open_link(KEY, "2nd Officer_0042.pdf", soon()))
        assert (answer.status_code, answer.content) == (200, PDF)
        assert answer.headers["Content-Type"] == "application/pdf"

    def test_a_link_says_its_method_and_expiry_and_keeps_its_address_out_of_repr(
        self, store: ObjectStore
    ) -> None:
        moment = soon()
        taken = store.upload_link(OTHER_KEY, digest_of(PDF), moment)
        put(store)
        opened = store.open_link(KEY, "2nd Officer_0042.pdf", moment)
        assert (taken.method, opened.method) == ("PUT", "GET")
        assert opened.expires_at == moment <= taken.expires_at
        assert taken.url not in repr(taken)
        assert opened.url not in repr(opened)

    @pytest.mark.parametrize("sent", [PDF[:-1], PDF + b"x", OTHER], ids=["short", "long", "other"])
    def test_other_bytes_by_a_link_are_refused_or_found_out(self, rig: StoreRig, sent: bytes) -> None:
        answer = follow(rig.store.upload_link(KEY, digest_of(PDF), soon()), sent)
        if rig.binds_bytes or not answer.is_success:
            assert answer.is_client_error
            assert not rig.store.exists(KEY)
        else:
            assert rig.cold().digest(KEY) == digest_of(sent) != digest_of(PDF)

    def test_a_link_is_for_one_key_and_one_method(self, rig: StoreRig) -> None:
        put(rig.store)
        put(rig.store, OTHER_KEY, OTHER)
        opened = rig.store.open_link(KEY, "x.pdf", soon())
        assert follow(opened, url=with_key(opened, OTHER_KEY)).is_client_error
        assert not follow(opened, PDF, method="PUT").is_success
        assert not follow(opened, method="DELETE").is_success
        rig.store.remove(KEY)
        taken = rig.store.upload_link(KEY, digest_of(PDF), soon())
        assert follow(taken, PDF, url=with_key(taken, OTHER_KEY)).is_client_error
        assert rig.store.digest(OTHER_KEY) == digest_of(OTHER)
        assert not follow(taken, method="GET").is_success

    def test_a_link_with_another_signature_is_refused(self, rig: StoreRig) -> None:
        put(rig.store, OTHER_KEY)
        taken = rig.store.upload_link(KEY, digest_of(PDF), soon())
        assert follow(taken, PDF, url=with_other_signature(taken)).is_client_error
        assert not rig.store.exists(KEY)
        opened = rig.store.open_link(OTHER_KEY, "x.pdf", soon())
        assert follow(opened, url=with_other_signature(opened)).is_client_error
        assert follow(opened, url=opened.url.split("?")[0]).is_client_error

    def test_a_link_that_ran_out_is_refused(self, rig: StoreRig) -> None:
        put(rig.store, OTHER_KEY)
        taken = rig.outlive(lambda store, at: store.upload_link(KEY, digest_of(PDF), at))
        assert follow(taken, PDF).is_client_error
        assert not rig.store.exists(KEY)
        opened = rig.outlive(lambda store, at: store.open_link(OTHER_KEY, "x.pdf", at))
        assert follow(opened).is_client_error

    def test_who_has_another_secret_gets_nothing(self, rig: StoreRig) -> None:
        put(rig.store)
        forged = rig.forge()
        with suppress(Unavailable):
            assert follow(forged.open_link(KEY, "x.pdf", soon())).is_client_error
        with suppress(Unavailable):
            assert upload(forged, OTHER_KEY).is_client_error
        assert not rig.store.exists(OTHER_KEY)

    def test_the_same_bytes_may_be_sent_again(self, rig: StoreRig) -> None:
        assert upload(rig.store).is_success
        with suppress(ObjectThere):  # one that replaces nothing by a link says so
            upload(rig.store)
        assert rig.cold().digest(KEY) == digest_of(PDF)

    @pytest.mark.parametrize("filename", ODD_NAMES)
    def test_whatever_a_file_is_called_it_goes_in_and_comes_out_under_its_name(
        self, rig: StoreRig, filename: str
    ) -> None:
        office = UUID("6f1c1d52-0c1b-4a55-8a2f-52a4b4a0f9d1")
        key = object_key(office, "2nd Officer / Größe", "0042", filename, digest_of(PDF).sha256)
        assert key.isascii()
        assert upload(rig.store, key).is_success
        answer = follow(rig.store.open_link(key, filename, soon()))
        assert answer.content == PDF
        assert _names(answer.headers["Content-Disposition"], filename)
        assert [each.key for each in rig.store.objects(OFFICE)] == [key]

    def test_a_store_that_does_not_answer_is_said_to_be_unavailable(self, rig: StoreRig) -> None:
        away = rig.unreachable()
        for attempt in (
            lambda: put(away),
            lambda: away.digest(KEY),
            lambda: away.exists(KEY),
            lambda: away.remove(KEY),
            lambda: list(away.objects("")),
        ):
            with pytest.raises(Unavailable) as refused:
                attempt()
            assert refused.value.reason is Reason.STORE_UNAVAILABLE


def _names(disposition: str, filename: str) -> bool:
    """Tell whether the header names this file, plainly or in the way of RFC 5987."""
    _, options = parse_options_header(disposition)
    return options.get("filename") == filename
