"""What is known of the browser: asked once at the start, and again when somebody may have changed it."""

import threading
from collections.abc import Callable

import structlog

from agent_core.ports import BrowserReport


class BrowserCheck:
    """Remembers the report; any thread."""

    def __init__(self, look: Callable[[], BrowserReport]) -> None:
        """Look with this, which may take a second."""
        self._look = look
        self._lock = threading.Lock()
        self._report: BrowserReport | None = None

    def report(self) -> BrowserReport:
        """Return what is known, looking if nothing is."""
        with self._lock:
            return self._report if self._report is not None else self._look_now()

    def look_again(self) -> BrowserReport:
        """Look, whatever is known: a browser was installed, updated or removed."""
        with self._lock:
            return self._look_now()

    def check_before_connecting(self) -> BrowserReport:
        """Return the report, looking again only where it was bad: most logins find all well at once."""
        with self._lock:
            known = self._report
            return known if known is not None and known.reason is None else self._look_now()

    def begin(self) -> None:
        """Look on a thread of its own, so that nobody waits for it later."""
        threading.Thread(target=self.report, name="browser-check", daemon=True).start()

    def _look_now(self) -> BrowserReport:
        self._report = self._look()
        log = structlog.get_logger()
        if self._report.reason is None:
            log.info("browser_found", version=self._report.version)
        else:
            log.warning("browser_unfit", version=self._report.version, reason=self._report.reason.value)
        return self._report
