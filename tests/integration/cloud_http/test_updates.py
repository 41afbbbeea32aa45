"""The published releases over HTTP, and how updates of the office's computers ended."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cloud_http.conftest import Office
from tests.support.cloud_app import Cloud, Computer, Member, new_id, refused, running_cloud
from tests.support.postgres import TestDatabase

BUNDLE = bytes(range(256)) * 40
ARTIFACT = f"artifacts/{sha256(BUNDLE).hexdigest()}.tar.zst"
AT = "2026-11-12T08:00:00Z"


@pytest.fixture(scope="module")
def publishing(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    folder = tmp_path_factory.mktemp("published")
    for path, content in ((ARTIFACT, BUNDLE), ("metadata/timestamp.json", b"{}"), ("keys/x.json", b"{}")):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    objects = Path(tmp_path_factory.mktemp("objects"))
    with running_cloud(database, objects, updates_folder=str(folder)) as cloud:
        yield cloud


def fetch(cloud: Cloud, path: str, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return cloud.app.test_client().get(f"/api/updates/{path}", headers=named, buffered=True)


def test_a_release_is_read_by_anyone_whole_or_in_parts(publishing: Cloud) -> None:
    whole = fetch(publishing, ARTIFACT)
    assert (whole.status_code, whole.data) == (200, BUNDLE)
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert "immutable" in whole.headers["Cache-Control"]
    tag = whole.headers["ETag"]
    part = fetch(publishing, ARTIFACT, Range="bytes=4000-", If_Range=tag)
    assert (part.status_code, part.data) == (206, BUNDLE[4000:])
    assert part.headers["Content-Range"] == f"bytes 4000-{len(BUNDLE) - 1}/{len(BUNDLE)}"
    other = fetch(publishing, ARTIFACT, Range="bytes=4000-", If_Range='"another"')
    assert (other.status_code, other.data) == (200, BUNDLE)
    assert fetch(publishing, ARTIFACT, If_None_Match=tag).status_code == 304


def test_a_part_that_is_not_there_is_refused(publishing: Cloud) -> None:
    answer = fetch(publishing, ARTIFACT, Range=f"bytes={len(BUNDLE)}-")
    assert refused(answer)[0] == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(BUNDLE)}"


def test_what_is_written_over_is_asked_for_each_time(publishing: Cloud) -> None:
    answer = fetch(publishing, "metadata/timestamp.json")
    assert answer.mimetype == "application/json"
    assert "no-cache" in answer.headers["Cache-Control"]


def test_nothing_but_published_files_is_handed_out(publishing: Cloud, cloud: Cloud) -> None:
    for path in ("keys/x.json", "metadata/9.root.json", "metadata/%2e%2e/keys/x.json", "metadata"):
        assert refused(fetch(publishing, path)) == (404, "request.not-found")
    assert refused(fetch(cloud, "metadata/timestamp.json")) == (404, "request.not-found")


def ended(**changes: Any) -> dict[str, Any]:
    payload = {
        "from_version": "1.4.1",
        "to_version": "1.4.2",
        "result": "committed",
        "channel": "stable",
        "platform": "linux-x86_64",
    }
    return {"event_id": new_id(), "type": "update_ended", "occurred_at": AT, "payload": payload | changes}


def tell(caller: Computer | Member, *events: dict[str, Any]) -> list[str]:
    verdicts = caller.send("/api/events/candidate", {"events": list(events)})["verdicts"]
    return [f"{verdict['verdict']} {verdict['reason'] or ''}".strip() for verdict in verdicts]


def seen_by(caller: Member, **query: object) -> list[tuple[str, str, str]]:
    items = caller.read("/api/updates/outcomes", **query)["items"]
    return [(item["device_id"], item["to_version"], item["result"]) for item in items]


def test_how_an_update_ended_is_told_once_and_read_by_who_sees_the_computer(
    cloud: Cloud, office: Office
) -> None:
    computer, other = office.computer, cloud.computer(office.colleague, "Desk")
    well = ended()
    back = ended(to_version="1.4.3", result="rolled_back", reason="update.moon-was-full")
    assert tell(computer, well, back) == ["accepted", "accepted"]
    assert tell(computer, well) == ["duplicate"]
    assert tell(computer, well | {"payload": well["payload"] | {"result": "failed"}}) == [
        "rejected ingest.id-reused"
    ]
    assert tell(other, ended()) == ["accepted"]
    mine = [(computer.device_id, "1.4.2", "committed"), (computer.device_id, "1.4.3", "rolled_back")]
    assert sorted(seen_by(office.recruiter)) == mine
    assert sorted(seen_by(office.manager, device_id=computer.device_id)) == mine
    assert (other.device_id, "1.4.2", "committed") in seen_by(office.admin)
    assert seen_by(office.stranger) == []
    item = office.admin.read("/api/updates/outcomes", device_id=computer.device_id)["items"]
    assert {one["reason"] for one in item} == {None, "update.moon-was-full"}
    assert {one["device_name"] for one in item} == {"Laptop"}


def test_the_list_is_read_page_by_page(office: Office) -> None:
    assert set(tell(office.computer, *[ended(to_version=f"2.0.{number}") for number in range(5)])) == {
        "accepted"
    }
    found: list[str] = []
    cursor = ""
    while True:
        page = office.admin.read("/api/updates/outcomes", limit=2, cursor=cursor)
        found += [item["outcome_id"] for item in page["items"]]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    assert len(found) == len(set(found)) >= 5


def test_a_person_tells_of_no_update_and_a_time_to_come_is_now(cloud: Cloud, office: Office) -> None:
    assert tell(office.recruiter, ended()) == ["rejected auth.forbidden"]
    assert tell(office.computer, ended(to_version="9.9.9") | {"occurred_at": "2199-01-01T00:00:00Z"}) == [
        "accepted"
    ]
    assert cloud.rows("select count(*) from app.update_outcomes where ended_at > now()") == [(0,)]
    assert tell(office.computer, ended(channel="Anna Berg")) == ["rejected ingest.unreadable"]
