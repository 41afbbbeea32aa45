import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from cloud_api.errors import DatabaseUnavailable
from cloud_api.live.watch import Subject, Watch

OFFICE = uuid4()
JOB, OTHER = Subject("job", OFFICE, uuid4()), Subject("job", OFFICE, uuid4())
OFFICES = Subject("office", OFFICE, OFFICE)
PATIENCE = 30.0


class Marks:
    """A database that tells marks, and counts who asks."""

    def __init__(self) -> None:
        self.marks: dict[Subject, str] = {}
        self.transactions = 0
        self.statements: list[str] = []
        self.is_away = False

    @contextmanager
    def anonymous(self) -> Iterator["Marks"]:
        if self.is_away:
            raise DatabaseUnavailable
        self.transactions += 1
        yield self

    def all(self, query: bytes, params: dict[str, Any], row: type[Any]) -> list[Any]:
        kind = query.decode()
        self.statements.append(kind)
        wanted = zip(params["offices"], params["ids"], strict=True)
        found = [Subject(kind, office, subject) for office, subject in wanted]
        return [row(*subject[1:], self.marks[subject]) for subject in found if subject in self.marks]


def watch_of(marks: Marks, seconds: float = 1000.0, stopping: threading.Event | None = None) -> Watch:
    kinds = {"job": b"job", "office": b"office"}
    return Watch(marks, kinds, stopping or threading.Event(), seconds)  # type: ignore[arg-type]  # what it uses


def still(marks: Marks) -> Watch:
    """Return a watch that looks only when it is told to."""
    watch = watch_of(marks)
    watch._looking = True
    return watch


def test_the_marks_of_all_are_one_question_however_many_wait() -> None:
    marks = Marks()
    marks.marks = {JOB: "1", OTHER: "1", OFFICES: "1"}
    watch = still(marks)
    with watch.watching(JOB, OFFICES) as one, watch.watching(JOB) as two, watch.watching(OTHER) as three:
        watch.look()
        assert (marks.transactions, sorted(marks.statements)) == (1, ["job", "office"])
        assert one.wait(0) == {JOB, OFFICES}
        assert two.wait(0) == {JOB}
        assert three.wait(0) == {OTHER}
        assert one.mark(JOB) == "1"


def test_only_who_waits_for_what_changed_is_woken_and_once() -> None:
    marks = Marks()
    marks.marks = {JOB: "1", OTHER: "1"}
    watch = still(marks)
    with watch.watching(JOB) as one, watch.watching(OTHER) as other:
        watch.look()
        one.wait(0), other.wait(0)
        marks.marks[JOB] = "2"
        watch.look()
        watch.look()
        assert one.wait(0) == {JOB}
        assert one.wait(0) == other.wait(0) == frozenset()


def test_the_first_mark_wakes_because_something_may_have_happened_before_it() -> None:
    marks = Marks()
    watch = still(marks)
    with watch.watching(JOB) as watcher:
        watch.look()
        assert watcher.wait(0) == frozenset()
        marks.marks[JOB] = "1"
        watch.look()
        assert watcher.wait(0) == {JOB}


def test_nothing_is_remembered_of_what_nobody_waits_for() -> None:
    marks = Marks()
    marks.marks = {JOB: "1"}
    watch = still(marks)
    with watch.watching(JOB):
        watch.look()
    assert watch.watched() == frozenset()
    assert watch.mark(JOB) == ""
    watch.look()
    assert marks.transactions == 1, "nothing is asked when nobody waits"


def test_its_thread_wakes_and_gets_over_a_database_that_is_away() -> None:
    marks = Marks()
    marks.is_away = True
    watch = watch_of(marks, seconds=0.01)
    with watch.watching(JOB) as watcher:
        assert watcher.wait(0.05) == frozenset()
        marks.marks, marks.is_away = {JOB: "1"}, False
        assert watcher.wait(PATIENCE) == {JOB}


@pytest.mark.parametrize("early", [True, False])
def test_a_server_that_stops_lets_everybody_go(early: bool) -> None:
    stopping = threading.Event()
    watch = watch_of(Marks(), seconds=1000.0, stopping=stopping)
    if early:
        stopping.set()
    else:
        threading.Timer(0.05, stopping.set).start()
    with watch.watching(JOB) as watcher:
        waiting = threading.Thread(target=watcher.wait, args=[PATIENCE], daemon=True)
        waiting.start()
        waiting.join(PATIENCE / 2)
        assert not waiting.is_alive()


def test_watching_begins_again_after_nobody_watched() -> None:
    marks = Marks()
    marks.marks = {JOB: "1"}
    watch = watch_of(marks, seconds=0.01)
    for _ in range(3):
        with watch.watching(JOB) as watcher:
            assert watcher.wait(PATIENCE) == {JOB}
