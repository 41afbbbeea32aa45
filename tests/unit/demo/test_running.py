"""How fast the demo asks a portal."""

import pytest

from agent_core.settings import AgentSettings, PortalSettings
from demo.running import DEMO_PACE, POLITE_PACE, pace

NEW = AgentSettings()
SET = AgentSettings(portal=PortalSettings(requests_per_second=2))


@pytest.mark.parametrize(
    ("settings", "is_the_demos_own", "expected"),
    [(NEW, True, DEMO_PACE), (SET, True, {}), (NEW, False, POLITE_PACE), (SET, False, POLITE_PACE)],
)
def test_what_somebody_set_stays_on_the_demos_own_portal(
    settings: AgentSettings, is_the_demos_own: bool, expected: dict[str, object]
) -> None:
    assert pace(settings, is_the_demos_own) == expected
