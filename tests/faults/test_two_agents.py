"""Two agents on one folder: of records the first one has them, a folder of resumes takes both."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent_core.clock import system_clock
from agent_core.errors import StoreError
from agent_core.files.folder import LocalResumeFiles
from agent_core.store.begin_anew import begin_anew
from protocol.reasons import Reason
from tests.support.faults.people import ListedPortal
from tests.support.tree import ROOT


@contextmanager
def agent(data: Path) -> Iterator["subprocess.Popen[str]"]:
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.support.faults.agent_program", str(data)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        try:
            yield program
        finally:
            program.kill()


def said(program: "subprocess.Popen[str]") -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


def test_the_second_one_on_the_same_records_says_why_it_ends(tmp_path: Path) -> None:
    with agent(tmp_path) as first:
        assert said(first) == "started"
        with agent(tmp_path) as second:
            assert said(second) == Reason.AGENT_ALREADY_RUNNING
        with pytest.raises(StoreError) as caught:
            begin_anew(tmp_path, system_clock())
        assert caught.value.reason is Reason.AGENT_ALREADY_RUNNING
        assert first.poll() is None
        first.kill()
        first.wait()
        with agent(tmp_path) as third:
            assert said(third) == "started"
    assert Reason.AGENT_ALREADY_RUNNING.next_step


def test_two_computers_write_the_same_people_into_one_folder(tmp_path: Path) -> None:
    """As with a folder on a shared drive: each file is one of the two, whole, and nothing else is left."""
    portal = ListedPortal(20)
    files = LocalResumeFiles()
    troubles: list[BaseException] = []

    def write(revision: int) -> None:
        try:
            for number in portal.numbers:
                pdf = ListedPortal(20, revision).resume(number).pdf
                files.write(tmp_path, files.resume_path("2nd Officer", number), pdf)
        except BaseException as error:
            troubles.append(error)
            raise

    writers = [threading.Thread(target=write, args=(revision,)) for revision in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert troubles == []
    there = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert sorted(there) == [f"2nd_Officer_{number}.pdf" for number in portal.numbers]
    for number in portal.numbers:
        both = {ListedPortal(20, revision).resume(number).pdf for revision in (1, 2)}
        assert there[f"2nd_Officer_{number}.pdf"] in both
