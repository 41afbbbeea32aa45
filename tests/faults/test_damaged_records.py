"""Damaged records: the start says so and changes nothing; beginning anew keeps all that can be read."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_core.bootstrap import AgentOptions, build_agent
from agent_core.errors import StoreError
from agent_core.keychain import MemorySecrets
from agent_core.store.begin_anew import begin_anew
from protocol.reasons import Reason
from tests.support.agent import open_store, running_job, stored_person
from tests.support.agent_rig import eventually, running_rig
from tests.support.cloud_simulator import running_cloud

PEOPLE = 30
PAGE = 4096
FRAME = PAGE + 24
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

Damage = Callable[[Path], None]


def change(file: Path, place: int, data: bytes) -> None:
    with file.open("r+b") as opened:
        opened.seek(place)
        opened.write(data)


def fold_journal(file: Path) -> None:
    """Close the records as an agent that ends does, so that all is in the file itself."""
    with closing(sqlite3.connect(file)) as records:
        records.execute("pragma wal_checkpoint(truncate)")


def flip_in_page(file: Path) -> None:
    fold_journal(file)
    for page in range(2, file.stat().st_size // PAGE, 9):
        change(file, page * PAGE, b"\xa5" * 200)


def no_header(file: Path) -> None:
    fold_journal(file)
    change(file, 0, b"\xff" * 100)


def no_first_page(file: Path) -> None:
    fold_journal(file)
    change(file, 0, b"\xff" * PAGE)


def cut_in_half(file: Path) -> None:
    fold_journal(file)
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2 + 77)


def empty(file: Path) -> None:
    fold_journal(file)
    file.write_bytes(b"")


def not_a_database(file: Path) -> None:
    fold_journal(file)
    file.write_bytes(b"Dear diary, today I learnt what a file name is for. " * 200)


def another_programs(file: Path) -> None:
    fold_journal(file)
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("create table songs (title text)")


def journal_frame(file: Path) -> None:
    change(file.with_name(f"{file.name}-wal"), 32 + 2 * FRAME + 500, b"\x5a" * 8)


def journal_header(file: Path) -> None:
    change(file.with_name(f"{file.name}-wal"), 0, b"\0" * 32)


def file_gone(file: Path) -> None:
    file.unlink()


WHAT_COMES_BACK: dict[str, tuple[Damage, int]] = {
    "flipped bytes in pages": (flip_in_page, PEOPLE // 2),
    "no header": (no_header, PEOPLE),
    "no first page": (no_first_page, PEOPLE),
    "cut in half": (cut_in_half, PEOPLE // 4),
    "a flipped journal frame": (journal_frame, PEOPLE),
    "no journal header": (journal_header, PEOPLE),
    "the file gone, the journal there": (file_gone, PEOPLE),
    "empty": (empty, 0),
    "not a database": (not_a_database, 0),
    "another program's": (another_programs, 0),
}
"""The damage → how many of the people that waited to be sent come back at least."""


def killed_agents_records(folder: Path) -> Path:
    """Leave what a killed agent leaves, with nothing sent and nothing folded into the file yet."""
    source = folder / "source"
    source.mkdir()
    with open_store(source) as store:
        job_id = running_job(store)
        for number in range(PEOPLE):
            stored_person(store, job_id, f"{number:04}", f"resume {number} " * 50)
        for part in source.glob("agent.sqlite3*"):
            if not part.name.endswith("-shm"):
                shutil.copy(part, folder)
    shutil.rmtree(source)
    return folder / "agent.sqlite3"


def start(folder: Path) -> StoreError:
    options = AgentOptions(folder, folder / "agent.json", preferred_port=0, secrets=MemorySecrets())
    with pytest.raises(StoreError) as caught:
        build_agent(options).start()
    return caught.value


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the file and its journal; SQLite may put an empty journal beside what it looks at."""
    found = {name: folder / name for name in ("agent.sqlite3", "agent.sqlite3-wal")}
    return {name: file.read_bytes() for name, file in found.items() if file.exists() and file.read_bytes()}


@pytest.mark.parametrize("name", WHAT_COMES_BACK)
def test_it_is_said_kept_and_what_can_be_read_reaches_the_office(name: str, tmp_path: Path) -> None:
    damage, fewest = WHAT_COMES_BACK[name]
    file = killed_agents_records(tmp_path)
    damage(file)
    damaged = bytes_of(tmp_path)
    for _ in range(2):
        error = start(tmp_path)
        assert error.reason is Reason.AGENT_STORE_DAMAGED
        assert error.detail.startswith("agent.sqlite3: ")
        assert bytes_of(tmp_path) == damaged
    begun = begin_anew(tmp_path, NOW)
    assert bytes_of(begun.kept_in) == damaged
    with running_cloud() as cloud, running_rig(tmp_path, cloud) as rig:
        rig.pair()
        eventually(lambda: rig.read("/outbox")["counts"]["waiting"] == 0)
        arrived = Counter(
            event["payload"]["candidate_external_id"]
            for event in cloud.events.values()
            if event["type"] == "resume_downloaded"
        )
    assert set(arrived.values()) <= {1}
    assert len(arrived) >= fewest
