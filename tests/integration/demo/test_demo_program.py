"""`python -m demo` as people and examiners start it: real processes, Chromium, Postgres and files."""

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from demo.child import ROOT
from demo.portal.server import RunningPortal
from demo.portal.state import DEMO_ACCOUNT, SiteOptions

RANK, SHIP_TYPE = "SR DPO Master", "DSV DP-II"
PATIENCE = 150.0
"""Seconds until a test gives up on a program; nothing is asserted about time."""


class Program:
    """A started demo whose output is read line by line."""

    def __init__(self, *arguments: str, variables: dict[str, str] | None = None) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "demo", *arguments],
            cwd="/",
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **(variables or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            self.lines.put(line)
        self.lines.put("")

    def wait_for(self, pattern: str) -> re.Match[str]:
        while line := self.lines.get(timeout=PATIENCE):
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"{pattern} was not said in:\n" + "\n".join(self.said))

    def type(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def family(self) -> list[psutil.Process]:
        return [
            psutil.Process(self.process.pid),
            *psutil.Process(self.process.pid).children(recursive=True),
        ]

    def end(self) -> int:
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


@pytest.fixture
def started() -> Iterator[list[Program]]:
    programs: list[Program] = []
    yield programs
    for program in programs:
        if program.process.poll() is None:
            program.process.kill()
        program.end()


def _summary(program: Program) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads(program.said[-1])
    return summary


def _exchange(address: str) -> int:
    base, code = address.split("/app/#code=")
    answer = httpx.post(f"{base}/launch/exchange", json={"code": code}, trust_env=False)
    return answer.status_code


def _all_gone(family: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(family, timeout=PATIENCE)
    return not alive


def test_the_whole_job_with_a_session_that_ends_and_then_the_same_again(
    tmp_path: Path, started: list[Program]
) -> None:
    data = tmp_path / "data"
    half = {"kind": "half", "page": "resume", "times": 1}
    ends = {"kind": "end_session", "page": "resume", "after": 4, "times": 1}
    broken = json.dumps([half, ends])
    wanted = (
        "--data",
        str(data),
        "--unattended",
        "--rank",
        RANK,
        "--ship-type",
        SHIP_TYPE,
        "--latency-ms",
        "0",
    )
    first = Program(*wanted, "--faults", broken)
    started.append(first)
    assert first.end() == 0, "\n".join(first.said)
    assert any("Logging in to the job portal again" in line for line in first.said)
    summary = _summary(first)
    assert summary["failed"] == 1
    assert summary["listed"] == summary["stored"] + summary["skipped"] + 1
    assert summary["stored"] == summary["synced"] == summary["dashboard_candidates"] > 0
    assert len(list((data / "Resumes").rglob("*.pdf"))) == summary["stored"]

    second = Program(*wanted)
    started.append(second)
    assert second.end() == 0, "\n".join(second.said)
    again = _summary(second)
    assert again["stored"] == again["synced"] == again["failed"] + 1 == 1
    assert again["dashboard_candidates"] == summary["dashboard_candidates"] + 1


def test_another_portal_asks_for_its_code_until_it_is_right(tmp_path: Path, started: list[Program]) -> None:
    with RunningPortal(SiteOptions()) as portal:
        program = Program(
            *("--data", str(tmp_path / "data"), "--unattended", "--rank", RANK, "--ship-type", SHIP_TYPE),
            *("--portal", portal.login_url, portal.dashboard_url),
            *("--username", DEMO_ACCOUNT.username, "--phone", DEMO_ACCOUNT.phone),
            variables={"NJORDHR_PORTAL_PASSWORD": DEMO_ACCOUNT.password},
        )
        started.append(program)
        program.wait_for("Type the one-time code")
        otp, _ = portal.portal.phone()
        assert otp
        program.type(f"{(int(otp) + 1) % 1_000_000:06d}")
        program.wait_for("did not accept this code")
        program.wait_for("Type the one-time code")
        program.type(portal.portal.phone()[0] or "")
        assert program.end() == 0, "\n".join(program.said)
        assert _summary(program)["stored"] == _summary(program)["dashboard_candidates"] > 0
        assert DEMO_ACCOUNT.password not in "\n".join(program.said)


def test_a_portal_that_is_not_there_is_said_and_the_last_line_is_still_json(
    tmp_path: Path, started: list[Program]
) -> None:
    program = Program(
        *("--data", str(tmp_path / "data"), "--unattended", "--rank", "No such rank"),
    )
    started.append(program)
    assert program.end() == 1
    assert any("no rank called 'No such rank'" in line for line in program.said)
    assert _summary(program)["listed"] == 0


def test_an_address_opens_once_enter_gives_another_and_a_second_start_harms_nothing(
    tmp_path: Path, started: list[Program]
) -> None:
    data = str(tmp_path / "data")
    first = Program("--data", data, "--no-window")
    started.append(first)
    address = first.wait_for(r"Open (http://127\.0\.0\.1:\d+/app/#code=\S+)")[1]
    assert [_exchange(address), _exchange(address)] == [200, 401]

    second = Program("--data", data, "--no-window")
    started.append(second)
    assert second.end() == 1
    assert "agent.already-running" in second.said[-1]
    wiping = Program("--data", data, "--reset", "--yes", "--no-window")
    started.append(wiping)
    assert wiping.end() == 1
    assert "agent.already-running" in wiping.said[-1]

    beside = Program("--data", str(tmp_path / "other"), "--no-window")
    started.append(beside)
    other = beside.wait_for(r"Open (http://127\.0\.0\.1:\d+/app/#code=\S+)")[1]
    assert _exchange(other) == 200

    first.type("")
    fresh = first.wait_for(r"Open (http://127\.0\.0\.1:\d+/app/#code=\S+)")[1]
    assert _exchange(fresh) == 200

    families = [first.family(), beside.family()]
    first.process.send_signal(signal.SIGTERM)
    beside.process.kill()  # as hard as it gets: nothing of the demo can clean up after itself
    assert first.end() == 130
    beside.end()
    assert all(_all_gone(family) for family in families)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, started: list[Program]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    for arguments in (("--no-window",), ("--reset", "--yes", "--no-window")):
        program = Program("--data", str(tmp_path), *arguments)
        started.append(program)
        assert program.end() == 1
        assert "did not put there" in program.said[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
