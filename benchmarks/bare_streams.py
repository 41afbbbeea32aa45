"""The peer of the streams: gunicorn with gevent holding answers open that say nothing, and nothing else."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import gevent  # type: ignore[import-untyped]  # it brings no types


def app(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with an event and then keep quiet."""
    start_response("200 OK", [("Content-Type", "text/event-stream")])
    return _quiet()


def _quiet() -> Iterator[bytes]:
    yield b"event: line\ndata: {}\n\n"
    while True:
        gevent.sleep(15)
        yield b": still here\n\n"
