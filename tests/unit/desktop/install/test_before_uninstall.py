"""What is undone before the files go."""

from pathlib import Path

import pytest

from agent_core.errors import ComputerError
from desktop.install.before_uninstall import Person, before_uninstall
from protocol.reasons import Reason


class RecordedAutoStart:
    """An entry that notes what becomes of it."""

    can = True

    def __init__(self, *, refuses: bool = False) -> None:
        self.on = True
        self._refuses = refuses

    def is_set(self) -> bool:
        return self.on

    def set(self, on: bool) -> None:
        if self._refuses:
            raise ComputerError(Reason.AUTO_START_REFUSED)
        self.on = on


@pytest.fixture
def person(tmp_path: Path) -> Person:
    (tmp_path / "data").mkdir()
    return Person([tmp_path / "data"], tmp_path / "resumes", (tmp_path / "forgotten").touch)


def test_without_a_word_the_records_stay(tmp_path: Path, person: Person) -> None:
    entry = RecordedAutoStart()
    code, said = before_uninstall(lambda: True, entry, person, records=False)
    assert (code, entry.on) == (0, False)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert "resumes stay" in said[-1]


def test_records_and_logins_go_when_asked(tmp_path: Path, person: Person) -> None:
    code, said = before_uninstall(lambda: True, RecordedAutoStart(), person, records=True)
    assert code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["forgotten"]
    assert "were removed" in said[-1]


def test_nothing_is_undone_while_it_runs(tmp_path: Path, person: Person) -> None:
    entry = RecordedAutoStart()
    code, said = before_uninstall(lambda: False, entry, person, records=True)
    assert (code, entry.on) == (4, True)
    assert (tmp_path / "data").exists()
    assert "could not be closed" in said[0]


def test_an_entry_that_stays_is_said_so(person: Person) -> None:
    code, said = before_uninstall(lambda: True, RecordedAutoStart(refuses=True), person, records=False)
    assert code == 0
    assert Reason.AUTO_START_REFUSED.sentence in said[0]
