"""The agent before it is made, and after."""

from types import SimpleNamespace
from typing import Any

import pytest

from agent_core.errors import RequestError
from desktop.late_agent import LateAgent
from protocol.reasons import Reason


class Made:
    """An agent that notes what was asked of it."""

    def __init__(self) -> None:
        self.done: list[Any] = []

    def start(self) -> None:
        self.done.append("start")

    def stop(self) -> None:
        self.done.append("stop")

    def launch_url(self) -> str:
        return "http://127.0.0.1:1/app/#code=x"

    def has_page(self) -> bool:
        return True

    def is_downloading(self) -> bool:
        return False

    def offer_window(self, window: Any) -> None:
        self.done.append(window)


def test_before_it_is_made_nothing_runs() -> None:
    agent = LateAgent(lambda: pytest.fail("nobody started it"))
    for ask in (agent.launch_url, agent.has_page, agent.is_downloading):
        with pytest.raises(RequestError) as caught:
            ask()
        assert caught.value.reason is Reason.AGENT_STOPPING
    agent.offer_window(None)
    agent.stop()


def test_it_is_made_once_and_given_the_window_that_was_there_before() -> None:
    made, window = Made(), SimpleNamespace()
    made_agents = [made]
    agent = LateAgent(made_agents.pop)  # type: ignore[arg-type]  # stands for the real one
    agent.offer_window(window)
    agent.start()
    agent.start()
    assert made.done == [window, "start", window, "start"]
    assert agent.launch_url().endswith("code=x")
    assert agent.has_page()
    assert not agent.is_downloading()
    agent.offer_window(None)
    agent.stop()
    assert made.done[-2:] == [None, "stop"]
