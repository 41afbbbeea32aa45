"""Two `build.py` at once."""

import subprocess
import sys
from pathlib import Path

from tests.support.tree import ROOT

HOLD = """
import sys
from pathlib import Path
from setup_steps import turn
turn.STATE = Path(sys.argv[1])
with turn.my_turn():
    print("mine", flush=True)
    sys.stdin.read()
"""


def _start(state: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLD, str(state)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_the_second_waits_and_says_so_and_a_killed_first_one_holds_nobody_up(tmp_path: Path) -> None:
    with _start(tmp_path) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "mine\n"
        with _start(tmp_path) as second:
            assert second.stdout is not None
            assert "waiting" in second.stdout.readline()
            first.kill()
            assert second.stdout.readline() == "mine\n"
            second.communicate("")
