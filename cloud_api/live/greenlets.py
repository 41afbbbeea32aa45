"""For servers of greenlets: an open answer costs what its own greenlet has called, and not its request."""

from collections.abc import Callable, Iterable
from typing import Any

import gevent  # type: ignore[import-untyped]  # it brings no types

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def answering_beside(application: Application) -> Application:
    """Return the application so that it answers in a greenlet beside the one that sends the answer.

    A greenlet holds the memory of its deepest call for as long as it lives, and that of a stream lives for
    hours: 8 kB of each that nobody needs.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body: Iterable[bytes] = gevent.spawn(application, environ, start_response).get()
        return body

    return answer
