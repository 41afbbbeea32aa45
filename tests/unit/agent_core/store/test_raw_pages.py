"""Rows are found in pages that SQLite would not read any more."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent_core.store.raw_pages import PAGE, RawRow, pages_of, rows_of

ROWS = [
    (f"name {number}", "ä" * number * 40, number * 1000, None if number % 2 else 1.5) for number in range(200)
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None)) as records:
        records.execute("create table t (position integer primary key, name text, body text, size, part)")
        records.execute("begin")
        records.executemany("insert into t (name, body, size, part) values (?, ?, ?, ?)", ROWS)
        records.execute("commit")
    return tmp_path / "a.sqlite3"


def found(main: bytes, journal: bytes = b"") -> list[RawRow]:
    rows = rows_of(pages_of(main, journal), lambda columns: columns == 5)
    return sorted((row for row in rows if row.values[0] is None), key=lambda row: row.row_id)


def test_every_row_is_found_short_and_long(file: Path) -> None:
    rows = found(file.read_bytes())
    assert [row.row_id for row in rows] == list(range(1, 201))
    assert [row.values[1:] for row in rows] == ROWS


def test_rows_are_found_without_the_first_page(file: Path) -> None:
    assert len(found(b"\xff" * PAGE + file.read_bytes()[PAGE:])) == 200


def test_nothing_and_noise_have_no_rows(file: Path) -> None:
    assert found(b"") == []
    assert found(b"\x0d" * PAGE * 3) == []
    main = file.read_bytes()
    for place in range(0, len(main), 997):
        main = main[:place] + b"\xee" + main[place + 1 :]
    assert len(found(main)) < 200


def test_the_journal_has_the_last_word(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as records:
        records.execute("pragma journal_mode = wal")
        records.execute("update t set name = 'new' where position = 7")
        journal = file.with_name("a.sqlite3-wal").read_bytes()
        assert found(file.read_bytes(), journal)[6].values[1] == "new"
        assert found(file.read_bytes())[6].values[1] == "name 6"
