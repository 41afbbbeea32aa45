"""The state is read as it was written, or refused."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.install.outcome import Outcome, Result
from desktop.install.state import (
    InstallState,
    PersonFiles,
    StateBusyError,
    StateFile,
    StateUnreadableError,
    state_of,
)

FULL = InstallState(
    current="1.1.0",
    good="1.0.0",
    previous="0.9.0",
    pending="1.1.0",
    tries=1,
    starts=2,
    attempt="a" * 32,
    why="update.no-report",
    owed=True,
    bad=("0.8.0",),
    max_build=7,
    staged="1.2.0",
    person=PersonFiles("/data/agent.sqlite3", "/config/agent.json"),
    outcome=Outcome("id", Result.COMMITTED, "0.9.0", "1.0.0", None, "2026-11-24T00:00:00Z"),
)


@pytest.mark.parametrize("state", [FULL, InstallState("1.0.0", "1.0.0")])
def test_it_is_read_back(state: InstallState) -> None:
    assert state_of(state.text()) == state


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"current": None},
        {"good": "../../1.0.0"},
        {"pending": "new"},
        {"tries": -1},
        {"tries": True},
        {"max_build": 2**31},
        {"bad": ["odd"]},
        {"bad": None},
        {"owed": None},
        {"attempt": None},
        {"why": 3},
        {"person": {"database": "/d"}},
        {"person": []},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(StateUnreadableError):
        state_of(json.dumps({**json.loads(FULL.text()), **change}))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, FULL.text()[:-20]])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(StateUnreadableError):
        state_of(text)


def test_an_odd_outcome_does_not_keep_anything_from_starting() -> None:
    text = json.dumps({**json.loads(FULL.text()), "outcome": {"id": 1}})
    assert state_of(text) == replace(FULL, outcome=None)


def test_what_must_stay_on_the_disk() -> None:
    assert FULL.needed == {"1.1.0", "1.0.0", "0.9.0", "1.2.0"}
    plain = FULL.without_pending()
    assert (plain.current, plain.pending, plain.tries, plain.starts, plain.attempt) == (
        "1.0.0",
        None,
        0,
        0,
        "",
    )
    assert (plain.why, plain.owed) == (None, False)


def test_it_is_changed_by_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.install.state._PATIENCE_SECONDS", 0.0)
    file = StateFile(tmp_path / "state.json")
    with pytest.raises(StateUnreadableError):
        file.read()
    file.begin(FULL)
    assert file.change(lambda state: replace(state, tries=2)).tries == 2
    assert file.read().tries == 2
    with file.held(), pytest.raises(StateBusyError):
        file.change(lambda state: state)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StateUnreadableError):
        StateFile(tmp_path / "state.json").read()
