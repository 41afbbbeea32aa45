"""Each attack is refused, for its own reason, and what was believed before stays."""

from pathlib import Path

import pytest

from protocol.reasons import Reason
from tests.support.attacks.every import ATTACKS, Attack
from tests.support.attacks.world import World
from update_manifest.errors import UpdateError


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_it_is_refused_and_nothing_changed(attack: Attack, tmp_path: Path) -> None:
    world = World(tmp_path)
    with pytest.raises(UpdateError) as refused:
        attack.run(world)
    assert refused.value.reason is attack.reason
    assert any(one.value == refused.value.reason.value for one in Reason)
    after = world.on_disk()
    changed = {name for name in {*after, *world.before} if after.get(name) != world.before.get(name)}
    assert changed <= attack.may_change, changed


def test_there_are_many() -> None:
    assert len(ATTACKS) >= 80
