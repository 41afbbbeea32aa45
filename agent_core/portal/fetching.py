"""Fetching many resumes at once: who is taken when, what is done by hand, and how it ends early.

Everything that the caller gives is asked on the caller's thread; only visits run on others.
"""

import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal.gate import LOOK_SECONDS, Gate
from agent_core.portal.straight import ByHandError, Site
from agent_core.portal.tab import Tab
from agent_core.ports import Fetched, FetchedResume, Listing, Stop
from protocol.reasons import Reason

_STOPS_ALL = frozenset({Reason.PORTAL_BLOCKED})
"""After one of these the portal is asked for nothing more."""


@dataclass(frozen=True)
class Ways:
    """How a resume is fetched.

    Attributes:
        open_tab: opens a tab; any thread.
        straight: fetches in a tab; any thread. It raises `ByHandError` for those whom it cannot fetch.
        by_hand: fetches in a window, on the caller's thread, while nobody else is visited.
    """

    open_tab: Callable[[], Tab]
    straight: Callable[[Tab, Listing], FetchedResume]
    by_hand: Callable[[Listing], FetchedResume]


class Fetching:
    """One call of `ports.PortalSession.fetch_all`."""

    def __init__(self, ways: Ways, site: Site, gate: Gate, at_once: int) -> None:
        """Prepare; nothing is opened before it is needed.

        Args:
            ways: how.
            site: what is learnt on the way.
            gate: open; it is shut when somebody wants nothing more.
            at_once: the most people that are visited at the same time.
        """
        self._ways = ways
        self._site = site
        self._gate = gate
        self._at_once = at_once
        self._idle: queue.SimpleQueue[Tab] = queue.SimpleQueue()
        self._tabs: list[Tab] = []
        self._running: dict[Future[FetchedResume], Listing] = {}
        self._by_hand: deque[Listing] = deque()
        self._ready: deque[Fetched] = deque()

    def run(self, listings: Iterable[Listing], stop: Stop) -> Iterator[Fetched]:
        """Fetch these people; see the port."""
        pool = ThreadPoolExecutor(self._at_once, thread_name_prefix="portal-tab")
        try:
            source: Iterator[Listing] | None = iter(listings)
            while True:
                if source is not None and not self._fill(pool, source):
                    source = None
                if self._ready:
                    yield self._ready.popleft()
                elif self._running:
                    self._await(stop)
                elif self._by_hand:
                    yield self._fetched_by_hand(self._by_hand.popleft())
                elif source is None:
                    return
        finally:
            self._end(pool)

    def _end(self, pool: ThreadPoolExecutor) -> None:
        self._gate.shut(Reason.JOB_INTERRUPTED)
        with suppress(PortalSessionError):  # else the tabs are gone with the browser
            for tab in list(self._tabs):  # a visit that still runs ends with its tab
                tab.abandon()
        pool.shutdown()
        with suppress(PortalSessionError):
            for tab in self._tabs:
                tab.close()

    def _width(self) -> int:
        """Return how many may be visited now: one until it is known that addresses name people."""
        return self._at_once if self._site.addresses.name_the_person else 1

    def _fill(self, pool: ThreadPoolExecutor, source: Iterator[Listing]) -> bool:
        """Take people as long as they can be visited at once; tell whether there are more."""
        while not self._by_hand and len(self._running) < self._width():
            listing = next(source, None)
            if listing is None:
                return False
            if self._site.addresses.name_the_person is False:
                self._by_hand.append(listing)
            else:
                self._running[pool.submit(self._visit, listing)] = listing
        return True

    def _visit(self, listing: Listing) -> FetchedResume:
        try:
            tab = self._idle.get_nowait()
        except queue.Empty:
            tab = self._ways.open_tab()
            self._tabs.append(tab)
        try:
            resume = self._ways.straight(tab, listing)
        except PortalError:
            self._leave(tab)
            raise
        except ByHandError:
            self._idle.put(tab)
            raise
        self._idle.put(tab)
        return resume

    def _leave(self, tab: Tab) -> None:
        """Close a tab whose page was not as it should be: it may still act on the next person's."""
        self._tabs.remove(tab)
        with suppress(PortalSessionError):
            tab.close()

    def _await(self, stop: Stop) -> None:
        """Wait a little for somebody to be done, and ask whether more is wanted."""
        done, _ = wait(self._running, LOOK_SECONDS, FIRST_COMPLETED)
        for future in done:
            listing = self._running.pop(future)
            try:
                self._ready.append(Fetched(listing, future.result()))
            except ByHandError:
                self._by_hand.append(listing)
            except PortalError as error:
                self._ready.append(self._failed(listing, error))
        reason = stop()
        if reason is not None:
            self._gate.shut(reason)

    def _fetched_by_hand(self, listing: Listing) -> Fetched:
        try:
            return Fetched(listing, self._ways.by_hand(listing))
        except PortalError as error:
            return self._failed(listing, error)

    def _failed(self, listing: Listing, error: PortalError) -> Fetched:
        if error.reason in _STOPS_ALL:
            self._gate.shut(error.reason)
        return Fetched(listing, error=error)
