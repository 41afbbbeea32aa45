import os
import sys
from pathlib import Path

import pytest

from cloud_api.errors import NotFound
from cloud_api.updates.feed import Feed, Published

DIGEST = "ab" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "published"
    for path in ("metadata/timestamp.json", "targets/exposure/stable/x.json", f"artifacts/{DIGEST}.tar.zst"):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(path.encode())
    (tmp_path / "secret.json").write_text("a key")
    return root


@pytest.mark.parametrize(
    "path",
    [
        "metadata/timestamp.json",
        "metadata/12.root.json",
        f"targets/stable/{DIGEST}.linux-x86_64.json",
        f"targets/exposure/stable/{DIGEST}.linux-x86_64.json",
        f"artifacts/{DIGEST}.tar.zst",
        f"artifacts/{DIGEST}.delta.zst",
    ],
)
def test_names_of_published_files(path: str) -> None:
    assert Published(path).is_one


@pytest.mark.parametrize(
    "path",
    [
        "",
        "metadata",
        "metadata/",
        "keys/targets.pem",
        "metadata/../secret.json",
        "metadata/..",
        "metadata/./timestamp.json",
        "metadata//timestamp.json",
        "/metadata/timestamp.json",
        "metadata/.hidden.json",
        "metadata/a..json",
        "metadata/timestamp.json\n",
        "metadata/time\x00stamp.json",
        "metadata/timest%61mp.json",
        "metadata\\timestamp.json",
        "metadata/C:/x.json",
        "artifacts/x/y/z/a/b.json",
        "artifacts/" + "x" * 400,
        "artifacts/" + "x" * 256,
    ],
)
def test_nothing_else_is_looked_for(folder: Path, path: str) -> None:
    assert not Published(path).is_one
    with pytest.raises(NotFound):
        Feed(str(folder)).find(Published(path))


def test_what_is_published_is_opened_and_what_is_not_there_is_not(folder: Path) -> None:
    feed = Feed(str(folder))
    assert feed.find(Published("metadata/timestamp.json")).read_bytes() == b"metadata/timestamp.json"
    for missing in ("metadata/2.root.json", "metadata/timestamp.json/x.json", "targets/exposure"):
        with pytest.raises(NotFound):
            feed.find(Published(missing))
    with pytest.raises(NotFound):
        Feed("").find(Published("metadata/timestamp.json"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that tests do not have")
def test_a_link_leads_nowhere_and_a_pipe_is_not_waited_for(folder: Path) -> None:
    (folder / "metadata" / "linked.json").symlink_to(folder.parent / "secret.json")
    (folder / "targets" / "linked").symlink_to(folder.parent)
    os.mkfifo(folder / "metadata" / "pipe.json")
    feed = Feed(str(folder))
    for path in ("metadata/linked.json", "targets/linked/secret.json", "metadata/pipe.json"):
        with pytest.raises(NotFound):
            feed.find(Published(path))


def test_only_what_is_written_over_has_to_be_asked_for_again() -> None:
    assert Published("metadata/timestamp.json").max_age == 0
    assert Published("metadata/7.snapshot.json").max_age > 0
    artifact = Published(f"artifacts/{DIGEST}.tar.zst")
    assert (artifact.digest, artifact.media_type) == (DIGEST, "application/octet-stream")
    assert Published("metadata/timestamp.json").media_type == "application/json"
