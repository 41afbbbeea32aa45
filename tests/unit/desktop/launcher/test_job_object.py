"""A program and all it starts are in one job of Windows: the order of the calls, and there the real thing."""

import ctypes
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.launcher import job_object


class FakeFunction:
    def __init__(self, name: str, calls: list[str], answer: int) -> None:
        self._name = name
        self._calls = calls
        self._answer = answer

    def __call__(self, *arguments: object) -> int:
        self._calls.append(self._name)
        return self._answer


class FakeLibrary:
    """Answers each function with 1, or with what a test wants."""

    def __init__(self, calls: list[str], **answers: int) -> None:
        self._calls = calls
        self._answers = answers
        self._made: dict[str, FakeFunction] = {}

    def __getattr__(self, name: str) -> FakeFunction:
        return self._made.setdefault(name, FakeFunction(name, self._calls, self._answers.get(name, 1)))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    calls: list[str] = []
    process = SimpleNamespace(pid=12, kill=lambda: calls.append("kill"), wait=lambda: 1, poll=lambda: None)

    def popen(command: object, *, env: object, creationflags: int) -> Any:
        calls.append(f"Popen {creationflags}")
        return process

    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 5, raising=False)
    return calls


def answer(monkeypatch: pytest.MonkeyPatch, calls: list[str], **answers: int) -> None:
    library = FakeLibrary(calls, NtResumeProcess=0, **answers)
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: library, raising=False)


def test_the_program_runs_only_once_it_is_in_the_job(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, calls)
    running = job_object.start_in_job(["program"], {})
    assert calls == [
        "CreateJobObjectW",
        "Popen 4",
        "OpenProcess",
        "AssignProcessToJobObject",
        "NtResumeProcess",
        "CloseHandle",
    ]
    calls.clear()
    assert running.poll() is None
    assert running.stop() == 1
    assert calls == ["TerminateJobObject", "CloseHandle"]
    assert job_object.start_in_job(["program"], {}).rest() == 0


@pytest.mark.parametrize("function", ["OpenProcess", "AssignProcessToJobObject"])
def test_a_program_that_cannot_be_held_does_not_run(
    calls: list[str], monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    answer(monkeypatch, calls, **{function: 0})
    with pytest.raises(OSError, match=function):
        job_object.start_in_job(["program"], {})
    assert "NtResumeProcess" not in calls
    assert "kill" in calls


def test_without_a_job_nothing_is_started(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, calls, CreateJobObjectW=0)
    with pytest.raises(OSError, match="CreateJobObject"):
        job_object.start_in_job(["program"], {})
    assert calls == ["CreateJobObjectW"]


@pytest.mark.parametrize(("found", "waited", "runs"), [(0, 0, False), (1, 0x102, True), (1, 0, False)])
def test_whether_a_process_runs(
    calls: list[str], monkeypatch: pytest.MonkeyPatch, found: int, waited: int, runs: bool
) -> None:
    answer(monkeypatch, calls, OpenProcess=found, WaitForSingleObject=waited)
    assert job_object.runs(12) is runs


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has job objects")
def test_the_real_thing_ends_everything() -> None:
    child = "import subprocess, sys, time; print(1); time.sleep(1000)"
    parent = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(1000)"
    )
    running = job_object.start_in_job([sys.executable, "-c", parent], {})
    assert running.poll() is None
    assert running.stop() == 1
