import pytest

from agent_core.errors import RequestError
from agent_core.ports import RestartWhen, UpdateState
from desktop.updater.starting import StartingUpdates
from protocol.reasons import Reason
from update_manifest.build_info import source_build


def test_the_first_seconds_are_told_and_a_wish_is_remembered() -> None:
    starting = StartingUpdates(source_build("1.4.1", 0, 4), on_probation=False)
    assert (starting.status().state, starting.status().version) == (UpdateState.IDLE, "1.4.1")
    starting.check()
    starting.download(go_on=False)
    assert starting.is_asked
    with pytest.raises(RequestError) as caught:
        starting.restart(RestartWhen.NOW)
    assert caught.value.reason is Reason.UPDATE_NOT_READY


def test_a_version_on_probation_says_so() -> None:
    starting = StartingUpdates(source_build("1.4.1", 0, 4), on_probation=True)
    assert starting.status().state is UpdateState.PROBATION
