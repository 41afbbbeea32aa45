"""What a start left behind is read only with its own token."""

from pathlib import Path

from desktop.install.places import Places
from desktop.install.probation import request_file
from desktop.launcher import attempt
from desktop.launcher.decisions import Left


def test_each_start_has_a_token_of_its_own(tmp_path: Path) -> None:
    places = Places(tmp_path)
    one = attempt.begin(places, "a" * 32, "1.0.0")
    two = attempt.begin(places, "b" * 32, "1.0.0")
    assert one.token != two.token
    assert one.request == request_file(places, "a" * 32)


def test_a_request_that_is_damaged_leaves_nothing(tmp_path: Path) -> None:
    one = attempt.begin(Places(tmp_path), "a" * 32, "1.0.0")
    one.request.write_text("[" * 100_000, encoding="ascii")
    assert attempt.left_by(Places(tmp_path), "a" * 32, "1.0.0") is Left.NOTHING


def test_no_start_left_nothing(tmp_path: Path) -> None:
    assert attempt.left_by(Places(tmp_path), "", "1.0.0") is Left.NOTHING
    assert attempt.left_by(Places(tmp_path), "a" * 32, "1.0.0") is Left.NOTHING
