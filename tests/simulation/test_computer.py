"""One agent a computer: who starts it while another one is starting is refused, and nothing is lost."""

from pathlib import Path

import pytest

from agent_core.errors import StoreError
from protocol.reasons import Reason
from tests.simulation.computer import Crash
from tests.simulation.office_cloud import OfficeCloud
from tests.simulation.scenario import World, made

SEEDS = range(20)
"""Enough that in some of them the first agent is overtaken while it starts."""


@pytest.mark.parametrize("seed", SEEDS)
def test_of_two_who_start_an_agent_one_is_refused(seed: int, tmp_path: Path) -> None:
    refused: list[Reason] = []

    def start(world: World) -> None:
        try:
            world.computer.start()
        except StoreError as error:
            refused.append(error.reason)

    with made(seed, tmp_path, OfficeCloud) as world:
        world.timeline.expect(Crash)
        world.timeline.spawn("people", lambda: start(world))
        world.timeline.spawn("caretaker", lambda: start(world))
        world.timeline.run_until(1)
        assert refused == [Reason.AGENT_ALREADY_RUNNING]
        assert world.computer.process is not None
        world.computer.process.die()
        world.timeline.run_until(2)
        start_again = world.timeline.spawn("people", lambda: start(world))
        world.timeline.run_until(3)
        assert start_again.is_over
        assert refused == [Reason.AGENT_ALREADY_RUNNING], "a process that is gone holds nothing"
        assert world.computer.process is not None
        world.computer.process.die()
        world.timeline.run_until(4)
