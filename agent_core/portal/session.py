"""The portal session: `ports.PortalSession` over a real browser."""

import time
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import structlog

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal import login
from agent_core.portal.browser import Browser, BrowserOptions, start_browser
from agent_core.portal.pace import Pace
from agent_core.portal.pages.candidate_list import ListPage
from agent_core.portal.pages.dashboard import Dashboard
from agent_core.portal.pages.details import DetailsPage
from agent_core.portal.pages.login_page import LoginPage
from agent_core.portal.pages.resume_page import ResumePage
from agent_core.portal.visits import Visitor
from agent_core.ports import (
    Clock,
    Fetched,
    FetchedResume,
    Listing,
    PortalCredentials,
    SessionSnapshot,
    SessionState,
    Stop,
    go_on,
)
from agent_core.settings import PortalSettings
from protocol.reasons import Reason

log = structlog.get_logger()

_OF_ONE_LIST = frozenset({Reason.PORTAL_CHANGED, Reason.PORTAL_SLOW, Reason.PORTAL_SERVER_ERROR})
"""With one of these the other lists can still be walked."""


class SeleniumPortalSession:
    """Drives the portal in a browser of its own. Every method but ``snapshot`` on one and the same thread."""

    def __init__(self, settings: PortalSettings, browser: BrowserOptions, clock: Clock) -> None:
        """Nothing is started before `start`.

        Args:
            settings: the portal's addresses and limits.
            browser: how the browser is started.
            clock: tells when a code runs out.
        """
        self._settings = settings
        self._options = browser
        self._clock = clock
        self._stored = SessionSnapshot()
        self._browser: Browser | None = None
        self._visitor: Visitor | None = None
        self._credentials: PortalCredentials | None = None
        self._walking = False

    def snapshot(self) -> SessionSnapshot:
        """See `ports.PortalSession`."""
        return login.view(self._stored, self._clock())

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        """See `ports.PortalSession`."""
        self._credentials = credentials
        return self._send_code()

    def resend_otp(self) -> SessionSnapshot:
        """See `ports.PortalSession`."""
        if self._credentials is None:
            return self._say(login.Refused(Reason.LOGIN_NOT_CONNECTED))
        return self._send_code()

    def verify_otp(self, otp: str) -> SessionSnapshot:
        """See `ports.PortalSession`."""
        self._say(login.HandedIn(self._clock()))
        if self._stored.state is not SessionState.VERIFYING:
            return self.snapshot()
        assert self._credentials is not None  # noqa: S101 - a code was sent with them
        try:
            return self._say(self._login_page().hand_in(otp, self._credentials))
        except PortalError as error:
            return self._say(self._ending(error) or login.Refused(error.reason))

    def check_health(self) -> SessionSnapshot:
        """See `ports.PortalSession`; while the lists are being walked nothing is looked at."""
        if self._stored.state is not SessionState.CONNECTED or self._walking:
            return self.snapshot()
        try:
            Dashboard(self._visits(), self._settings.dashboard_url).open()
        except PortalError as error:
            return self._say(self._ending(error) or login.Troubled(error.reason))
        return self._say(login.Looked())

    def listings(self, rank: str, ship_type: str, stop: Stop = go_on) -> Iterator[Listing]:
        """See `ports.PortalSession`. A list that cannot be walked is told after the others were."""
        self._walking = True
        try:
            yield from self._listings(rank, ship_type)
        except PortalError as error:
            self._over(error)
            raise
        finally:
            self._walking = False

    def fetch(self, listing: Listing) -> FetchedResume:
        """See `ports.PortalSession`."""
        visitor = self._connected()
        try:
            DetailsPage(visitor).go_to_resume(listing.details_url)
            return ResumePage(visitor, self._hosts(listing.details_url)).take()
        except PortalSessionError as error:
            if error.reason is Reason.PORTAL_SESSION_ENDED:
                raise self._login_page_came() from error
            self._over(error)
            raise
        finally:
            self._back_to_one_window()

    def fetch_all(self, listings: Iterable[Listing], stop: Stop = go_on) -> Iterator[Fetched]:
        """See `ports.PortalSession`."""
        for listing in listings:
            try:
                fetched = Fetched(listing, self.fetch(listing))
            except PortalError as error:
                fetched = Fetched(listing, error=error)
            yield fetched

    def disconnect(self) -> None:
        """See `ports.PortalSession`."""
        self._credentials = None
        self._close()
        self._say(login.Disconnected())

    def _listings(self, rank: str, ship_type: str) -> Iterator[Listing]:
        visitor = self._connected()
        failed: PortalError | None = None
        for each in Dashboard(visitor, self._settings.dashboard_url).lists():
            try:
                yield from ListPage(visitor, each).listings(rank, ship_type)
            except PortalSessionError:
                raise
            except PortalError as error:
                if error.reason not in _OF_ONE_LIST:
                    raise
                failed = failed or error
        if failed is not None:
            raise failed

    def _send_code(self) -> SessionSnapshot:
        credentials = self._credentials
        assert credentials is not None  # noqa: S101 - both callers made sure
        self._say(login.Started())
        try:
            self._fresh_browser()
            refused = self._login_page().send_code(credentials)
        except PortalError as error:
            if error.reason is Reason.BROWSER_GONE:
                self._close()
            return self._say(login.Refused(error.reason), error.detail)
        if refused is not None:
            return self._say(refused)
        return self._say(login.CodeSent(self._clock(), self._settings.otp_seconds))

    def _fresh_browser(self) -> None:
        """Have a browser that knows no session; the one that runs is used again."""
        if self._browser is not None:
            try:
                self._browser.close_other_windows()
                self._browser.forget()
            except PortalError:
                self._close()  # it was closed by hand or died: a new one does
            else:
                return
        self._browser = start_browser(self._options, self._settings.page_timeout_seconds)
        self._visitor = Visitor(
            self._browser,
            Pace(self._settings.requests_per_second),
            seconds=self._settings.page_timeout_seconds,
            wait=time.sleep,
        )

    def _login_page(self) -> LoginPage:
        return LoginPage(self._visits(), self._settings.login_url, self._settings.dashboard_url)

    def _visits(self) -> Visitor:
        if self._visitor is None:
            raise PortalSessionError(Reason.LOGIN_NOT_CONNECTED)
        return self._visitor

    def _connected(self) -> Visitor:
        if self._stored.state is not SessionState.CONNECTED:
            ended = self._stored.state is SessionState.ENDED and self._stored.reason
            raise PortalSessionError(ended or Reason.LOGIN_NOT_CONNECTED)
        return self._visits()

    def _login_page_came(self) -> PortalError:
        """Tell one odd page from the end of the session: only the dashboard can say."""
        try:
            Dashboard(self._visits(), self._settings.dashboard_url).open()
        except PortalSessionError as error:
            self._over(error)
            if error.reason is Reason.PORTAL_SESSION_ENDED:
                return PortalSessionError(Reason.RESUME_LOGIN_PAGE)
            return error
        except PortalError as error:
            return error
        return PortalError(Reason.RESUME_LOGIN_PAGE)

    def _over(self, error: PortalError) -> None:
        ending = self._ending(error)
        if ending is not None:
            self._say(ending, error.detail)

    @staticmethod
    def _ending(error: PortalError) -> login.Over | None:
        return login.Over(error.reason) if isinstance(error, PortalSessionError) else None

    def _say(self, event: login.Event, detail: str = "") -> SessionSnapshot:
        self._stored = login.step(self._stored, event)
        reason = self._stored.reason
        log.info(
            "portal_session", state=self._stored.state.value, reason=reason and reason.value, detail=detail
        )
        return self.snapshot()

    def _hosts(self, details_url: str) -> list[str]:
        addresses = (self._settings.login_url, self._settings.dashboard_url, details_url)
        hosts = {(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses}
        return sorted(filter(None, hosts))

    def _back_to_one_window(self) -> None:
        if self._browser is not None and self._stored.state is SessionState.CONNECTED:
            self._browser.close_other_windows()

    def _close(self) -> None:
        if self._browser is not None:
            self._browser.close()
        self._browser = self._visitor = None
