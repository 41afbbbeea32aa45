"""One person's resume in a tab of its own: straight to its address, or by the link on the person's page."""

import threading
from collections.abc import Sequence
from urllib.parse import urlsplit

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal.addresses import Addresses, is_same, names_another, names_the_person
from agent_core.portal.page import Page, Window
from agent_core.portal.pages.details import WHERE, DetailsPage, read_details
from agent_core.portal.pages.resume_page import ResumePage
from agent_core.portal.visits import Visitor
from agent_core.ports import FetchedResume
from protocol.reasons import Reason

_PERHAPS_ELSEWHERE = frozenset({Reason.RESUME_INCOMPLETE, Reason.PORTAL_SERVER_ERROR})
"""What comes from an address that this site does not have."""


class ByHandError(Exception):
    """The link must be clicked, or its address does not say whose resume it is."""


class Site:
    """What the downloads of one login have learnt of this site. Any thread.

    Attributes:
        leaves_open: its documents are never closed, so that an open one says nothing.
        has_ended: the dashboard said that the session is over.
        verdict: held by who asks it.
    """

    def __init__(self, hosts: Sequence[str]) -> None:
        """Know nothing but the portal's own host names."""
        self.hosts = tuple(hosts)
        self.addresses = Addresses()
        self.leaves_open = False
        self.has_ended = False
        self.verdict = threading.Lock()


def fetch_straight(visitor: Visitor[Page], site: Site, details_url: str) -> FetchedResume:
    """Fetch a person's resume without a click.

    Raises:
        ByHandError: it takes a click, or must be alone.
        PortalSessionError: the login page came, or the browser is gone.
        PortalError: this resume cannot be had.
    """
    guessed = site.addresses.guess(details_url)
    failed: PortalError | None = None
    if guessed is not None:
        try:
            return _take(visitor, site, guessed, details_url)
        except PortalSessionError:
            raise
        except PortalError as error:
            if error.reason not in _PERHAPS_ELSEWHERE:
                raise
            failed = error
    details = read_details(visitor, details_url)
    site.leaves_open = details.is_left_open
    address = details.link.address
    if guessed is not None:
        if failed is not None and address is not None and is_same(address, guessed):
            raise failed
        site.addresses.misled()
    if address is None or not names_the_person(details_url, address):
        raise ByHandError
    resume = _take(visitor, site, address, details_url)
    site.addresses.learn(details_url, address)
    return resume


def fetch_by_hand(visitor: Visitor[Window], site: Site, details_url: str) -> FetchedResume:
    """Fetch a person's resume as a person does, and learn where it was.

    Raises:
        PortalSessionError: the login page came, or the browser is gone.
        PortalError: this resume cannot be had.
    """
    details = DetailsPage(visitor).go_to_resume(details_url)
    site.leaves_open = details.is_left_open
    resume = ResumePage(visitor, _hosts(site, details_url), site_leaves_open=details.is_left_open).take()
    site.addresses.learn(details_url, details.link.address or str(visitor.page.run(WHERE)))
    return resume


def _hosts(site: Site, details_url: str) -> list[str]:
    """Return the portal's host names; a list may lead to another one."""
    own = (urlsplit(details_url).hostname or "").removeprefix("www.")
    return sorted({*site.hosts, own} - {""})


def _take(visitor: Visitor[Page], site: Site, address: str, details_url: str) -> FetchedResume:
    visitor.open(address)
    return ResumePage(
        visitor,
        _hosts(site, details_url),
        site_leaves_open=site.leaves_open,
        is_theirs=lambda shown: not names_another(details_url, address, shown),
    ).take()
