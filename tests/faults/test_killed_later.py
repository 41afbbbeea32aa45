"""Killed while people are fetched again, while bytes travel, and while another thread sends."""

import os
import shutil
import signal
import sys
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from tests.support.cloud_simulator import CloudState, running_cloud
from tests.support.faults.counting_line import counting_line
from tests.support.faults.desk import Day, prepare
from tests.support.faults.desk_check import must_have_arrived_once
from tests.support.faults.kill_server import Order
from tests.support.faults.killing import computer

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux stops a program at a system call"),
]

FIRST, SECOND = Day(people=2), Day(number=2, people=2)
NOT_UPLOADED = Day(people=2, upload=False)
"""A first day whose bytes still wait when the files are replaced."""
SHARES = 4
FEWEST_OF_A_SHARE = 35
THREADED = Day(people=3, two_threads=True)
BYTES_AT_A_TIME = 397


@pytest.mark.parametrize("share", range(1, SHARES + 1))
def test_killed_before_a_step_of_the_second_day(share: int, memory_folder: Path) -> None:
    points = 0
    with computer() as desk:
        folder, first = memory_folder / "desk", memory_folder / "first"
        prepare(folder)
        with running_cloud() as cloud:
            assert desk.do(Order(str(folder), cloud.url, NOT_UPLOADED))["code"] == 0
            known = (dict(cloud.events), dict(cloud.objects), set(cloud.confirmed))
        folder.rename(first)
        for step in count(share, SHARES):
            shutil.copytree(first, folder)
            with running_cloud() as cloud:
                remember(cloud, *known)
                if not desk.do(Order(str(folder), cloud.url, SECOND, kill_at=step))["killed"]:
                    break
                assert desk.do(Order(str(folder), cloud.url, SECOND))["code"] == 0
                must_have_arrived_once(folder, cloud, SECOND)
            shutil.rmtree(folder)
            points += 1
    assert points >= FEWEST_OF_A_SHARE


def remember(
    cloud: CloudState, events: dict[str, dict[str, object]], objects: dict[str, bytes], confirmed: set[str]
) -> None:
    cloud.events.update(events)
    cloud.objects.update(objects)
    cloud.confirmed |= confirmed


@pytest.mark.parametrize("share", range(2))
def test_killed_before_a_step_with_sending_on_a_thread_of_its_own(share: int, memory_folder: Path) -> None:
    points = 0
    with computer() as desk:
        for step in count(5 + 7 * share, 14):
            folder = memory_folder / str(step)
            prepare(folder)
            with running_cloud() as cloud:
                killed = desk.do(Order(str(folder), cloud.url, THREADED, kill_at=step))["killed"]
                assert desk.do(Order(str(folder), cloud.url, THREADED))["code"] == 0
                must_have_arrived_once(folder, cloud, THREADED)
            if not killed:
                break
            points += 1
    assert points >= 15


def test_killed_between_any_two_bytes_on_the_line(memory_folder: Path) -> None:
    points = 0
    with computer() as desk:
        for limit in count(1, BYTES_AT_A_TIME):
            folder = memory_folder / str(limit)
            prepare(folder)
            with running_cloud() as cloud:
                with counting_line(cloud.url, limit) as line:
                    process = desk.begin(Order(str(folder), line.url, FIRST))
                    line.when_reached(partial(os.kill, process, signal.SIGKILL))
                    killed = desk.end()["killed"]
                assert desk.do(Order(str(folder), cloud.url, FIRST))["code"] == 0
                must_have_arrived_once(folder, cloud, FIRST)
            if not killed:
                break
            points += 1
    assert points >= 30
