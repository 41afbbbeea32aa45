"""One pace for all tabs, pauses that all keep, and waits that end when nothing more is wanted."""

import threading

import pytest

from agent_core.errors import PortalError
from agent_core.portal.gate import Gate
from protocol.reasons import Reason


class Time:
    """A steady clock that only sleeping moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def test_requests_keep_the_pace() -> None:
    time = Time()
    gate = Gate(2.0, time.now, time.sleep)
    asked = []
    for _ in range(4):
        gate.ask()
        asked.append(round(time.seconds, 6))
    assert asked == [0.0, 0.5, 1.0, 1.5]


def test_a_pause_holds_everybody_also_who_waits_already() -> None:
    time = Time()
    gate = Gate(1.0, time.now, time.sleep)
    gate.ask()
    held_at: list[float] = []

    def stop() -> None:
        if not held_at:
            held_at.append(time.seconds)
            gate.hold(20.0)

    gate.ask(stop)
    assert time.seconds >= held_at[0] + 20.0


def test_a_wait_ends_with_the_reason_of_who_wants_nothing_more() -> None:
    gate = Gate(1.0)
    gate.hold(10_000)
    with pytest.raises(PortalError) as caught:
        gate.ask(lambda: Reason.JOB_CANCELLED)
    assert caught.value.reason is Reason.JOB_CANCELLED


def test_what_stop_raises_ends_the_wait() -> None:
    gate = Gate(1.0)
    gate.hold(10_000)

    def closing() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gate.ask(closing)


def test_a_shut_gate_turns_away_who_waits_and_who_comes() -> None:
    gate = Gate(1.0)
    gate.hold(10_000)
    refused: list[Reason] = []

    def visit() -> None:
        with pytest.raises(PortalError) as caught:
            gate.ask()
        refused.append(caught.value.reason)

    threads = [threading.Thread(target=visit) for _ in range(3)]
    for thread in threads:
        thread.start()
    gate.shut(Reason.PORTAL_BLOCKED)
    gate.shut(Reason.JOB_CANCELLED)
    for thread in threads:
        thread.join()
    assert refused == [Reason.PORTAL_BLOCKED] * 3, "the first reason counts"


def test_a_gate_that_is_opened_again_lets_through() -> None:
    gate = Gate(1.0)
    gate.shut(Reason.JOB_CANCELLED)
    gate.open(100.0)
    gate.ask()
