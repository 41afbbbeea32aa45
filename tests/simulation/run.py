"""Run one seed and say what was found."""

import gc
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulation.invariants import violations
from tests.simulation.office_cloud import OfficeCloud
from tests.simulation.planted import plant
from tests.simulation.scenario import live, made


@dataclass(frozen=True)
class Result:
    """How a run ended; ``digest`` is equal whenever the seed is."""

    seed: int
    digest: str
    found: tuple[str, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)
    events: int = 0


def run(
    seed: int, *, keep_trace: bool = False, cloud: type[OfficeCloud] = OfficeCloud, folder: Path | None = None
) -> Result:
    """Run one seed.

    Args:
        seed: decides everything.
        keep_trace: whether the result has the trace's lines.
        cloud: the model of the cloud.
        folder: where the records lie meanwhile; else in memory if the system has such a folder.
    """
    with ExitStack() as ends:
        ends.enter_context(_swept_at_the_end())
        place = folder or ends.enter_context(records_folder())
        world = ends.enter_context(made(seed, place, cloud, keep_trace=keep_trace))
        live(world)
        found = tuple(violations(world))
        timeline = world.timeline
        events = sum(len(office.effects) for office in world.cloud.offices.values())
        return Result(seed, timeline.digest, found, tuple(timeline.lines or ()), events)


@contextmanager
def _swept_at_the_end() -> Iterator[None]:
    """Look for what refers to itself once, after the run, and not again and again in the middle of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect(0)


@contextmanager
def records_folder() -> Iterator[Path]:
    """Make a folder for records that need not survive this computer."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="njordhr-") as name:
        yield Path(name)


RARE = {"speaks_as_whoever_it_is_now": 1800}
"""What one seed in four hundred finds, so that the search begins near one that does."""


def first_found(name: str, within: int) -> Result | None:
    """Return the first run that finds a planted bug, if one of so many does."""
    first = RARE.get(name, 0)
    planted, cloud = plant(name)
    with planted:
        for seed in range(first, first + within):
            result = run(seed, cloud=cloud)
            if result.found:
                return result
    return None
