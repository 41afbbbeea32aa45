"""Killed before any step between the portal and the cloud's acknowledgement, it loses and doubles nothing.

A step is a system call that changes a file or speaks to the cloud (`tests.support.faults.trap`); the first
day of work has about 400 of them, and each one is a point.
"""

import sys
from itertools import count
from pathlib import Path

import pytest

from tests.support.cloud_simulator import running_cloud
from tests.support.faults.desk import Day, prepare
from tests.support.faults.desk_check import must_have_arrived_once
from tests.support.faults.kill_server import Order
from tests.support.faults.killing import computer

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux stops a program at a system call"),
]

DAY = Day(people=3, long="0002")
SHARES = 10
FEWEST_OF_A_SHARE = 35


@pytest.mark.parametrize("share", range(1, SHARES + 1))
def test_killed_before_a_step_of_the_first_day(share: int, memory_folder: Path) -> None:
    points = 0
    with computer() as desk:
        for step in count(share, SHARES):
            folder = memory_folder / str(step)
            prepare(folder)
            with running_cloud() as cloud:
                ending = desk.do(Order(str(folder), cloud.url, DAY, kill_at=step))
                if not ending["killed"]:
                    break
                assert desk.do(Order(str(folder), cloud.url, DAY))["code"] == 0
                must_have_arrived_once(folder, cloud, DAY)
            points += 1
    assert points >= FEWEST_OF_A_SHARE
