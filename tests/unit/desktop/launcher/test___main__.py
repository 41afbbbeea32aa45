"""The launcher's own options, and where it finds its installation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.launcher import __main__ as program
from desktop.launcher.__main__ import main, parse, wait_for_end
from desktop.launcher.run import Launcher


def test_the_launchers_options_come_first_and_the_rest_is_the_programs() -> None:
    assert parse(["--root", "/r", "--after-process", "12", "--hidden", "--root", "x"]) == (
        {"--root": "/r", "--after-process": "12"},
        ["--hidden", "--root", "x"],
    )
    assert parse([]) == ({}, [])
    assert parse(["--root"]) == ({}, ["--root"])


def test_it_waits_for_the_process_that_started_it() -> None:
    with subprocess.Popen([sys.executable, "-ISc", "input()"], stdin=subprocess.PIPE) as process:
        assert program._runs(process.pid)
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
        wait_for_end(str(process.pid))
    wait_for_end("odd")
    assert program._runs(os.getpid())


def test_the_installation_is_around_the_launcher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[tuple[Path, list[str]]] = []

    def run(self: Launcher, arguments: list[str]) -> int:
        ran.append((self._places.root, list(arguments)))
        return 7

    monkeypatch.setattr(Launcher, "run", run)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "launcher" / "njordhr-launcher"))
    assert main(["--hidden"]) == 7
    assert main(["--root", "/elsewhere"]) == 7
    assert ran == [(tmp_path, ["--hidden"]), (Path("/elsewhere"), [])]
