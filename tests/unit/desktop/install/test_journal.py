"""The journal takes a line each, survives a torn one, and does not grow for ever."""

from pathlib import Path

import pytest

from desktop.install import journal
from desktop.install.journal import Happened, Journal


def test_lines_are_read_back_in_order(tmp_path: Path) -> None:
    kept = Journal(tmp_path / "journal.jsonl")
    assert kept.lines() == []
    assert kept.note(Happened.INSTALLED, "1.0.0", {"build": 3})
    assert kept.note(Happened.COMMITTED, "1.1.0")
    assert [(line["happened"], line["version"]) for line in kept.lines()] == [
        ("installed", "1.0.0"),
        ("committed", "1.1.0"),
    ]


def test_a_torn_line_takes_no_other_with_it(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    Journal(file).note(Happened.INSTALLED, "1.0.0")
    with file.open("ab") as torn:
        torn.write(b'{"at": "2026\x00\xff')
    Journal(file).note(Happened.COMMITTED, "1.1.0")
    assert [line["version"] for line in Journal(file).lines()] == ["1.0.0", "1.1.0"]


def test_a_journal_that_cannot_be_written_harms_nobody(tmp_path: Path) -> None:
    assert not Journal(tmp_path / "no" / "journal.jsonl").note(Happened.STAGED, "1.0.0")


def test_the_newest_lines_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_LARGEST", 2000)
    monkeypatch.setattr(journal, "_KEPT", 1000)
    kept = Journal(tmp_path / "journal.jsonl")
    for number in range(60):
        kept.note(Happened.STAGED, f"1.0.{number}")
    assert (tmp_path / "journal.jsonl").stat().st_size < 2200
    assert kept.lines()[-1]["version"] == "1.0.59"
