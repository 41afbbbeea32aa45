"""A window that does not come in time is replaced."""

import threading

from agent_core.errors import PortalSessionError
from agent_core.portal.overdue import Overdue
from agent_core.portal.tabs import Tabs
from protocol.reasons import Reason


class Door(Tabs):
    """Stands for the browser's door."""

    def __init__(self, *, is_gone: bool = False) -> None:
        super().__init__("")
        self.is_gone = is_gone
        self.acts: list[str] = []
        self.done = threading.Event()

    def open(self) -> str:
        if self.is_gone:
            self.done.set()
            raise PortalSessionError(Reason.BROWSER_GONE)
        self.acts.append("open")
        return "B"

    def close(self, handle: str) -> None:
        self.acts.append(f"close {handle}")
        self.done.set()


def test_a_window_that_comes_in_time_is_left_alone() -> None:
    door = Door()
    with Overdue(door, "A", 1000) as late:
        pass
    assert late.successor is None
    assert door.acts == []


def test_one_that_is_late_is_closed_after_another_was_opened() -> None:
    door = Door()
    with Overdue(door, "A", 0.001) as late:
        assert door.done.wait(30)
    assert late.successor == "B"
    assert door.acts == ["open", "close A"]


def test_a_browser_that_is_gone_has_no_successor() -> None:
    door = Door(is_gone=True)
    with Overdue(door, "A", 0.001) as late:
        assert door.done.wait(30)
    assert late.successor is None
