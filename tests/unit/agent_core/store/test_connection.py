"""The file is durable, checked, and left untouched when it is damaged."""

import sqlite3
import stat
from pathlib import Path

import pytest

from agent_core.errors import StoreError
from agent_core.store import connection
from agent_core.store.connection import Records
from agent_core.store.database import AgentStore
from protocol.reasons import Reason
from tests.support.agent import TickingClock, open_store, running_job, stored_person


def test_it_is_write_ahead_fully_synchronous_and_its_owners_alone(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.records.read() as records:
        assert records.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert records.execute("pragma synchronous").fetchone()[0] == 2
        assert records.execute("pragma foreign_keys").fetchone()[0] == 1
        files = sorted(tmp_path.glob("agent.sqlite3*"))
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert len(files) == 3


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    with open_store(tmp_path):
        pass
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"agent.sqlite3{suffix}").touch()
        (tmp_path / f"agent.sqlite3{suffix}").chmod(0o644)
    with open_store(tmp_path):
        assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("agent.sqlite3*")} == {0o600}


def test_an_error_in_a_transaction_leaves_nothing_of_it(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        before = store.records.commits
        with pytest.raises(ZeroDivisionError), store.records.write() as records:
            write_and_fail(records)
        assert store.facts.get("a") == ""
        assert store.records.commits == before


def write_and_fail(records: sqlite3.Connection) -> None:
    records.execute("insert into facts values ('a', 'b')")
    raise ZeroDivisionError


def test_a_refusal_of_the_database_is_an_error_of_ours(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        with pytest.raises(StoreError) as caught, store.records.write() as records:
            records.execute("insert into nowhere values (1)")
        assert caught.value.reason is Reason.AGENT_STORE_WRITE
        assert "nowhere" not in caught.value.detail
        troubles = [store.records.trouble]
        store.facts.put({"a": "b"})
        troubles.append(store.records.trouble)
        assert troubles == [Reason.AGENT_STORE_WRITE, None]
    with pytest.raises(StoreError):
        store.facts.get("a")


@pytest.mark.parametrize("damage", ["header", "page", "text", "empty", "cut"])
def test_damaged_records_are_left_byte_for_byte_and_named(tmp_path: Path, damage: str) -> None:
    with open_store(tmp_path) as store:
        stored_person(store, running_job(store), content="x" * 20_000)
    file = tmp_path / "agent.sqlite3"
    sound = file.read_bytes()
    damaged = {
        "header": b"\0" * 100 + sound[100:],
        "page": sound[:4096] + b"\xff" * 8192 + sound[12288:],
        "text": b"not a database at all, and long enough to be asked whether it is one" * 40,
        "empty": b"",
        "cut": sound[: len(sound) // 2],
    }[damage]
    file.write_bytes(damaged)
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            AgentStore(file, TickingClock())
        assert caught.value.reason is Reason.AGENT_STORE_DAMAGED
        assert caught.value.detail.startswith("agent.sqlite3: ")
        assert file.read_bytes() == damaged


def test_a_move_that_a_power_cut_broke_off_goes_on(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        running_job(store)
    file = tmp_path / "agent.sqlite3"
    file.rename(connection.replacement(file))
    file.write_bytes(b"what is to be replaced")
    (tmp_path / "agent.sqlite3-wal").write_bytes(b"and its journal")
    with open_store(tmp_path) as store:
        assert len(store.newest_jobs()) == 1
    assert not connection.replacement(file).exists()


def test_what_a_killed_first_start_left_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "agent.sqlite3.new").write_bytes(b"half")
    (tmp_path / "agent.sqlite3.new-journal").write_bytes(b"half")
    with open_store(tmp_path):
        names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["agent.sqlite3", "agent.sqlite3-shm", "agent.sqlite3-wal"]


def test_records_of_a_killed_agent_are_sound(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        running_job(store)
        copy = tmp_path / "copy"
        copy.mkdir()
        for suffix in ("", "-wal"):
            name = f"agent.sqlite3{suffix}"
            (copy / name).write_bytes((tmp_path / name).read_bytes())
    with open_store(copy) as again:
        assert len(again.newest_jobs()) == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        Records(tmp_path / "file" / "agent.sqlite3")
    assert caught.value.reason is Reason.AGENT_STORE_WRITE


def test_a_waiting_thread_goes_on_when_the_records_are_closed(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        seen = store.records.commits
    assert store.records.wait_for_commit(seen, 0) > seen
    with pytest.raises(sqlite3.ProgrammingError):
        store.records._connection.execute("select 1")
