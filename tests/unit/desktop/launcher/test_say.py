"""What nobody else can tell is told by a program of the system."""

import subprocess
import sys

import pytest

from desktop.launcher.say import commands, say

TEXT = 'Install it again; "really" $(not) `this`'


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_the_text_is_an_argument_of_its_own(system: str) -> None:
    assert all(
        any(TEXT in part and '"item' not in part for part in command) for command in commands(system, TEXT)
    )
    assert TEXT not in commands("darwin", TEXT)[0][2]


def test_the_next_one_is_asked_when_one_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def run(command: tuple[str, ...], **_: object) -> None:
        asked.append(command[0])
        if command[0] != "kdialog":
            raise FileNotFoundError

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(subprocess, "run", run)
    say(TEXT)
    assert asked == ["zenity", "kdialog"]
    assert TEXT in capsys.readouterr().err
