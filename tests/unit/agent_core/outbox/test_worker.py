"""The relay's thread goes on after a fault, wakes for a record, and ends when it is asked to."""

import threading
from datetime import timedelta

from agent_core.outbox.worker import RelayWorker


class Bell:
    """Counts records; whoever waits is woken by the next."""

    def __init__(self) -> None:
        self.count = 0
        self.changed = threading.Condition()

    def ring(self) -> None:
        with self.changed:
            self.count += 1
            self.changed.notify_all()

    def wait(self, seen: int, timeout_seconds: float) -> int:
        with self.changed:
            self.changed.wait_for(lambda: self.count != seen, timeout_seconds)
            return self.count


def test_it_steps_at_each_record_survives_a_fault_and_ends() -> None:
    bell, stepped = Bell(), threading.Semaphore(0)
    steps: list[int] = []

    def step() -> timedelta:
        steps.append(bell.count)
        stepped.release()
        if len(steps) == 1:
            raise RuntimeError("canary")
        return timedelta(hours=1)

    worker = RelayWorker(step, lambda: bell.count, bell.wait)
    worker.start()
    for _ in range(3):
        assert stepped.acquire(timeout=20)
        bell.ring()
    worker.ask_to_stop()
    bell.ring()
    assert worker.join(20)
    assert len(steps) >= 3
