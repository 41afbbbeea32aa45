"""A thousand seeds of trouble, after each of which everything must have come right.

Ten thousand: ``python -m tests.simulation --seeds 10000``. A seed that fails here is replayed by the command
that the failure names.
"""

import os
import subprocess
import sys

import pytest

from tests.simulation.__main__ import replay_command
from tests.simulation.run import run
from tests.support.tree import ROOT

SEEDS, PART = 1000, 25

pytestmark = pytest.mark.timeout(900)  # seconds of work, and minutes on a machine that has much else to do


@pytest.mark.parametrize("first", range(0, SEEDS, PART))
def test_whatever_happens_everything_comes_right(first: int) -> None:
    for seed in range(first, first + PART):
        result = run(seed)
        assert not result.found, f"{replay_command(seed)}\n" + "\n".join(result.found)


def test_a_seed_is_the_same_run_in_any_process() -> None:
    seeds = range(3)
    here = [run(seed).digest for seed in seeds]
    assert [run(seed).digest for seed in seeds] == here
    assert len(set(here)) == len(here)
    program = "from tests.simulation.run import run\nfor seed in range(3): print(run(seed).digest)"
    for hash_seed in ("1", "4711"):
        said = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert said.stdout.split() == here
