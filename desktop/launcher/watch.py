"""Watching a start on probation until it can be judged."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from desktop.install.probation import SECONDS
from desktop.launcher.attempt import Attempt
from desktop.launcher.awake import AwakeTime
from desktop.launcher.decisions import Seen, Verdict, judge
from desktop.launcher.programs import Running

LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Watch:
    """How to watch.

    Attributes:
        now: a clock that never goes back, in seconds.
        sleep: lets so many seconds pass.
        seconds: of awake time, within which the report must be there.
    """

    now: Callable[[], float]
    sleep: Callable[[float], None]
    seconds: float = SECONDS

    def until_judged(self, running: Running, attempt: Attempt, end: "AskedToEnd") -> Verdict:
        """Look until it is clear how the start went."""
        awake = AwakeTime(self.now())
        while True:
            exit_code = running.poll()  # before the files: what it wrote last is seen then
            seen = Seen(
                attempt.checks(),
                attempt.has_left(),
                exit_code,
                awake.look(self.now()),
                end.is_asked,
            )
            verdict = judge(seen, self.seconds)
            if verdict is not None:
                return verdict
            self.sleep(LOOK_SECONDS)


class AskedToEnd:
    """Whether somebody asked the launcher to end; it hands that on to the program."""

    def __init__(self) -> None:
        """Nobody has."""
        self.is_asked = False
        self._running: Running | None = None

    def hand_on_to(self, running: Running) -> None:
        """Have this program asked too."""
        self._running = running
        if self.is_asked:
            running.ask_to_end()

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """Take a signal."""
        self.is_asked = True
        if self._running is not None:
            self._running.ask_to_end()


@contextmanager
def asked_to_end() -> Iterator[AskedToEnd]:
    """Listen to the signals by which a system or a person ends a program, while a block runs."""
    end = AskedToEnd()
    if threading.current_thread() is not threading.main_thread():
        yield end
        return
    names = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, end.ask) for number in numbers}
    try:
        yield end
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
