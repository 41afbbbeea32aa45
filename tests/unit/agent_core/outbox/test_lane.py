"""While the other side is down a lane waits, longer each time, and as long as the other side asks."""

from datetime import timedelta

import pytest

from agent_core.outbox.lane import Lane
from agent_core.outbox.retry import LONGEST_DELAY
from protocol.reasons import Reason

NOW = 1000.0


def test_a_lane_is_open_until_it_fails_and_again_when_its_time_has_come() -> None:
    lane = Lane()
    assert lane.is_open(NOW)
    failed = lane.after_failure(Reason.CLOUD_UNREACHABLE, NOW, 1.0)
    assert not failed.is_open(NOW)
    assert failed.not_before is not None
    assert failed.is_open(failed.not_before)
    again = failed.after_failure(Reason.CLOUD_UNREACHABLE, NOW, 1.0)
    assert again.failures == 2
    assert again.not_before is not None
    assert again.not_before > failed.not_before


@pytest.mark.parametrize(("asked", "waits"), [(0, 1), (30, 30), (100_000, LONGEST_DELAY.total_seconds())])
def test_it_waits_as_long_as_it_is_asked_to_and_never_for_hours(asked: float, waits: float) -> None:
    failed = Lane().after_failure(Reason.REQUEST_TOO_MANY, NOW, 1.0, timedelta(seconds=asked))
    assert failed.not_before == NOW + waits
