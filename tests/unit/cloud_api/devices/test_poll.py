"""How many computers wait at once is bounded; each has one seat, and its newest question counts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest

from cloud_api.auth.principal import Device
from cloud_api.devices.poll import AGAIN_SECONDS, SEATS_OF_ONE, Polls, Seats
from cloud_api.errors import NotSignedIn
from cloud_api.live.watch import Subject
from protocol.commands import Command, CommandKind, CommandList
from protocol.reasons import Reason

COMMAND = Command(command_id=uuid4(), kind=CommandKind.CONNECT_PORTAL)


class Watch:
    """Wakes whoever waits, as often and for what it is told."""

    def __init__(self, *changes: frozenset[Subject]) -> None:
        self.stopping = threading.Event()
        self.changes = list(changes)
        self.waited: list[float] = []
        self.watched: tuple[Subject, ...] = ()

    @contextmanager
    def watching(self, *subjects: Subject) -> Iterator["Watch"]:
        self.watched = subjects
        yield self

    def wait(self, seconds: float) -> frozenset[Subject]:
        self.waited.append(seconds)
        return self.changes.pop(0) if self.changes else frozenset()


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 10
        return self.now


def device() -> Device:
    return Device(uuid4(), uuid4(), uuid4())


def polls(watch: Watch, seats: int = 1) -> Polls:
    return Polls(watch, seats, Ticks())  # type: ignore[arg-type]  # a stand-in


def admitted() -> None:
    """Be let in."""


def test_without_a_free_seat_the_answer_comes_at_once() -> None:
    asking = polls(Watch(), seats=0)
    answer = asking.answer(device(), 25, CommandList, admitted)
    assert answer == CommandList(again_after_seconds=AGAIN_SECONDS)


def test_who_does_not_want_to_wait_needs_no_seat() -> None:
    watch = Watch()
    assert polls(watch, seats=0).answer(
        device(), 0, lambda: CommandList(commands=(COMMAND,)), admitted
    ).commands == (COMMAND,)
    assert watch.waited == []


def test_a_question_is_held_until_something_is_there() -> None:
    found = [CommandList(), CommandList(commands=(COMMAND,))]
    watch = Watch()
    asker = device()
    assert polls(watch).answer(asker, 25, lambda: found.pop(0), admitted).commands == (COMMAND,)
    assert len(watch.waited) == 1
    assert [subject.kind for subject in watch.watched] == ["commands", "access"]
    assert watch.watched[0].subject_id == asker.device_id


def test_a_wish_for_a_resume_ends_the_question_too() -> None:
    found = [CommandList(), CommandList(uploads_wanted=True)]
    assert polls(Watch()).answer(device(), 25, lambda: found.pop(0), admitted).uploads_wanted


def test_the_time_ends_and_the_seat_is_free_again() -> None:
    asking = polls(Watch())
    for _ in range(2):
        assert asking.answer(device(), 25, CommandList, admitted) == CommandList()


def test_a_server_that_stops_answers_nothing() -> None:
    watch = Watch()
    watch.stopping.set()
    assert polls(watch).answer(device(), 25, CommandList, admitted) == CommandList()
    assert len(watch.waited) == 1


def test_whoever_may_not_any_more_loses_the_question() -> None:
    asker = device()
    access = Subject("access", asker.organisation_id, asker.organisation_id)
    asked: list[int] = []

    def refused_later() -> None:
        asked.append(1)
        if len(asked) > 1:
            raise NotSignedIn(Reason.DEVICE_REVOKED)

    with pytest.raises(NotSignedIn):
        polls(Watch(frozenset({access}))).answer(asker, 25, CommandList, refused_later)


def test_a_newer_question_of_the_same_computer_counts() -> None:
    seats, one, other = Seats(2), UUID(int=1), UUID(int=2)
    first = seats.take(one)
    assert first is not None
    assert seats.is_newest(one, first)
    second = seats.take(one)
    assert second is not None
    assert not seats.is_newest(one, first)
    assert seats.take(other) is None
    seats.leave(one, first)
    assert seats.is_newest(one, second)
    assert seats.take(other) is not None


def test_an_old_question_never_passes_for_the_newest_again() -> None:
    seats, one = Seats(3), UUID(int=1)
    gone = seats.take(one)
    answered = seats.take(one)
    assert gone is not None
    assert answered is not None
    seats.leave(one, answered)
    newest = seats.take(one)
    assert newest is not None
    assert not seats.is_newest(one, gone)
    assert seats.is_newest(one, newest)


def test_one_computer_takes_only_so_many_seats() -> None:
    seats, one, other = Seats(SEATS_OF_ONE + 2), UUID(int=1), UUID(int=2)
    turns = [seats.take(one) for _ in range(SEATS_OF_ONE + 1)]
    assert turns.pop() is None
    assert None not in turns
    assert seats.take(other) is not None
    seats.leave(one, turns[0] or 0)
    assert seats.take(one) is not None
