import io
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from cloud_api.errors import CloudError
from cloud_api.resumes.folder_store import DIGEST_HEADER, FolderStore
from cloud_api.resumes.links import LinkSigner
from protocol.reasons import Reason
from tests.support.object_store_suite import KEY, PDF, digest_of

NOW = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)


def folder_store(folder: Path) -> FolderStore:
    return FolderStore(folder, LinkSigner(b"k" * 32), "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "..",
        "../secret",
        "resumes/../../etc/passwd",
        "/etc/passwd",
        "resumes//x.pdf",
        "resumes/.part-1",
        "resumes\\..\\x",
        "resumes/x\x00.pdf",
        "resumes/ü.pdf",
        "C:/x.pdf",
        "a/" * 500,
    ],
)
def test_a_key_never_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "store"
    store = folder_store(folder)
    for attempt in (
        lambda: store.put(key, io.BytesIO(PDF), digest_of(PDF)),
        lambda: store.get(key),
        lambda: store.digest(key),
        lambda: store.exists(key),
        lambda: store.remove(key),
    ):
        with pytest.raises(CloudError) as refused:
            attempt()
        assert refused.value.reason is Reason.REQUEST_NOT_FOUND
    assert list(tmp_path.rglob("*")) == []


def test_no_part_of_a_file_stays_behind(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    with pytest.raises(CloudError):
        store.put(KEY, io.BytesIO(PDF[:10]), digest_of(PDF))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_two_writers_leave_one_whole_object(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    versions = [bytes([n]) * 300_000 for n in (1, 2, 3, 4)]
    threads = [
        threading.Thread(target=store.put, args=(KEY, io.BytesIO(data), digest_of(data))) for data in versions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert b"".join(store.get(KEY)) in versions


def test_a_folder_that_cannot_be_used_is_a_named_reason(tmp_path: Path) -> None:
    (tmp_path / "resumes").write_text("a file where a folder should be")
    with pytest.raises(CloudError) as refused:
        folder_store(tmp_path).put(KEY, io.BytesIO(PDF), digest_of(PDF))
    assert refused.value.reason is Reason.STORE_UNAVAILABLE


def test_an_upload_link_carries_its_digest_as_a_header_and_no_secret(tmp_path: Path) -> None:
    link = folder_store(tmp_path).upload_link(KEY, digest_of(PDF), NOW + timedelta(minutes=5))
    parts = urlsplit(link.url)
    assert parts.path == f"/api/objects/{KEY}"
    assert set(parse_qs(parts.query)) == {"expires", "signature"}
    assert link.headers[DIGEST_HEADER] == digest_of(PDF).sha256


def test_only_the_folders_that_a_prefix_is_about_are_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = folder_store(tmp_path)
    store.put(KEY, io.BytesIO(PDF), digest_of(PDF))
    listed: list[Path] = []
    scan = os.scandir

    def watched(path: Path) -> object:
        listed.append(Path(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", watched)
    assert list(store.objects("resumes/ready/")) == []
    assert listed == []
    office = KEY[: KEY.index("/", len("resumes/")) + 1]
    assert [found.key for found in store.objects(office)] == [KEY]
    assert tmp_path not in listed
