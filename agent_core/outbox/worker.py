"""The thread that steps the relay: at once when something was recorded, and until it is told to stop."""

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog

from agent_core.logs import fault_of

AFTER_A_FAULT = timedelta(seconds=5)


class RelayWorker:
    """Runs ``step`` on a thread of its own."""

    def __init__(
        self,
        step: Callable[[], timedelta],
        recorded: Callable[[], int],
        wait: Callable[[int, float], int],
    ) -> None:
        """Keep the parts; nothing runs before ``start``.

        Args:
            step: one step of the relay; returns how long nothing is due for.
            recorded: how many records were written so far.
            wait: waits until more were written than the number it is given, at most so many seconds.
        """
        self._step = step
        self._recorded = recorded
        self._wait = wait
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let the thread end at its next look; whoever calls this then wakes it by a record."""
        self._stopping.set()

    def join(self, timeout_seconds: float) -> bool:
        """Wait for the thread's end; tell whether it ended."""
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            seen = self._recorded()
            pause = self._step_safely()
            if pause and not self._stopping.is_set():
                self._wait(seen, pause.total_seconds())

    def _step_safely(self) -> timedelta:
        try:
            return self._step()
        except Exception as error:  # noqa: BLE001 - a full disk or a fault of ours must not end the relay
            structlog.get_logger().error("relay_step_failed", **fault_of(error))
            return AFTER_A_FAULT
