"""What runs from an installation is ended before its files go."""

import shutil
import subprocess
from pathlib import Path

import psutil
import pytest

from desktop.install.running import end_running, running_from


@pytest.fixture
def sleeper(tmp_path: Path) -> Path:
    program = tmp_path / "root" / "versions" / "1.0.0" / "njordhr"
    program.parent.mkdir(parents=True)
    shutil.copy(shutil.which("sleep") or "/bin/sleep", program)
    return program


def test_only_what_lies_below_the_folder_is_ended(tmp_path: Path, sleeper: Path) -> None:
    with subprocess.Popen([sleeper, "600"]) as ours, subprocess.Popen(["sleep", "600"]) as another:
        try:
            assert end_running(tmp_path / "root")
            assert not psutil.pid_exists(ours.pid)
            assert another.poll() is None
        finally:
            another.kill()
    assert end_running(tmp_path / "root")


def test_who_asks_is_not_ended(tmp_path: Path) -> None:
    me = psutil.Process()
    me.info = {"exe": str(tmp_path / "njordhr")}  # as process_iter gives it
    assert running_from(tmp_path, [me]) == []


def test_one_that_will_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.install.running.ORDERLY_SECONDS", 0.2)
    shell = tmp_path / "root" / "launcher" / "njordhr-launcher"
    shell.parent.mkdir(parents=True)
    shutil.copy("/bin/sh", shell)
    script = "trap '' TERM; echo ready; while true; do sleep 1; done"
    with subprocess.Popen([shell, "-c", script], stdout=subprocess.PIPE) as stubborn:
        assert stubborn.stdout is not None
        stubborn.stdout.readline()
        assert end_running(tmp_path / "root")
        assert not psutil.pid_exists(stubborn.pid)
