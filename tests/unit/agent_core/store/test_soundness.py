"""What is damaged, cut, empty or another program's is told from sound records, and not a byte changes."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent_core.errors import StoreError
from agent_core.store import schema
from agent_core.store.soundness import TABLES, must_be_sound
from protocol.reasons import Reason
from tests.support.agent import open_store, running_job, stored_person


def trouble(file: Path) -> str:
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    with pytest.raises(StoreError) as caught:
        must_be_sound(file)
    assert caught.value.reason is Reason.AGENT_STORE_DAMAGED
    assert {name: (file.parent / name).read_bytes() for name in before if not name.endswith("-shm")} == {
        name: data for name, data in before.items() if not name.endswith("-shm")
    }
    return caught.value.detail.partition(": ")[2]


def test_no_file_and_a_new_one_are_sound(tmp_path: Path) -> None:
    must_be_sound(tmp_path / "agent.sqlite3")
    with open_store(tmp_path):
        must_be_sound(tmp_path / "agent.sqlite3")
    must_be_sound(tmp_path / "agent.sqlite3")


def test_damage_is_named(tmp_path: Path) -> None:
    file = tmp_path / "agent.sqlite3"
    file.write_bytes(b"")
    assert trouble(file) == "empty"
    file.write_bytes(b"not a database" * 500)
    assert trouble(file) == "damaged"


def test_another_programs_database_is_none_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "agent.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("create table songs (title text)")
    assert trouble(file) == "not NjordHR's"


def test_a_damaged_journal_is_damage(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        job_id = running_job(store)
        for number in range(5):
            stored_person(store, job_id, f"{number:04}", f"resume {number}")
        copy = tmp_path / "copy"
        copy.mkdir()
        for part in tmp_path.glob("agent.sqlite3*"):
            shutil.copy(part, copy)
    journal = copy / "agent.sqlite3-wal"
    (copy / "agent.sqlite3-shm").unlink()
    must_be_sound(copy / "agent.sqlite3")
    data = bytearray(journal.read_bytes())
    data[32 + 200] ^= 255
    journal.write_bytes(data)
    assert trouble(copy / "agent.sqlite3") == "its journal is damaged"
    (copy / "agent.sqlite3").unlink()
    assert trouble(copy / "agent.sqlite3") == "gone, its journal is there"


def test_a_write_that_was_broken_off_is_undone(tmp_path: Path) -> None:
    with open_store(tmp_path):
        pass
    file = tmp_path / "agent.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as records:
        records.execute("pragma journal_mode = delete")
        records.execute("pragma cache_size = 1")
        records.execute("begin immediate")
        records.executemany(
            "insert into facts values (?, ?)", [(f"{number}", "x" * 3000) for number in range(50)]
        )
        copy = tmp_path / "copy"
        copy.mkdir()
        for part in tmp_path.glob("agent.sqlite3*"):
            shutil.copy(part, copy)
        records.execute("rollback")
    assert (copy / "agent.sqlite3-journal").exists()
    must_be_sound(copy / "agent.sqlite3")


def test_the_first_version_of_the_schema_has_these_tables() -> None:
    for table in TABLES:
        assert f"create table {table} (" in schema.MIGRATIONS[0]
