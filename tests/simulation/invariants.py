"""What must be true after every run, whatever happened in it."""

from collections.abc import Iterator

from tests.simulation.scenario import World


def violations(world: World) -> Iterator[str]:
    for name, error in world.timeline.failures:
        yield f"{name} ended: {type(error).__name__}: {error}"
