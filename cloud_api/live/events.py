"""An answer that goes on: server-sent events, each told as it happens."""

from collections.abc import Callable, Iterator

from flask import Response


class _Events:
    """The body of a stream. It is all that is kept of the answer while the stream lasts."""

    __slots__ = ("_body", "_ended")

    def __init__(self, body: Iterator[bytes], ended: Callable[[], None]) -> None:
        self._body = body
        self._ended = ended

    def __iter__(self) -> "_Events":
        return self

    def __next__(self) -> bytes:
        return next(self._body)

    def close(self) -> None:
        """Called by the server when the answer is over, even if nothing of it was read."""
        self._ended()


def event_stream(body: Iterator[bytes], ended: Callable[[], None]) -> Response:
    """Return the answer of a stream.

    Args:
        body: whole events and comments.
        ended: called once when the reader or the server is done with it.
    """
    events = _Events(body, ended)
    headers = {"X-Accel-Buffering": "no"}
    return Response(events, mimetype="text/event-stream", headers=headers, direct_passthrough=True)
