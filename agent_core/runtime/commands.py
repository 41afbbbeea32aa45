"""Work for one thread, handed in by others, done in order."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as NotYet
from typing import Any, TypeVar

from agent_core.errors import RequestError
from protocol.reasons import Reason

Result = TypeVar("Result")


class Commands:
    """A queue whose owner takes one command at a time; any thread may hand one in and wait for it."""

    def __init__(self) -> None:
        """Begin empty and open."""
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._changed = threading.Condition()
        self._nudged = False
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is taken."""
        return self._closed

    def call(self, work: Callable[[], Result], timeout_seconds: float) -> Result | None:
        """Have the work done on the owner's thread; return its result, or nothing if it takes longer.

        Work that takes longer goes on.

        Raises:
            RequestError: the agent is closing.
        """
        future: Future[Result] = Future()
        with self._changed:
            if self._closed:
                raise RequestError(Reason.AGENT_STOPPING)
            self._waiting.append((future, work))
            self._changed.notify_all()
        try:
            return future.result(timeout_seconds)
        except NotYet:
            return None
        except CancelledError as error:
            raise RequestError(Reason.AGENT_STOPPING) from error

    def nudge(self) -> None:
        """Let the owner look around at once."""
        with self._changed:
            self._nudged = True
            self._changed.notify_all()

    def run_next(self, timeout_seconds: float) -> None:
        """Do the next command; without one, wait for a command or a nudge, at most so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._nudged or self._closed, timeout_seconds)
            self._nudged = False
            if not self._waiting:
                return
            future, work = self._waiting.popleft()
        _do(future, work)

    def close(self) -> None:
        """Take nothing more; whoever waits is told that the agent is closing."""
        with self._changed:
            self._closed = True
            left = list(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
        for future, _ in left:
            future.cancel()


def _do(future: Future[Any], work: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - it is raised again where somebody waits for it
        future.set_exception(error)
    else:
        future.set_result(result)
