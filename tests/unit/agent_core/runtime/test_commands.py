"""Commands are done in order on one thread; whoever waits gets the result, the error, or the end."""

import threading

import pytest

from agent_core.errors import PortalError, RequestError
from agent_core.runtime.commands import Commands
from protocol.reasons import Reason


@pytest.fixture
def commands() -> Commands:
    return Commands()


def test_the_result_and_the_error_come_back(commands: Commands) -> None:
    def run_two() -> None:
        commands.run_next(20)
        commands.run_next(20)

    owner = threading.Thread(target=run_two)
    owner.start()

    def fail() -> None:
        raise PortalError(Reason.PORTAL_SLOW)

    assert commands.call(lambda: threading.current_thread() is owner, 20) is True
    with pytest.raises(PortalError):
        commands.call(fail, 20)
    owner.join()


def test_work_that_takes_longer_goes_on_after_nobody_waits_any_more(commands: Commands) -> None:
    done: list[int] = []
    assert commands.call(lambda: done.append(1), 0) is None
    assert commands.call(lambda: done.append(2), 0) is None
    commands.run_next(0)
    commands.run_next(0)
    commands.run_next(0)
    assert done == [1, 2]


def test_a_nudge_ends_one_wait(commands: Commands) -> None:
    commands.nudge()
    commands.run_next(600)


def test_closing_tells_whoever_waits_and_takes_nothing_more(commands: Commands) -> None:
    told: list[Reason] = []

    def wait() -> None:
        with pytest.raises(RequestError) as caught:
            commands.call(lambda: None, 20)
        told.append(caught.value.reason)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not commands._waiting:
        waiting.join(0.001)
    commands.close()
    waiting.join()
    assert told == [Reason.AGENT_STOPPING]
    assert commands.is_closed
    with pytest.raises(RequestError):
        commands.call(lambda: None, 20)
    commands.run_next(600)
