"""Ending by a signal, whatever the main thread is busy with.

A handler written in Python runs only when the main thread comes back to Python, which it does not while a
window's own loop holds it. The number of the signal is therefore read from a socket by a thread.
"""

import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType

SIGNALS = tuple(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if (number := getattr(signal, name, None))
)


def on_signal(end: Callable[[int], None]) -> None:
    """Call ``end`` with the signal's number, on a thread of its own, once. Call this on the main thread."""
    told, telling = socket.socketpair()
    telling.setblocking(False)
    signal.set_wakeup_fd(telling.fileno(), warn_on_full_buffer=False)
    for number in SIGNALS:
        signal.signal(number, _nothing_more)

    def wait() -> None:
        # The sockets stay open as long as this thread, which is as long as the process.
        with told, telling:
            end(told.recv(1)[0])

    threading.Thread(target=wait, name="signals", daemon=True).start()


def _nothing_more(_number: int, _frame: FrameType | None) -> None:
    """Stand in for the default, which would end the process at once; the thread is told by the socket."""
