"""Killed before any step of an update, and again while it goes on, a computer always starts a program.

The steps are system calls that change something, from the download to the clean-up. What was broken ends on
the old version with records and settings as they were; what was good is the new version.
"""

import sys
from itertools import count
from pathlib import Path

import pytest

from tests.support.faults.trap import run
from tests.support.launcher.cut import copy_to
from tests.support.launcher.life import NEW, OLD, Published, must_be_well, prepare, publish, work_on

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux stops a program at a system call"),
]

FEWEST = {"good": 120, "check-failed": 260, "crash": 250}


def kill(work: Path, published: Published, step: int) -> bool:
    """Go on until just before a system call; tell whether it came to that."""
    return run(lambda: void(work_on(work, published)), step).killed


def void(_: object) -> None:
    return None


@pytest.mark.parametrize("behaviour", FEWEST)
def test_killed_before_a_step(behaviour: str, memory_folder: Path) -> None:
    published = publish(memory_folder, behaviour)
    fresh, work, killed = (memory_folder / name for name in ("fresh", "work", "killed"))
    fresh.mkdir()
    prepare(fresh)
    killed_again, ends = 0, set()
    total = len(run_whole(fresh, work, published))
    for step in count(1):
        copy_to(fresh, work)
        if not kill(work, published, step):
            break
        copy_to(work, killed)
        must_be_well(work, behaviour, work_on(work, published))
        copy_to(killed, work)  # in the same place, for the state names it
        left = max(1, total - step)
        killed_again += kill(work, published, 1 + step * 7919 % left)
        ends.add(must_be_well(work, behaviour, work_on(work, published), was_killed_once=False))
    assert step > FEWEST[behaviour]
    assert killed_again > FEWEST[behaviour] * 3 // 4
    assert ends <= ({OLD, NEW} if behaviour == "good" else {OLD})


def run_whole(fresh: Path, work: Path, published: Published) -> tuple[str, ...]:
    """Return the steps of an update that nobody disturbs."""
    copy_to(fresh, work)
    ending = run(lambda: void(work_on(work, published)))
    assert ending.code == 0
    return ending.calls
