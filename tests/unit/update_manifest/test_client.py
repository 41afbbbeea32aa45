"""What an installed program believes: what it remembers, recovers from and refuses to begin with."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.tuf_repository import CHANNEL, PLATFORM, TufRepository
from update_manifest.client import TrustedRepository
from update_manifest.errors import UpdateError, UpdateReason


def _versions(client: TrustedRepository) -> list[str]:
    client.refresh()
    return [one.version for one in client.catalogue(CHANNEL, PLATFORM).releases.releases]


@pytest.fixture
def repository() -> TufRepository:
    """One with a release."""
    made = TufRepository()
    made.add_release("1.0.0")
    made.publish()
    return made


def test_it_believes_and_remembers_when(repository: TufRepository, tmp_path: Path) -> None:
    client = repository.trusted(tmp_path)
    assert client.freshness() is None
    assert client.catalogue(CHANNEL, PLATFORM).mirror == "https://updates.example.com/"
    assert client.freshness() == repository.now
    repository.now += timedelta(days=3)
    with pytest.raises(UpdateError):
        client.refresh()
    assert client.freshness() == repository.now - timedelta(days=3)
    assert repository.trusted(tmp_path).freshness() == client.freshness()


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"at": 1}', b'{"at": "2026-01-01T00:00:00"}', b"\0\0"])
def test_a_memory_that_the_disk_lost_is_none(repository: TufRepository, tmp_path: Path, text: bytes) -> None:
    (tmp_path / "confirmed.json").write_bytes(text)
    client = repository.trusted(tmp_path)
    assert client.freshness() is None
    assert _versions(client) == ["1.0.0"]


def test_a_clock_that_was_ahead_by_hours_does_not_lock_out(repository: TufRepository, tmp_path: Path) -> None:
    ahead = repository.now + timedelta(hours=20)
    repository.trusted(tmp_path, clock=lambda: ahead).refresh()
    client = repository.trusted(tmp_path)
    client.refresh()
    assert client.freshness() == ahead


@pytest.mark.parametrize("role", ["root", "targets", "snapshot", "timestamp"])
def test_keys_are_rotated(repository: TufRepository, tmp_path: Path, role: str) -> None:
    client = repository.trusted(tmp_path)
    client.refresh()
    repository.rotate(role)
    repository.add_release("1.1.0")
    repository.publish()
    assert _versions(client) == ["1.1.0", "1.0.0"]
    assert _versions(repository.trusted(tmp_path / "new")) == ["1.1.0", "1.0.0"]


def test_a_fast_forward_with_stolen_online_keys_is_got_out_of(
    repository: TufRepository, tmp_path: Path
) -> None:
    client = repository.trusted(tmp_path)
    repository.snapshot.version = repository.timestamp.version = 2**31
    repository.publish_snapshot()
    client.refresh()
    repository.snapshot.version = repository.timestamp.version = 10
    repository.publish_snapshot()
    with pytest.raises(UpdateError) as refused:
        client.refresh()
    assert refused.value.reason is UpdateReason.ROLLBACK
    repository.rotate("snapshot")
    repository.rotate("timestamp")
    assert _versions(client) == ["1.0.0"]


def test_a_root_that_is_none_is_nothing_to_begin_with(tmp_path: Path) -> None:
    client = TrustedRepository(
        tmp_path,
        b"{}",
        "https://updates.example.com/metadata/",
        "https://updates.example.com/targets/",
        TufRepository().fetcher(),
        clock=TufRepository().clock,
    )
    with pytest.raises(UpdateError) as refused:
        client.refresh()
    assert refused.value.reason is UpdateReason.ROOT_BROKEN


def test_a_folder_that_cannot_be_written(repository: TufRepository, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UpdateError) as refused:
        repository.trusted(tmp_path / "file").refresh()
    assert refused.value.reason is UpdateReason.NOT_STORED


def test_a_channel_that_is_not_there(repository: TufRepository, tmp_path: Path) -> None:
    with pytest.raises(UpdateError) as refused:
        repository.trusted(tmp_path).catalogue("nightly", PLATFORM)
    assert refused.value.reason is UpdateReason.LIST_MISSING
