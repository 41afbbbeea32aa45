"""How often each kind of page was asked for, and how many at once."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from demo.portal.faults import Page


class Counters:
    """Counts of a running site. Any thread."""

    def __init__(self) -> None:
        """Start at zero."""
        self._lock = threading.Lock()
        self._pages: Counter[str] = Counter()
        self._now = 0
        self._most = 0

    @contextmanager
    def serving(self, page: Page) -> Iterator[None]:
        """Count a page for as long as it is being served."""
        with self._lock:
            self._pages[page.value] += 1
            self._now += 1
            self._most = max(self._most, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1

    def snapshot(self) -> dict[str, object]:
        """Return ``{"pages": {kind: count}, "max_concurrent": n}``."""
        with self._lock:
            return {"pages": dict(self._pages), "max_concurrent": self._most}
