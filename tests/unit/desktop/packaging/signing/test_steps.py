"""Steps are done in order, or only shown."""

import sys
from pathlib import Path

import pytest

from desktop.packaging.signing.steps import SignStepError, Step, run


def _writes(file: Path, text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", f"open({str(file)!r}, 'w').write({text!r})")


def test_a_dry_run_says_everything_and_does_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    step = Step("Write it", _writes(tmp_path / "new", "x"), replaces=(tmp_path / "new", tmp_path / "old"))
    run([step], dry_run=True, say=said.append)
    assert list(tmp_path.iterdir()) == []
    assert said[0].startswith("# Write it\n")
    assert said[0].endswith(f"mv {tmp_path / 'new'} {tmp_path / 'old'}")


def test_a_new_file_takes_the_old_ones_place(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    step = Step("Write it", _writes(tmp_path / "new", "new"), replaces=(tmp_path / "new", tmp_path / "old"))
    run([step], dry_run=False, say=lambda _: None)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("old", "new")]


def test_nothing_is_done_after_a_step_that_failed(tmp_path: Path) -> None:
    fails = Step("Fail", (sys.executable, "-c", "raise SystemExit('the key is not there')"))
    with pytest.raises(SignStepError, match="Fail: the key is not there"):
        run([fails, Step("Write it", _writes(tmp_path / "new", "x"))], dry_run=False, say=lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_is_missing_is_named() -> None:
    with pytest.raises(SignStepError, match="no-such-signer cannot be started"):
        run([Step("Sign", ("no-such-signer",))], dry_run=False, say=lambda _: None)
