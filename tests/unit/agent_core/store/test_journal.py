"""Commits that a damaged journal hides are noticed; what a power cut broke off is no damage."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent_core.store.journal import loses_commits

FRAME = 24 + 4096
HEADER = 32


@pytest.fixture
def journal(tmp_path: Path) -> bytes:
    """The journal of a killed program: five commits of one frame each, after the one that made the table."""
    with closing(sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None)) as records:
        records.execute("pragma journal_mode = wal")
        records.execute("create table t (a)")
        records.execute("pragma wal_checkpoint(truncate)")
        for number in range(5):
            records.execute("insert into t values (?)", (number,))
        shutil.copy(tmp_path / "a.sqlite3-wal", tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    assert len(whole) == HEADER + 5 * FRAME
    return whole


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_a_whole_journal_loses_nothing(journal: bytes) -> None:
    assert not loses_commits(journal)
    assert not loses_commits(b"")
    assert not loses_commits(journal[:HEADER])


@pytest.mark.parametrize("place", [8, HEADER + 30, HEADER + FRAME + 3000, HEADER + 2 * FRAME + 17])
def test_a_flipped_bit_before_two_more_commits_is_damage(journal: bytes, place: int) -> None:
    assert loses_commits(flipped(journal, place))


def test_a_last_commit_that_was_not_written_to_its_end_is_none(journal: bytes) -> None:
    assert not loses_commits(flipped(journal, HEADER + 4 * FRAME + 100))
    assert not loses_commits(journal[:-1000])
    assert not loses_commits(journal[: HEADER + 4 * FRAME] + b"\0" * FRAME)


def test_frames_of_an_older_round_are_no_commits_of_this_one(journal: bytes, tmp_path: Path) -> None:
    older = b"".join(
        flipped(journal[start : start + FRAME], 9) for start in range(HEADER, len(journal), FRAME)
    )
    assert not loses_commits(journal + older)
