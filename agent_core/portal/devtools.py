"""One tab's own line to the browser: DevTools commands, and what the tab tells meanwhile.

The driver passes the commands of all windows on one after the other; with a line for each tab they work at
the same time, and one whose page does not answer holds up nobody else.
"""

import json
import socket
import time
from collections.abc import Callable, Mapping
from typing import Any

import websocket

_CONNECT_SECONDS = 10.0

Heed = Callable[[str, Mapping[str, Any]], None]
"""Is told an event's name and parameters."""


class LineClosedError(Exception):
    """The tab is closed, or the browser is gone."""


class NoAnswerError(Exception):
    """The tab did not answer in time."""


class RefusedError(Exception):
    """The browser did not do what it was told to; its words name no person."""


class Line:
    """A connection to one tab. One thread."""

    def __init__(self, address: str, target: str, heed: Heed) -> None:
        """Connect.

        Args:
            address: the browser's door, ``host:port`` on this computer.
            target: the tab's handle.
            heed: is told every event while an answer or news is waited for; it may call ``tell``.

        Raises:
            LineClosedError: there is no such tab, or no browser.
        """
        self._heed = heed
        self._number = 0
        host, _, port = address.rpartition(":")
        try:
            # Our own socket, because the library would ask a proxy of the environment for this computer.
            direct = socket.create_connection((host, int(port)), timeout=_CONNECT_SECONDS)
            direct.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket = websocket.create_connection(
                f"ws://{address}/devtools/page/{target}",
                timeout=_CONNECT_SECONDS,
                socket=direct,
                suppress_origin=True,
                skip_utf8_validation=True,
            )
        except (OSError, ValueError, websocket.WebSocketException) as error:
            raise LineClosedError(type(error).__name__) from error

    def tell(self, command: str, **parameters: Any) -> int:
        """Send a command without waiting for what comes of it, and return its number.

        Raises:
            LineClosedError: the tab is closed.
        """
        self._number += 1
        message = json.dumps({"id": self._number, "method": command, "params": parameters})
        try:
            self._socket.send(message)
        except (OSError, websocket.WebSocketException) as error:
            raise LineClosedError(type(error).__name__) from error
        return self._number

    def call(self, command: str, deadline: float, **parameters: Any) -> Mapping[str, Any]:
        """Send a command and wait for its result, taking in events.

        Args:
            command: of the DevTools protocol.
            deadline: on the steady clock, in seconds.
            parameters: of the command.

        Raises:
            LineClosedError: the tab is closed.
            NoAnswerError: the deadline is over.
            RefusedError: the command failed.
        """
        number = self.tell(command, **parameters)
        while True:
            message = self._next(deadline)
            if message is None:
                raise NoAnswerError(command)
            if message.get("id") == number:
                if "error" in message:
                    raise RefusedError(str(message["error"].get("message", "")))
                result: Mapping[str, Any] = message.get("result", {})
                return result

    def listen(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Take in what the tab tells, for so long, or until it has told what was waited for.

        Raises:
            LineClosedError: the tab is closed.
        """
        deadline = time.monotonic() + seconds
        while not until() and self._next(deadline) is not None:
            pass

    def close(self) -> None:
        """Close the connection; the tab stays."""
        self._socket.shutdown()  # type: ignore[no-untyped-call]  # the library's has no types

    def _next(self, deadline: float) -> Mapping[str, Any] | None:
        """Return the next message; nothing when none has come by the deadline."""
        left = deadline - time.monotonic()
        self._socket.settimeout(max(left, 0.0005))
        try:
            text = self._socket.recv()
        except websocket.WebSocketTimeoutException:
            return None  # a part of a message that has come is kept
        except (OSError, websocket.WebSocketException) as error:
            raise LineClosedError(type(error).__name__) from error
        if not text:
            raise LineClosedError("closed")
        message: Mapping[str, Any] = json.loads(text)
        if "method" in message:
            self._heed(message["method"], message.get("params", {}))
        return message
