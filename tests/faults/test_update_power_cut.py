"""The power goes during an update, and the disk keeps what was synced and any part of the rest.

Whatever is left of it, the next start runs a program, also when that one is killed too. The same harness
finds what a launcher that syncs nothing would lose, or it would prove nothing.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tests.support.faults.own_disk import DISK, recording, teller, why_not
from tests.support.faults.trace import Said, Step, after_power_cut, points
from tests.support.faults.trap import run
from tests.support.launcher.cut import let_programs_run
from tests.support.launcher.life import OLD, Published, must_be_well, prepare, publish, work_on

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(bool(why_not()), reason=f"THE POWER CUTS ARE NOT TESTED: {why_not()}"),
]

CUTS = 160
LAST_STEPS = 60


def record(folder: Path, published: Published) -> tuple[list[Step], int]:
    """Return all that happened on the disk, and how much of it was before the update began."""
    with recording(folder) as unmount:
        mount = folder / DISK
        prepare(mount)
        for known in (mount, *(path for path in mount.rglob("*") if path.name != "says")):
            sync(known)
        teller(mount)("begin")
        work_on(mount, published)
        steps = unmount()
    return steps, steps.index(Said("begin"))


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def cuts(steps: Sequence[Step], start: int) -> list[int]:
    """Return where to cut, spread evenly."""
    there = [point for point in points(steps) if point > start + 1]
    return [there[number * len(there) // CUTS] for number in range(CUTS)]


@pytest.mark.parametrize("behaviour", ["good", "check-failed"])
def test_a_program_starts_after_a_power_cut(behaviour: str, memory_folder: Path) -> None:
    published = publish(memory_folder, behaviour)
    steps, start = record(memory_folder, published)
    folder = memory_folder / DISK
    for point in cuts(steps, start):
        left = after_power_cut(steps, point, Random(point))
        for kills in (False, True):
            left.put_into(folder)
            let_programs_run(folder)
            if kills:
                run(lambda: void(work_on(folder, published)), 1 + point * 7919 % LAST_STEPS)
            ran = work_on(folder, published)
            good = must_be_well(folder, behaviour, ran, was_killed_once=not kills)
            assert behaviour == "good" or good == OLD, f"cut after step {point}"


def test_what_is_not_synced_is_found_missing(memory_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = publish(memory_folder, "good")
    monkeypatch.setattr(os, "fsync", lambda _: None)
    steps, start = record(memory_folder, published)
    monkeypatch.undo()
    folder = memory_folder / DISK
    lost = 0
    for point in cuts(steps, start):
        after_power_cut(steps, point, Random(point)).put_into(folder)
        let_programs_run(folder)
        try:
            must_be_well(folder, "good", work_on(folder, published))
        except Exception:  # noqa: BLE001 - whatever it is, something is lost
            lost += 1
    assert lost > 0, "the harness did not find what is lost"


def void(_: object) -> None:
    return None
