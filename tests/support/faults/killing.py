"""Kill a computer's work at a point, start it again, and look whether anything is lost, doubled or torn."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from protocol.events import EventType
from tests.support.cloud_simulator import CloudState
from tests.support.faults.desk import Day
from tests.support.faults.desk_check import must_be_whole
from tests.support.faults.kill_server import Order
from tests.support.tree import ROOT


@dataclass
class Computer:
    """The program that works, one order at a time."""

    program: "subprocess.Popen[str]"

    def begin(self, order: Order) -> int:
        """Start the work; return its process id."""
        assert self.program.stdin is not None
        self.program.stdin.write(order.line() + "\n")
        self.program.stdin.flush()
        return int(self._answer()["process"])

    def end(self) -> dict[str, Any]:
        """Wait for the work's end."""
        return self._answer()

    def do(self, order: Order) -> dict[str, Any]:
        self.begin(order)
        return self.end()

    def _answer(self) -> dict[str, Any]:
        assert self.program.stdout is not None
        answer: dict[str, Any] = json.loads(self.program.stdout.readline())
        return answer


@contextmanager
def computer() -> Iterator[Computer]:
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.support.faults.kill_server"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        yield Computer(program)
        assert program.stdin is not None
        program.stdin.close()


def must_have_arrived_once(folder: Path, cloud: CloudState, day: Day) -> None:
    """Fail unless everybody of the days up to this one is in the cloud once, and on the disk whole."""
    pdfs = must_be_whole(folder, day)
    arrived = Counter(
        (event["payload"]["candidate_external_id"], event["payload"]["file_sha256"])
        for event in cloud.events.values()
        if event["type"] == EventType.RESUME_DOWNLOADED
    )
    assert arrived == Counter(pdfs), "somebody is not in the cloud exactly once"
    held = {key: sha256(cloud.objects[key]).hexdigest() for key in cloud.confirmed}
    assert all(key == digest for key, digest in held.items())
    assert {file for _, file in pdfs} >= set(held)
    newest = {file for (_, file) in must_be_whole(folder, day, newest_only=True)}
    assert newest <= set(held), "the bytes of a resume are not in the office's store"
