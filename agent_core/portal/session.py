"""The portal session: `ports.PortalSession` over a real browser."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

import structlog

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal import login
from agent_core.portal.browser import Browser, BrowserOptions, start_browser
from agent_core.portal.fetching import Fetching, Ways
from agent_core.portal.gate import Gate
from agent_core.portal.page import Page
from agent_core.portal.pages.candidate_list import ListPage
from agent_core.portal.pages.dashboard import Dashboard
from agent_core.portal.pages.login_page import LoginPage
from agent_core.portal.straight import Site, fetch_by_hand, fetch_straight
from agent_core.portal.tab import Tab
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
    """Drives the portal in a browser of its own. Every method but ``snapshot`` on one and the same thread.

    Attributes:
        site: what the downloads of this login have learnt of the portal.
    """

    def __init__(self, settings: Callable[[], PortalSettings], browser: BrowserOptions, clock: Clock) -> None:
        """Nothing is started before `start`.

        Args:
            settings: the portal's addresses and limits, as they are now; a download takes its limits from
                them when it starts.
            browser: how the browser is started.
            clock: tells when a code runs out.
        """
        self._settings = settings
        self._options = browser
        self._clock = clock
        self._stored = SessionSnapshot()
        self._browser: Browser | None = None
        self._gate = Gate(settings().requests_per_second)
        self._credentials: PortalCredentials | None = None
        self._walking = False
        self.site = Site(self._hosts())

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
            self._gate.open(self._settings().requests_per_second)
            Dashboard(self._visits(), self._settings().dashboard_url).open()
        except PortalError as error:
            return self._say(self._ending(error) or login.Troubled(error.reason))
        return self._say(login.Looked())

    def listings(self, rank: str, ship_type: str, stop: Stop = go_on) -> Iterator[Listing]:
        """See `ports.PortalSession`. A list that cannot be walked is told after the others were."""
        self._walking = True
        self._gate.open(self._settings().requests_per_second)
        try:
            yield from self._listings(rank, ship_type, stop)
        except PortalError as error:
            self._over(error)
            raise
        finally:
            self._walking = False

    def fetch_all(self, listings: Iterable[Listing], stop: Stop = go_on) -> Iterator[Fetched]:
        """See `ports.PortalSession`."""
        settings = self._settings()
        site = self._known_site()
        self._gate.open(settings.requests_per_second)
        ways = Ways(self._tab, partial(self._straight, site), partial(self._by_hand, site, stop))
        try:
            for fetched in Fetching(ways, site, self._gate, settings.concurrency).run(listings, stop):
                if self._stored.state is SessionState.CONNECTED and fetched.error is not None:
                    ended = PortalSessionError(Reason.PORTAL_SESSION_ENDED)
                    self._over(ended if site.has_ended else fetched.error)
                yield fetched
        finally:
            self._back_to_one_window()

    def disconnect(self) -> None:
        """See `ports.PortalSession`."""
        self._credentials = None
        self._close()
        self._say(login.Disconnected())

    def _listings(self, rank: str, ship_type: str, stop: Stop) -> Iterator[Listing]:
        self._alive()
        visitor = self._visits(stop)
        failed: PortalError | None = None
        for each in Dashboard(visitor, self._settings().dashboard_url).lists():
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
        self.site = Site(self._hosts())
        try:
            self._fresh_browser()
            refused = self._login_page().send_code(credentials)
        except PortalError as error:
            if error.reason is Reason.BROWSER_GONE:
                self._close()
            return self._say(login.Refused(error.reason), error.detail)
        if refused is not None:
            return self._say(refused)
        return self._say(login.CodeSent(self._clock(), self._settings().otp_seconds))

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
        self._browser = start_browser(self._options, self._page_seconds())

    def _login_page(self) -> LoginPage:
        settings = self._settings()
        self._gate.open(settings.requests_per_second)
        return LoginPage(self._visits(), settings.login_url, settings.dashboard_url)

    def _visits(self, stop: Stop = go_on) -> Visitor[Browser]:
        if self._browser is None:
            raise PortalSessionError(Reason.LOGIN_NOT_CONNECTED)
        settings = self._settings()
        return Visitor(
            self._browser,
            self._gate,
            seconds=settings.page_timeout_seconds,
            tagged=settings.tagged_pdfs,
            stop=stop,
        )

    def _page_seconds(self) -> float:
        return self._settings().page_timeout_seconds

    def _alive(self) -> Browser:
        """Return the browser of a session that lives."""
        if self._stored.state is not SessionState.CONNECTED or self._browser is None:
            ended = self._stored.state is SessionState.ENDED and self._stored.reason
            raise PortalSessionError(ended or Reason.LOGIN_NOT_CONNECTED)
        return self._browser

    def _known_site(self) -> Site:
        """Return what this login's downloads have learnt of the site; what misled is forgotten."""
        if self.site.hosts != tuple(self._hosts()) or self.site.addresses.have_misled:
            self.site = Site(self._hosts())
        return self.site

    def _tab(self) -> Tab:
        return self._alive().tab(self._page_seconds())

    def _straight(self, site: Site, tab: Tab, listing: Listing) -> FetchedResume:
        self._alive()
        settings = self._settings()
        visitor = Visitor(tab, self._gate, seconds=settings.page_timeout_seconds, tagged=settings.tagged_pdfs)
        return self._unless_ended(visitor, site, lambda: fetch_straight(visitor, site, listing.details_url))

    def _by_hand(self, site: Site, stop: Stop, listing: Listing) -> FetchedResume:
        with self._alive().aside():
            visitor = self._visits(stop)
            return self._unless_ended(
                visitor, site, lambda: fetch_by_hand(visitor, site, listing.details_url)
            )

    def _unless_ended(
        self, visitor: Visitor[Page], site: Site, fetch: Callable[[], FetchedResume]
    ) -> FetchedResume:
        """Fetch; when the login page came, tell one odd page from the end of the session."""
        try:
            return fetch()
        except PortalSessionError as error:
            if error.reason is not Reason.PORTAL_SESSION_ENDED:
                raise
            raise self._login_page_came(visitor, site) from error

    def _login_page_came(self, visitor: Visitor[Page], site: Site) -> PortalError:
        """Look at the dashboard, which alone can say; once it has, nobody else looks."""
        with site.verdict:
            if not site.has_ended:
                try:
                    Dashboard(visitor, self._settings().dashboard_url).open()
                except PortalSessionError as error:
                    if error.reason is not Reason.PORTAL_SESSION_ENDED:
                        return error
                    site.has_ended = True
                except PortalError as error:
                    return error
            return (PortalSessionError if site.has_ended else PortalError)(Reason.RESUME_LOGIN_PAGE)

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

    def _hosts(self) -> list[str]:
        addresses = (self._settings().login_url, self._settings().dashboard_url)
        hosts = {(urlsplit(address).hostname or "").removeprefix("www.") for address in addresses}
        return sorted(filter(None, hosts))

    def _back_to_one_window(self) -> None:
        if self._browser is None or self._stored.state is not SessionState.CONNECTED:
            return
        try:
            self._browser.close_other_windows()
        except PortalError as error:  # it must not take the place of what ended the download
            self._over(error)

    def _close(self) -> None:
        if self._browser is not None:
            self._browser.close()
        self._browser = None
