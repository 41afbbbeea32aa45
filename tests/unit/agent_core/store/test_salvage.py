"""Records that are damaged in every way give back what was not itself overwritten."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from agent_core.store import connection
from agent_core.store.salvage import take_over
from tests.support.agent import open_store, running_job, stored_person

PEOPLE = 40
PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Sound records with forty people; nobody has sent anything yet."""
    with open_store(tmp_path) as store:
        job_id = running_job(store)
        for number in range(PEOPLE):
            stored_person(store, job_id, f"{number:04}", f"resume {number} " * 300)
        store.facts.put({"office": "Test Office"})
    return tmp_path / "agent.sqlite3"


def taken_over(file: Path) -> Mapping[str, int]:
    new = file.with_name("new.sqlite3")
    connection.remove_file(new)
    connection.make_file(new)
    with closing(connection.open_file(new)) as records:
        counts = take_over(file, records)
        assert records.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert records.execute("pragma foreign_key_check").fetchall() == []
    with open_store_named(new) as sound:
        assert sound.execute("select count(*) from outbox").fetchone()[0] == counts["outbox"]
    return counts


def open_store_named(file: Path) -> "closing[sqlite3.Connection]":
    return closing(sqlite3.connect(file))


def resumes_waiting(file: Path) -> int:
    with open_store_named(file.with_name("new.sqlite3")) as records:
        found = records.execute("select count(*) from outbox where type = 'resume_downloaded'").fetchone()
    return int(found[0])


def test_sound_records_come_over_whole(file: Path) -> None:
    counts = taken_over(file)
    assert counts["resumes"] == counts["listings"] == PEOPLE
    assert (counts["jobs"], counts["facts"], resumes_waiting(file)) == (1, 1, PEOPLE)


def test_a_first_page_or_header_that_is_gone_takes_nothing_that_waits(file: Path) -> None:
    sound = file.read_bytes()
    file.write_bytes(bytes(100) + sound[100:])
    assert taken_over(file)["listings"] == PEOPLE
    file.write_bytes(bytes(PAGE) + sound[PAGE:])
    counts = taken_over(file)
    assert (resumes_waiting(file), counts["resumes"]) == (PEOPLE, PEOPLE)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_a_page_that_is_gone_takes_what_was_in_it(file: Path, part: float) -> None:
    sound = file.read_bytes()
    place = int(len(sound) // PAGE * part) * PAGE
    file.write_bytes(sound[:place] + b"\xff" * PAGE + sound[place + PAGE :])
    taken_over(file)
    assert resumes_waiting(file) >= PEOPLE - 8


def test_half_a_file_gives_what_is_in_it(file: Path) -> None:
    sound = file.read_bytes()
    file.write_bytes(sound[: len(sound) // 2 + 1000])
    taken_over(file)
    assert resumes_waiting(file) > PEOPLE // 4


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000, bytes(50_000)])
def test_nothing_gives_nothing(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert set(taken_over(file).values()) == {0}


def test_a_job_that_goes_on_counts_who_is_left(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as records:
        records.execute("delete from listings where seq > 30")
    taken_over(file)
    with open_store_named(file.with_name("new.sqlite3")) as records:
        assert records.execute("select listed, stored from jobs").fetchall() == [(30, 30)]
