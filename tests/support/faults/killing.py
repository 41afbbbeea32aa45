"""The program that works in forks, from the outside."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

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
