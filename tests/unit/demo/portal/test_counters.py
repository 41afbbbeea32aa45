"""The counts of the simulated portal."""

import pytest

from demo.portal.counters import Counters
from demo.portal.faults import Page


def test_pages_are_counted_by_kind_and_together() -> None:
    counters = Counters()
    with counters.serving(Page.LIST), counters.serving(Page.RESUME):
        pass
    with pytest.raises(OSError, match="lost"), counters.serving(Page.LIST):
        raise OSError("lost")
    assert counters.snapshot() == {"pages": {"list": 2, "resume": 1}, "max_concurrent": 2}
