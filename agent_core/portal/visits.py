"""Going to a page of the portal: politely, and looking what came before anything relies on it."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal import responses, wording
from agent_core.portal.gate import Gate
from agent_core.portal.page import Page
from agent_core.portal.script import LOOK
from agent_core.ports import Stop, go_on
from protocol.reasons import Reason

_ERROR_PAGE = "chrome-error:"
_TRIES = 3

P_co = TypeVar("P_co", bound=Page, covariant=True)


def is_web_address(url: str) -> bool:
    """Tell whether the browser may be led there: a page's link could name a file or a share."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


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


class Visitor(Generic[P_co]):
    """Takes a page to the portal's addresses. One thread."""

    def __init__(
        self, page: P_co, gate: Gate, *, seconds: float, tagged: bool = False, stop: Stop = go_on
    ) -> None:
        """Use this page.

        Args:
            page: the browser's tab.
            gate: lets its requests through.
            seconds: how long a page may take.
            tagged: what is printed is marked for screen readers.
            stop: asked while the gate makes it wait.
        """
        self._page = page
        self.seconds = seconds
        self.tagged = tagged
        self._gate = gate
        self._stop = stop

    @property
    def page(self) -> P_co:
        """The browser's tab."""
        return self._page

    def go(
        self, url: str, *, login_is_wanted: bool = False, half: Reason = Reason.PORTAL_SERVER_ERROR
    ) -> Look:
        """Open an address and look.

        Args:
            url: of the portal, perhaps out of one of its pages.
            login_is_wanted: the login page is what should come.
            half: what it means when the connection ends before the page does.

        Raises:
            PortalSessionError: the login page came.
            PortalError: the portal did not give a page that can be used.
        """
        self.open(url)
        return self.look(login_is_wanted=login_is_wanted, half=half)

    def open(self, url: str) -> None:
        """Open an address; whoever does has to `judge` what came.

        Args:
            url: of the portal, perhaps out of one of its pages.

        Raises:
            PortalError: nothing came.
        """
        if not is_web_address(url):
            raise PortalError(Reason.PORTAL_CHANGED, "not a web address")
        for _ in range(_TRIES):
            self.ask()
            failed = self._try(url)
            if not self._hold():
                break
        if failed is not None:
            reason = responses.trouble(self.page.answer())
            raise PortalError(reason, failed.detail) if reason else failed

    def _try(self, url: str) -> PortalError | None:
        """Open an address; an answer without a page fails, and may still say when to ask again."""
        try:
            self.page.open(url)
        except PortalSessionError:
            raise
        except PortalError as error:
            return error
        return None

    def ask(self) -> None:
        """Wait until the portal may be asked for one more page.

        Raises:
            PortalError: nothing more is wanted.
        """
        self._gate.ask(self._stop)

    def _hold(self) -> bool:
        """Keep the pause that the portal asked for, and tell whether it is worth asking again after it."""
        pause = responses.pause(self.page.answer())
        if pause is None:
            return False
        self._gate.hold(pause)
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
        self.judge(look.url, is_login=look.is_login and not login_is_wanted, half=half)
        return look

    def judge(self, url: str, *, is_login: bool, half: Reason) -> None:
        """Refuse what is open if nothing can rely on it.

        Args:
            url: of what is open, as the page says.
            is_login: it is the login page, which is not wanted.
            half: what it means when the connection ended before the page did.

        Raises:
            PortalSessionError: the login page came.
            PortalError: the page cannot be used.
        """
        self.hear()
        answer = self.page.answer()
        if url.startswith(_ERROR_PAGE):
            reason = responses.network_reason(answer.error) or Reason.PORTAL_UNREACHABLE
            raise PortalError(reason, answer.error)
        if is_login:
            raise PortalSessionError(Reason.PORTAL_SESSION_ENDED)
        trouble = responses.trouble(answer)
        if trouble is not None:
            raise PortalError(trouble, f"HTTP {answer.status}")
        if answer.is_broken:
            raise PortalError(half, "the page ends in the middle")

    def hear(self) -> bool:
        """Take in the alerts since the last time, and tell whether there were any.

        Raises:
            PortalError: one of them says that the portal lets nobody in.
        """
        said = self.page.alerts()
        if any(map(wording.says_blocked, said)):
            raise PortalError(Reason.PORTAL_BLOCKED)
        return bool(said)

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
