"""Asking before the demo's data are wiped."""

from pathlib import Path

import pytest

from demo.folder import DemoFolder
from demo.reset import may_wipe


@pytest.mark.parametrize(
    ("yes", "answer", "allowed"),
    [(True, "", True), (False, "yes", True), (False, " YES ", True), (False, "y", False), (False, "", False)],
)
def test_only_a_whole_yes_wipes(tmp_path: Path, yes: bool, answer: str, allowed: bool) -> None:
    said: list[str] = []
    assert may_wipe(DemoFolder(tmp_path), yes, lambda _: answer, said.append) is allowed
    assert str(tmp_path) in said[0]


def test_nothing_to_wipe_asks_nothing(tmp_path: Path) -> None:
    def ask(_: str) -> str:
        raise AssertionError("asked")

    assert may_wipe(DemoFolder(tmp_path / "none"), False, ask, lambda _: None)
