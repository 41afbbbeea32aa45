"""A line between agent and cloud that passes on so many bytes, in both directions together, and no more.

The byte at which it stops can be any: in the middle of a request, or of an answer.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

PATIENCE_SECONDS = 60


class CountingLine:
    """Passes bytes on until the limit; then calls what it was given, and passes nothing more."""

    def __init__(self, cloud_url: str, limit: int) -> None:
        address = urlsplit(cloud_url)
        self._cloud = (address.hostname or "", address.port or 0)
        self._left = limit
        self._lock = threading.Lock()
        self._known = threading.Event()
        self._reached: Callable[[], None] = lambda: None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def when_reached(self, reached: Callable[[], None]) -> None:
        """Say what happens at the limit; no byte passes before this is said."""
        self._reached = reached
        self._known.set()

    def start(self) -> None:
        self._threads[0].start()

    def stop(self) -> None:
        self._known.set()
        with contextlib.suppress(OSError):  # nobody accepts any more
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._threads[0].join()
        for end in self._open:
            with contextlib.suppress(OSError):  # it is closed already by the other side
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._open:
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(self._cloud)
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                thread = threading.Thread(target=self._pass_on, args=(one, other))
                self._threads.append(thread)
                thread.start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        self._known.wait(PATIENCE_SECONDS)
        with contextlib.suppress(OSError):  # one of the two is gone, and so is this line
            while data := one.recv(1 << 16):
                allowed, reached = self._take(len(data))
                other.sendall(data[:allowed])
                if reached:
                    self._reached()
                if allowed < len(data):
                    break
            other.shutdown(socket.SHUT_WR)

    def _take(self, length: int) -> tuple[int, bool]:
        """Return how many of these bytes may pass, and whether the last one that may is among them."""
        with self._lock:
            allowed = min(length, self._left)
            reached = 0 < self._left <= length
            self._left -= allowed
            return allowed, reached


@contextmanager
def counting_line(cloud_url: str, limit: int) -> Iterator[CountingLine]:
    line = CountingLine(cloud_url, limit)
    line.start()
    try:
        yield line
    finally:
        line.stop()
