"""Asking a page again and again, at first often and then less."""

import time
from collections.abc import Callable
from typing import Any

_FIRST_SECONDS = 0.01
_SLOWEST_SECONDS = 0.1


def poll(
    look: Callable[[], Any], seconds: float, pause: Callable[[float], None], enough: Callable[[], bool]
) -> Any:
    """Look until something is found; return nothing when the time is up or something else is enough."""
    deadline = time.monotonic() + seconds
    interval = _FIRST_SECONDS
    while True:
        found = look()
        if found or enough() or time.monotonic() > deadline:
            return found or None
        pause(interval)
        interval = min(interval * 1.5, _SLOWEST_SECONDS)
