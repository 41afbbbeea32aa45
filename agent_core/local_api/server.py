"""The socket on 127.0.0.1 and the threads that answer on it."""

import logging
import socket
import sys
import threading
from typing import Any
from wsgiref.types import WSGIApplication

from waitress.server import create_server

LARGEST_BODY = 32 * 1024 * 1024
"""Above this the connection is cut; the application itself refuses far less with a reason."""


def open_socket(preferred_port: int) -> socket.socket:
    """Listen on the preferred port of 127.0.0.1, or on a free one when it is taken or 0."""
    for port in (preferred_port, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        _claim_alone(listening)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError:
            listening.close()
            if port == 0:
                raise
        else:
            return listening
    raise AssertionError("unreachable")


def _claim_alone(listening: socket.socket) -> None:
    if sys.platform == "win32":  # there SO_REUSEADDR would let another program take the port over
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


class LocalServer:
    """Answers on a socket until it is stopped."""

    def __init__(self, app: WSGIApplication, listening: socket.socket, threads: int) -> None:
        """Take the socket over; nothing is answered before ``start``."""
        # Its remarks on busy threads would go to the standard error of somebody who never asked.
        logging.getLogger("waitress").addHandler(logging.NullHandler())
        self._channels: dict[int, Any] = {}
        self._server = create_server(
            app,
            map=self._channels,
            sockets=[listening],
            threads=threads,
            ident="",
            asyncore_use_poll=True,
            channel_request_lookahead=1,  # so that a stream learns that its reader is gone
            max_request_body_size=LARGEST_BODY,
            clear_untrusted_proxy_headers=True,
        )
        self._thread = threading.Thread(target=self._server.run, name="local-api", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self, timeout_seconds: float) -> bool:
        """Stop answering and hang up; tell whether the thread ended in time."""
        self._server.close()
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=timeout_seconds / 2)
        for channel in list(self._channels.values()):
            channel.close()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()
