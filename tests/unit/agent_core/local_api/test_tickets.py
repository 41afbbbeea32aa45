"""A ticket is good once, soon, for one file, while its session is good."""

from uuid import uuid4

import pytest

from agent_core.local_api.tickets import Tickets
from tests.support.agent import TickingClock

FILE, OTHER = uuid4(), uuid4()


class Door:
    """Tickets, a clock, and a session that can end."""

    def __init__(self) -> None:
        self.clock = TickingClock()
        self.sessions = {"mine"}
        self.tickets = Tickets(self.clock, lambda token: token in self.sessions)


@pytest.fixture
def door() -> Door:
    return Door()


def test_a_ticket_is_good_once(door: Door) -> None:
    ticket, _ = door.tickets.issue(FILE, "mine")
    assert door.tickets.use_up(ticket, FILE)
    assert not door.tickets.use_up(ticket, FILE)


def test_a_ticket_for_another_file_is_used_up_too(door: Door) -> None:
    ticket, _ = door.tickets.issue(FILE, "mine")
    assert not door.tickets.use_up(ticket, OTHER)
    assert not door.tickets.use_up(ticket, FILE)


def test_a_ticket_ends_soon(door: Door) -> None:
    ticket, until = door.tickets.issue(FILE, "mine")
    door.clock.move(seconds=30)
    assert door.clock.now >= until
    assert not door.tickets.use_up(ticket, FILE)
    ticket, _ = door.tickets.issue(FILE, "mine")
    door.clock.move(seconds=20)
    assert door.tickets.use_up(ticket, FILE)


def test_a_ticket_ends_with_its_session(door: Door) -> None:
    ticket, _ = door.tickets.issue(FILE, "mine")
    door.sessions.clear()
    assert not door.tickets.use_up(ticket, FILE)


@pytest.mark.parametrize("made_up", ["", "x", "\ud800", "a" * 5000])
def test_what_was_never_issued_opens_nothing(door: Door, made_up: str) -> None:
    door.tickets.issue(FILE, "mine")
    assert not door.tickets.use_up(made_up, FILE)
