"""Seeing to the system's packages."""

import pytest

from setup_steps import debian
from setup_steps.failure import StepError
from setup_steps.needs import Need

LACKING = Need("njordhr-no-such-package", programs=("njordhr-no-such-program",))


def test_what_is_there_needs_nobody() -> None:
    debian.ensure([Need("python3", programs=("sh",))])


def test_an_ordinary_user_is_told_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "am_root", lambda: False)
    monkeypatch.setattr(debian, "is_debian", lambda: True)
    with pytest.raises(StepError) as caught:
        debian.ensure([LACKING])
    assert caught.value.what == "This machine lacks: njordhr-no-such-package"
    command = "sudo apt-get install --no-install-recommends njordhr-no-such-package"
    assert command in caught.value.next_step


def test_elsewhere_the_names_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "is_debian", lambda: False)
    with pytest.raises(StepError, match="Debian's packages"):
        debian.ensure([LACKING])
