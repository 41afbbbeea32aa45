"""While the other side is down a lane waits, longer each time."""

from agent_core.outbox.lane import Lane
from protocol.reasons import Reason
from tests.support.agent import START


def test_a_lane_is_open_until_it_fails_and_again_when_its_time_has_come() -> None:
    lane = Lane()
    assert lane.is_open(START)
    failed = lane.after_failure(Reason.CLOUD_UNREACHABLE, START, 1.0)
    assert not failed.is_open(START)
    assert failed.not_before is not None
    assert failed.is_open(failed.not_before)
    again = failed.after_failure(Reason.CLOUD_UNREACHABLE, START, 1.0)
    assert again.failures == 2
    assert again.not_before is not None
    assert again.not_before > failed.not_before
