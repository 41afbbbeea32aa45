"""Going to a page of the portal: politely, and looking what came before anything relies on it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal import responses, wording
from agent_core.portal.pace import Pace
from agent_core.portal.page import Page
from agent_core.portal.script import LOOK
from protocol.reasons import Reason

_ERROR_PAGE = "chrome-error:"
_TRIES = 3


@dataclass(frozen=True)
class Look:
    """What kind of page is open.

    Attributes:
        has_captcha: a page may have one at its edge; it counts where what is needed is missing.
        words: the first 20,000 characters that are visible.
    """

    url: str
    is_login: bool
    has_captcha: bool
    words: str


class Visitor:
    """Takes a page to the portal's addresses. One thread.

    Attributes:
        site_leaves_open: the last person's page was not closed, so that an open resume says nothing.
    """

    def __init__(self, page: Page, pace: Pace, *, seconds: float, wait: Callable[[float], None]) -> None:
        """Use this page.

        Args:
            page: the browser's tab.
            pace: the bucket to start with.
            seconds: how long a page may take.
            wait: sleeps; it may raise to end the wait.
        """
        self.page = page
        self.seconds = seconds
        self.site_leaves_open = False
        self._pace = pace
        self._wait = wait

    def go(
        self, url: str, *, login_is_wanted: bool = False, half: Reason = Reason.PORTAL_SERVER_ERROR
    ) -> Look:
        """Open an address and look.

        Args:
            url: of the portal.
            login_is_wanted: the login page is what should come.
            half: what it means when the connection ends before the page does.

        Raises:
            PortalSessionError: the login page came.
            PortalError: the portal did not give a page that can be used.
        """
        for _ in range(_TRIES):
            self.ask()
            self.page.open(url)
            if not self._hold():
                break
        return self.look(login_is_wanted=login_is_wanted, half=half)

    def ask(self) -> None:
        """Wait until the portal may be asked for one more page."""
        self._pace, seconds = self._pace.take(time.monotonic())
        if seconds > 0:
            self._wait(seconds)

    def _hold(self) -> bool:
        """Keep the pause that the portal asked for, and tell whether it is worth asking again after it."""
        pause = responses.pause(self.page.answer())
        if pause is None:
            return False
        self._pace = self._pace.hold(time.monotonic(), pause)
        return True

    def look(self, *, login_is_wanted: bool = False, half: Reason = Reason.PORTAL_SERVER_ERROR) -> Look:
        """See what is open, after a click too; the arguments are those of `go`.

        Raises:
            PortalSessionError: the login page came.
            PortalError: the page cannot be used.
        """
        self._hold()
        raw = self.page.run(LOOK)
        look = Look(raw["url"], raw["login"], raw["captcha"], raw["words"])
        if any(map(wording.says_blocked, self.page.alerts())):
            raise PortalError(Reason.PORTAL_BLOCKED)
        if look.url.startswith(_ERROR_PAGE):
            error = self.page.answer().error
            raise PortalError(responses.network_reason(error) or Reason.PORTAL_UNREACHABLE, error)
        if look.is_login and not login_is_wanted:
            raise PortalSessionError(Reason.PORTAL_SESSION_ENDED)
        reason = responses.trouble(self.page.answer())
        if reason is not None:
            raise PortalError(reason, f"HTTP {self.page.answer().status}")
        if self.page.answer().is_broken:
            raise PortalError(half, "the page ends in the middle")
        return look

    def missing(
        self, what: str, reason: Reason = Reason.PORTAL_CHANGED, *, login_is_wanted: bool = False
    ) -> PortalError:
        """Return the error for a page that lacks what it must have; the portal's own words go first."""
        look = self.look(login_is_wanted=True)
        if look.is_login and not login_is_wanted:
            return PortalSessionError(Reason.PORTAL_SESSION_ENDED)
        if look.has_captcha or wording.says_blocked(look.words):
            return PortalError(Reason.PORTAL_BLOCKED)
        return PortalError(reason, what)
