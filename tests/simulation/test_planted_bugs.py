"""Mistakes put into the real code are found, each within a thousand seeds, by the checks of every run."""

import pytest

from tests.simulation.planted import NAMES
from tests.simulation.run import first_found

WITHIN = 1000

pytestmark = pytest.mark.timeout(900)  # seconds of work, and minutes on a machine that has much else to do


@pytest.mark.parametrize("name", NAMES)
def test_a_planted_bug_is_found(name: str) -> None:
    result = first_found(name, WITHIN)
    assert result is not None, f"{WITHIN} seeds did not find it"
