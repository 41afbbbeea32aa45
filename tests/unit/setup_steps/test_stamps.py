"""Skipping a step whose inputs have not changed."""

from pathlib import Path

import pytest

from setup_steps import stamps


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "STATE", tmp_path / "state")


def test_a_step_is_current_after_it_was_done_and_while_its_result_is_there(tmp_path: Path) -> None:
    result = tmp_path / "result"
    result.write_text("x")
    assert not stamps.is_current("web", "abc", result)
    stamps.done("web", "abc")
    assert stamps.is_current("web", "abc", result)
    assert not stamps.is_current("web", "other", result)
    result.unlink()
    assert not stamps.is_current("web", "abc", result)


def test_a_step_that_was_broken_off_is_done_again(tmp_path: Path) -> None:
    stamps.done("web", "abc")
    stamps.invalidate("web")
    stamps.invalidate("web")
    assert not stamps.is_current("web", "abc", tmp_path)


def test_a_fingerprint_changes_with_names_contents_and_words(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    two.write_text("b")
    base = stamps.fingerprint([one, two], "3.11")
    assert stamps.fingerprint([two, one], "3.11") == base
    assert stamps.fingerprint([one, two], "3.12") != base
    assert stamps.fingerprint([one], "3.11") != base
    two.write_text("c")
    assert stamps.fingerprint([one, two], "3.11") != base
