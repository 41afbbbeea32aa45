"""The TUF client's own part: time, plain files, and which role is asked."""

import json
from datetime import timedelta
from pathlib import Path

from tests.support.tuf_repository import CHANNEL, PLATFORM, TufRepository
from update_manifest.durable_updater import DurableUpdater

LIST = f"{CHANNEL}/{PLATFORM}.json"


def _updater(repository: TufRepository, folder: Path) -> DurableUpdater:
    base = "https://updates.example.com/"
    return DurableUpdater(
        folder,
        repository.first_root,
        f"{base}metadata/",
        f"{base}targets/",
        repository.fetcher(),
        now=repository.now,
    )


def test_the_clock_is_the_callers(tmp_path: Path) -> None:
    repository = TufRepository()
    updater = _updater(repository, tmp_path)
    updater.refresh()
    repository.now += timedelta(days=400)
    late = _updater(repository, tmp_path)
    assert late._trusted_set.reference_time == repository.now
    assert late.root.is_expired(repository.now)


def test_the_root_is_a_plain_file_and_its_history_is_kept(tmp_path: Path) -> None:
    repository = TufRepository()
    repository.rotate("root")
    updater = _updater(repository, tmp_path)
    updater.refresh()
    assert not (tmp_path / "root.json").is_symlink()
    assert json.loads((tmp_path / "root.json").read_bytes())["signed"]["version"] == 2
    assert [root.version for root in updater.earlier_roots()] == [1]
    assert updater.expected_snapshot() == repository.snapshot.version


def test_a_file_comes_from_the_disk_when_it_is_right_there(tmp_path: Path) -> None:
    repository = TufRepository()
    _refreshed(repository, tmp_path).signed_file("targets", LIST)
    again = _refreshed(repository, tmp_path)
    for path in [one for one in repository.files if one.startswith("targets/")]:
        del repository.files[path]
    assert json.loads(again.signed_file("targets", LIST))["schema"] == 1


def test_a_file_that_was_damaged_on_the_disk_is_fetched_again(tmp_path: Path) -> None:
    repository = TufRepository()
    whole = _refreshed(repository, tmp_path).signed_file("targets", LIST)
    for path in (tmp_path / "files").iterdir():
        path.write_bytes(b"\0" * 10)
    assert _refreshed(repository, tmp_path).signed_file("targets", LIST) == whole


def test_metadata_that_was_damaged_on_the_disk_is_fetched_again(tmp_path: Path) -> None:
    repository = TufRepository()
    _refreshed(repository, tmp_path)
    for path in tmp_path.rglob("*.json"):
        path.write_bytes(b"\0" * 10)
    assert _refreshed(repository, tmp_path).root.version == 1


def _refreshed(repository: TufRepository, folder: Path) -> DurableUpdater:
    updater = _updater(repository, folder)
    updater.refresh()
    return updater
