"""Ending by a signal, whatever the main thread is busy with."""

import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType

SIGNALS = tuple(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if (number := getattr(signal, name, None))
)
EXIT_CODE_OF_A_SIGNAL = 128
"""Added to the signal's number, as shells do."""


def interrupt_on_signals() -> None:
    """Let any of the signals end the main thread like Ctrl-C; only the first one, to spoil no cleaning up."""

    def interrupt(number: int, _frame: FrameType | None) -> None:
        _ignore_all()
        raise KeyboardInterrupt(number)

    for number in SIGNALS:
        signal.signal(number, interrupt)
    if hasattr(signal, "SIGTTIN"):
        # Started in the background of a terminal: reading the terminal fails then, instead of stopping us.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)


def call_on_signal(end: Callable[[int], None]) -> None:
    """Call ``end`` with the signal's number on a thread of its own, once. Call this on the main thread.

    A handler written in Python runs only when the main thread comes back to Python, which it does not while
    a window's own loop holds it. The number of the signal is therefore read from a socket by a thread.
    """
    told, telling = socket.socketpair()
    telling.setblocking(False)
    signal.set_wakeup_fd(telling.fileno(), warn_on_full_buffer=False)
    _ignore_all()

    def wait() -> None:
        # The sockets stay open as long as this thread, which is as long as the process.
        with told, telling:
            end(told.recv(1)[0])

    threading.Thread(target=wait, name="signals", daemon=True).start()


def _ignore_all() -> None:
    for number in SIGNALS:
        signal.signal(number, _nothing_more)


def _nothing_more(_number: int, _frame: FrameType | None) -> None:
    """Stand in for the default, which would end the process at once."""
