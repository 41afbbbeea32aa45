import pytest

from agent_core.errors import RequestError
from agent_core.ports import RestartWhen, UpdateState
from agent_core.runtime.offered_updates import OfferedUpdates
from protocol.reasons import Reason
from tests.support.updates import UpdaterInMemory


def test_without_an_updater_there_is_nothing_to_ask() -> None:
    updates = OfferedUpdates()
    assert updates.status() is None
    for ask in (
        updates.check,
        lambda: updates.download(go_on=True),
        lambda: updates.restart(RestartWhen.NOW),
    ):
        with pytest.raises(RequestError) as caught:
            ask()
        assert caught.value.reason is Reason.AGENT_NO_UPDATES


def test_what_is_offered_is_asked_until_it_is_gone() -> None:
    updates, updater = OfferedUpdates(), UpdaterInMemory()
    updates.offer(updater)
    updates.check()
    updates.download(go_on=False)
    updater.put(UpdateState.READY)
    updates.restart(RestartWhen.TONIGHT)
    assert updater.asked == ["check", "pause", "restart tonight"]
    assert updates.status() == updater.now
    updates.offer(None)
    assert updates.status() is None
