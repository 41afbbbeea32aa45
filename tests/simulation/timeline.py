"""Simulated time: tasks that take turns on one thread, in an order that a seed alone decides.

A task is a greenlet, so that the product's own loops run as they are: where they would wait for a network, a
clock or another thread, they wait here. Nothing else switches tasks, and at one moment chance decides who is
next. The trace of a run is hashed; equal seeds give equal hashes.
"""

import contextlib
import heapq
from collections.abc import Callable
from hashlib import sha256
from random import Random
from typing import cast

import greenlet  # type: ignore[import-untyped]  # it has no types

Work = Callable[[], object]
_LONG = 1e6


class Task:
    """One activity; it sleeps or waits until the timeline switches to it."""

    def __init__(self, name: str, work: Work, hub: greenlet.greenlet) -> None:
        self.name = name
        self.wakes = 0
        self.greenlet = greenlet.greenlet(work, hub)

    @property
    def is_over(self) -> bool:
        return bool(self.greenlet.dead)

    def kill(self, *expected: type[BaseException]) -> None:
        """End it where it is; only from outside of any task. What it raises on its way out is expected."""
        self.wakes += 1
        while not self.is_over:
            with contextlib.suppress(*expected):
                self.greenlet.throw(greenlet.GreenletExit)


class Signal:
    """Tasks wait for it; setting it wakes all of them."""

    def __init__(self, timeline: "Timeline") -> None:
        self._timeline = timeline
        self._waiting: list[tuple[Task, int]] = []

    def wait(self, seconds: float) -> None:
        """Wait until it is set, at most so long."""
        task = self._timeline.current
        self._waiting.append((task, task.wakes + 1))
        self._timeline.sleep(seconds)

    def set(self) -> None:
        waiting, self._waiting = self._waiting, []
        for task, wakes in waiting:
            if task.wakes == wakes:
                self._timeline.wake(task)


class Timeline:
    """The time, and who is next.

    Attributes:
        now: seconds since the start of the run.
        failures: what ended a task that nobody expected to end so.
    """

    def __init__(self, seed: int, keep_trace: bool = False) -> None:
        self.chance = Random(seed)
        self.now = 0.0
        self.failures: list[tuple[str, BaseException]] = []
        self.lines: list[str] | None = [] if keep_trace else None
        self._hash = sha256()
        self._hub = greenlet.getcurrent()
        self._due: list[tuple[float, float, int, Task | Work, int]] = []
        self._count = 0
        self._tasks: dict[greenlet.greenlet, Task] = {}
        self._crashes: tuple[type[BaseException], ...] = ()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    @property
    def current(self) -> Task:
        return self._tasks[greenlet.getcurrent()]

    @property
    def in_a_task(self) -> bool:
        return greenlet.getcurrent() in self._tasks

    def expect(self, *errors: type[BaseException]) -> None:
        """Let these end a task without being a failure."""
        self._crashes = errors

    def say(self, line: str) -> None:
        """Add a line to the trace."""
        text = f"{self.now:.6f} {line}"
        self._hash.update(text.encode())
        if self.lines is not None:
            self.lines.append(text)

    def spawn(self, name: str, work: Work) -> Task:
        """Begin a task now."""
        task = Task(name, work, self._hub)
        self._tasks[task.greenlet] = task
        self.wake(task)
        return task

    def later(self, seconds: float, work: Work) -> None:
        """Do something short at a later time, outside of any task: it may kill tasks and must not sleep."""
        self._push(self.now + seconds, work, 0)

    def sleep(self, seconds: float) -> None:
        """Let others take turns for so long."""
        task = self.current
        task.wakes += 1
        self._push(self.now + seconds, task, task.wakes)
        self._hub.switch()

    def pause(self) -> None:
        """Be overtaken, perhaps: what the system's own scheduler may do between any two steps."""
        if greenlet.getcurrent() in self._tasks and self.chance.random() < 0.3:
            self.sleep(self.chance.random() * 0.05)

    def wake(self, task: Task) -> None:
        task.wakes += 1
        self._push(self.now, task, task.wakes)

    def run_until(self, end: float) -> None:
        """Let everything happen up to this time."""
        while self._due and self._due[0][0] <= end:
            self.now, _, _, what, wakes = heapq.heappop(self._due)
            if not isinstance(what, Task):
                what()
            elif what.wakes == wakes and not what.is_over:
                self._switch_to(what)
        self.now = end

    def kill_all(self) -> None:
        """End every task that is not over."""
        for task in list(self._tasks.values()):
            task.kill(*self._crashes)
        self._tasks.clear()
        self._due.clear()

    def _switch_to(self, task: Task) -> None:
        try:
            task.greenlet.switch()
        except self._crashes:
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what the run found
            self.failures.append((task.name, error))
        if task.greenlet.dead:
            self._tasks.pop(task.greenlet, None)

    def _push(self, at: float, what: Task | Work, wakes: int) -> None:
        self._count += 1
        heapq.heappush(self._due, (at, self.chance.random(), self._count, what, wakes))


class SimulatedEvent:
    """What `threading.Event` is to a loop that waits on it."""

    def __init__(self, timeline: Timeline) -> None:
        self._signal = Signal(timeline)
        self._is_set = False

    def set(self) -> None:
        self._is_set = True
        self._signal.set()

    def clear(self) -> None:
        self._is_set = False

    def is_set(self) -> bool:
        return self._is_set

    def wait(self, seconds: float) -> bool:
        if not self._is_set:
            self._signal.wait(seconds)
        return self._is_set


class SimulatedLock:
    """What `threading.Lock` is, in a ``with``, among tasks instead of threads."""

    def __init__(self, timeline: Timeline) -> None:
        self._freed = Signal(timeline)
        self._is_taken = False

    def __enter__(self) -> None:
        while self._is_taken:
            self._freed.wait(_LONG)
        self._is_taken = True

    def __exit__(self, *_: object) -> None:
        self._is_taken = False
        self._freed.set()


class SimulatedCommands:
    """What `agent_core.runtime.commands.Commands` is, among tasks instead of threads."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._changed = Signal(timeline)
        self._waiting: list[dict[str, object]] = []
        self._nudged = False
        self.is_closed = False

    def call(self, work: Work, timeout_seconds: float) -> object:
        order: dict[str, object] = {"work": work, "done": Signal(self._timeline)}
        self._waiting.append(order)
        self._changed.set()
        cast("Signal", order["done"]).wait(timeout_seconds)
        if "error" in order:
            raise cast("Exception", order["error"])
        return order.get("result")

    def nudge(self) -> None:
        self._nudged = True
        self._changed.set()

    def run_next(self, timeout_seconds: float) -> None:
        if not (self._waiting or self._nudged or self.is_closed):
            self._changed.wait(timeout_seconds)
        self._nudged = False
        if not self._waiting:
            return
        order = self._waiting.pop(0)
        try:
            order["result"] = cast("Work", order["work"])()
        except Exception as error:  # noqa: BLE001 - it is raised again where somebody waits for it
            order["error"] = error
        cast("Signal", order["done"]).set()

    def close(self) -> None:
        self.is_closed = True
        self._changed.set()
