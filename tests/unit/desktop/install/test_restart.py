"""Starting again: through the launcher that waits, or by becoming it."""

import os
from pathlib import Path

import pytest

from desktop.install import restart
from desktop.install.places import Places


def test_a_launcher_that_waits_is_told_by_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(restart.LAUNCHER_WAITS, str(os.getppid()))
    assert restart.start_again(Places(Path("/r")), []) == restart.RESTART_CODE


def test_else_the_process_becomes_the_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(restart.LAUNCHER_WAITS, "1")
    became: list[tuple[str, list[str]]] = []

    def become(program: str, arguments: list[str]) -> None:
        became.append((program, arguments))
        raise InterruptedError

    monkeypatch.setattr(os, "execv", become)
    with pytest.raises(InterruptedError):
        restart.start_again(Places(Path("/r"), "linux"), ["--hidden"])
    launcher = "/r/launcher/njordhr-launcher"
    assert became == [(launcher, [launcher, "--hidden"])]
