"""Running a command with a line of progress."""

import sys
from pathlib import Path

import pytest

from setup_steps import progress
from setup_steps.failure import StepError
from setup_steps.progress import run_step


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "STATE", tmp_path)


def test_a_step_is_announced_and_its_output_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_step("Say it", [sys.executable, "-c", "print('said')"], "")
    said = capsys.readouterr().out
    assert said.startswith("… Say it\n✓ Say it (")
    assert (tmp_path / "logs" / "say-it.log").read_text().strip() == "said"


def test_a_long_step_shows_that_it_lives(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SAY_EVERY", 0.05)
    run_step("Wait", [sys.executable, "-c", "import time; time.sleep(1)"], "")
    assert "  … Wait: 0 s\n" in capsys.readouterr().out


def test_a_failure_shows_both_ends_of_what_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import sys; [print('line', i) for i in range(100)]; sys.exit(3)"
    with pytest.raises(StepError, match=r"Count did not work \(exit code 3") as caught:
        run_step("Count", [sys.executable, "-c", code], "Do this.")
    assert caught.value.next_step == "Do this."
    said = capsys.readouterr().out.splitlines()
    assert "  | line 0" in said
    assert "  | line 99" in said
    assert "  | line 50" not in said


def test_a_program_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(StepError, match="could not be started"):
        run_step("Start", ["/no/such/program"], "")
