"""What program and launcher tell each other about a start on probation."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.install.lock import FileLock
from desktop.install.places import Places
from desktop.install.probation import CHECKS, LAUNCHER_LOCK, Probation, ProbationUnreadableError
from desktop.install.state import InstallState, StateFile
from desktop.launcher import attempt
from desktop.launcher.decisions import Left

ID = "b" * 32
GOOD = dict.fromkeys(CHECKS, True)
PENDING = InstallState("1.1.0", "1.0.0", pending="1.1.0", tries=1, starts=1, attempt=ID)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


@pytest.fixture
def asked(places: Places) -> attempt.Attempt:
    StateFile(places.state).begin(PENDING)
    return attempt.begin(places, ID, "1.1.0")


def test_an_ordinary_start_is_none() -> None:
    assert Probation.from_arguments(["--hidden"]) is None


@pytest.mark.parametrize("form", ["apart", "together"])
def test_a_report_reaches_the_launcher(places: Places, asked: attempt.Attempt, form: str) -> None:
    request = str(asked.request)
    arguments = ["--probation", request] if form == "apart" else [f"--probation={request}"]
    probation = Probation.from_arguments([*arguments, "--hidden"])
    assert probation is not None
    assert (probation.version, probation.token, probation.places.root) == ("1.1.0", asked.token, places.root)
    assert asked.checks() is None
    probation.report(GOOD)
    assert asked.checks() == GOOD
    assert attempt.left_by(places, ID, "1.1.0") is Left.REPORTED
    assert asked.request.stat().st_mode & 0o777 == 0o600
    assert places.probation.stat().st_mode & 0o777 == 0o700


def test_leaving_on_purpose_reaches_the_launcher(places: Places, asked: attempt.Attempt) -> None:
    assert attempt.left_by(places, ID, "1.1.0") is Left.NOTHING
    Probation.from_file(asked.request).leave()
    assert asked.has_left()
    assert attempt.left_by(places, ID, "1.1.0") is Left.ON_PURPOSE


def test_another_starts_report_and_a_bad_one_count_for_nothing(
    places: Places, asked: attempt.Attempt
) -> None:
    probation = Probation.from_file(asked.request)
    replace(probation, token="other").report(GOOD)
    assert asked.checks() is None
    replace(probation, version="1.0.0").report(GOOD)
    assert asked.checks() is None
    probation.report({**GOOD, "records": "they are odd"})
    assert attempt.left_by(places, ID, "1.1.0") is Left.NOTHING


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "odd", "token": "t"}'])
def test_a_damaged_request_is_refused(asked: attempt.Attempt, text: str) -> None:
    asked.request.write_text(text, encoding="ascii")
    with pytest.raises(ProbationUnreadableError):
        Probation.from_file(asked.request)


def test_a_request_that_is_not_there_is_refused(places: Places) -> None:
    with pytest.raises(ProbationUnreadableError):
        Probation.from_arguments(["--probation"])
    assert attempt.left_by(places, ID, "1.1.0") is Left.NOTHING


def test_it_learns_that_it_was_taken_and_that_nobody_watches(places: Places, asked: attempt.Attempt) -> None:
    probation = Probation.from_file(asked.request)
    assert not probation.is_committed()
    assert probation.is_abandoned()
    with FileLock(places.root / LAUNCHER_LOCK):
        assert not probation.is_abandoned()
    StateFile(places.state).begin(InstallState("1.1.0", "1.1.0", previous="1.0.0"))
    assert probation.is_committed()
    assert not probation.is_abandoned()
    places.state.unlink()
    assert not probation.is_committed()
