"""Damaged records are kept byte for byte, and the agent begins anew with what they still say."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_core.errors import StoreError
from agent_core.store import connection
from agent_core.store.begin_anew import begin_anew
from agent_core.store.process_lock import ProcessLock
from protocol.reasons import Reason
from tests.support.agent import open_store, running_job, stored_person

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def damage(folder: Path) -> bytes:
    with open_store(folder) as store:
        stored_person(store, running_job(store))
    file = folder / "agent.sqlite3"
    file.write_bytes(bytes(100) + file.read_bytes()[100:])
    return file.read_bytes()


def test_the_old_records_are_kept_and_the_new_ones_have_what_waits(tmp_path: Path) -> None:
    damaged = damage(tmp_path)
    with pytest.raises(StoreError), open_store(tmp_path):
        pass
    begun = begin_anew(tmp_path, NOW)
    assert begun.kept_in == tmp_path / "damaged-20261124T080000Z"
    assert (begun.kept_in / "agent.sqlite3").read_bytes() == damaged
    assert begun.waiting == 4
    with open_store(tmp_path) as store:
        assert store.outbox.numbers().waiting == 4
        assert store.known_resume("0042") is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "agent.lock",
        "agent.sqlite3",
        "damaged-20261124T080000Z",
    ]


def test_twice_in_a_second_keeps_both(tmp_path: Path) -> None:
    damage(tmp_path)
    first = begin_anew(tmp_path, NOW)
    second = begin_anew(tmp_path, NOW)
    assert second.kept_in.name == "damaged-20261124T080000Z-2"
    assert first.kept_in.is_dir()
    assert second.waiting == 4


def test_not_beside_a_running_agent(tmp_path: Path) -> None:
    damaged = damage(tmp_path)
    lock = ProcessLock(tmp_path)
    with pytest.raises(StoreError) as caught:
        begin_anew(tmp_path, NOW)
    lock.release()
    assert caught.value.reason is Reason.AGENT_ALREADY_RUNNING
    assert (tmp_path / "agent.sqlite3").read_bytes() == damaged


def test_a_disk_that_would_not_have_it_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = damage(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(StoreError) as caught:
        begin_anew(tmp_path, NOW)
    assert caught.value.reason is Reason.AGENT_STORE_WRITE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["agent.lock", "agent.sqlite3"]
    assert (tmp_path / "agent.sqlite3").read_bytes() == damaged


def test_a_power_cut_in_between_leaves_a_way_on(tmp_path: Path) -> None:
    damage(tmp_path)
    begin_anew(tmp_path, NOW)
    file = tmp_path / "agent.sqlite3"
    file.rename(connection.replacement(file))
    assert begin_anew(tmp_path, NOW).waiting == 4
