"""Records and settings come back byte for byte and row for row, and the agent's own store opens them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent_core.clock import system_clock
from agent_core.store import connection
from agent_core.store.database import AgentStore
from agent_core.store.process_lock import ProcessLock
from desktop.install import saved
from desktop.install.lock import FileLock, LockedError
from desktop.install.state import PersonFiles
from tests.support.agent import open_store, running_job, stored_person

NEW = "1.1.0"
SETTINGS = b'{"download_folder": "/resumes", "odd": 1}'


@pytest.fixture
def person(tmp_path: Path) -> PersonFiles:
    with open_store(tmp_path) as store:
        job_id = running_job(store)
        for number in range(5):
            stored_person(store, job_id, f"{number:04}", f"resume {number}")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "agent.json").write_bytes(SETTINGS)
    return PersonFiles(str(tmp_path / "agent.sqlite3"), str(tmp_path / "config" / "agent.json"))


def rows(person: PersonFiles) -> list[str]:
    with closing(sqlite3.connect(person.database)) as records:
        return list(records.iterdump())


def schema(person: PersonFiles) -> int:
    with closing(sqlite3.connect(person.database)) as records:
        return int(records.execute("pragma user_version").fetchone()[0])


def spoil(person: PersonFiles) -> None:
    """Do what a new version might: another schema, rows gone, settings anew; and leave its journal open."""
    with closing(sqlite3.connect(person.database)) as records:
        records.executescript("delete from outbox; create table later (a); pragma user_version = 99;")
    Path(person.settings).write_bytes(b"{}")
    Path(f"{person.database}-wal").write_bytes(b"a journal of other records")


def test_everything_comes_back(person: PersonFiles) -> None:
    before, known = rows(person), schema(person)
    saved.save(person, NEW)
    assert saved.is_saved(person, NEW)
    assert saved.can_read(person, known)
    spoil(person)
    assert not saved.can_read(person, known)
    saved.put_back(person, NEW)
    assert rows(person) == before
    assert Path(person.settings).read_bytes() == SETTINGS
    assert not saved.is_saved(person, NEW)
    saved.put_back(person, NEW)
    assert rows(person) == before
    AgentStore(Path(person.database), system_clock).close()


def test_what_is_saved_is_its_owners_alone(person: PersonFiles) -> None:
    saved.save(person, NEW)
    files = list(saved.saved_files(Path(person.database)))
    assert [version for version, _ in files] == [NEW, NEW]
    assert {path.stat().st_mode & 0o777 for _, path in files} == {0o600}
    assert files[0][1].parent.stat().st_mode & 0o777 == 0o700


def test_one_who_had_nothing_has_nothing_again(tmp_path: Path) -> None:
    person = PersonFiles(str(tmp_path / "data" / "agent.sqlite3"), str(tmp_path / "agent.json"))
    saved.save(person, NEW)
    assert saved.can_read(person, 1)
    AgentStore(Path(person.database), system_clock).close()
    Path(person.settings).write_bytes(b"{}")
    saved.put_back(person, NEW)
    assert not Path(person.database).exists()
    assert not Path(person.settings).exists()
    assert saved.can_read(person, 1)


@pytest.mark.parametrize("damage", [b"", b"no records", b"SQLite format 3\0" + bytes(4096)])
def test_damaged_records_are_not_readable(person: PersonFiles, damage: bytes) -> None:
    saved.save(person, NEW)
    for part in saved.PARTS:
        Path(person.database + part).unlink(missing_ok=True)
    Path(person.database).write_bytes(damage)
    assert saved.can_read(person, 99) is (damage == b"")


def test_putting_back_goes_on_where_it_was_broken_off(
    person: PersonFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(person)
    saved.save(person, NEW)
    spoil(person)

    def fail(source: Path, target: Path) -> None:
        raise OSError(5, "broken off")

    with monkeypatch.context() as broken:
        broken.setattr(saved, "replace", fail)
        with pytest.raises(saved.NotSavedError):
            saved.put_back(person, NEW)
    assert not Path(person.database).exists()
    assert not saved.can_read(person, 99)
    saved.finish(person)
    assert rows(person) == before


def test_the_agent_goes_on_with_it_too(person: PersonFiles) -> None:
    database = Path(person.database)
    before = rows(person)
    assert connection.replacement(database) == saved._replacement(database)
    assert connection.PARTS == saved.PARTS
    database.rename(connection.replacement(database))
    AgentStore(database, system_clock).close()
    assert rows(person) == before


def test_the_lock_is_the_agents(tmp_path: Path) -> None:
    agent = ProcessLock(tmp_path)
    with pytest.raises(LockedError):
        FileLock(tmp_path / saved.LOCK).take()
    agent.release()
    with FileLock(tmp_path / saved.LOCK):
        assert (tmp_path / saved.LOCK).exists()


@pytest.mark.parametrize("trouble", ["no room", "no records"])
def test_what_cannot_be_saved_is_told(
    person: PersonFiles, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    before = rows(person)
    if trouble == "no room":
        monkeypatch.setattr(saved, "move", _fail)
    else:
        Path(person.database).write_bytes(b"x" * 5000)
    with pytest.raises(saved.NotSavedError):
        saved.save(person, NEW)
    assert not saved.is_saved(person, NEW)
    if trouble == "no room":
        assert rows(person) == before


def _fail(*_: object) -> None:
    raise OSError(28, "full")
