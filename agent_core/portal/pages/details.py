"""A candidate's page: the link to the resume."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from agent_core.portal import documents
from agent_core.portal.candidate_id import raw_candidate_id
from agent_core.portal.page import Page, Window
from agent_core.portal.script import script
from agent_core.portal.visits import Visitor
from protocol.reasons import Reason

_PHRASE = "download pdf"
_ADDRESS = "download.php"

_LINKS = script("""
return all('a, button, input[type="button"], input[type="submit"]').map((element, place) => ({
    place: place,
    href: element.tagName === 'A' && /^https?:$/.test(element.protocol) ? element.href : null,
    words: fold(element.innerText || element.value),
    visible: visible(element),
    mentions: /download\\.php/i.test(`${element.getAttribute('href')} ${element.getAttribute('onclick')}`),
})).filter(link => link.mentions || /download/i.test(link.words));
""")
_STAY = script("""
window.open = url => {
    if (url) location.href = url;
    return window;
};
for (const element of all('[target]')) element.removeAttribute('target');
""")
WHERE = "return location.href.split('#')[0];"
"""Where the page is."""

_WINDOW_SECONDS = 0.2
_ELEMENT = script(
    """return all('a, button, input[type="button"], input[type="submit"]')[arguments[0]] || null;"""
)


@dataclass(frozen=True)
class Link:
    """A link that may lead to the resume.

    Attributes:
        place: among the page's links and buttons.
        href: the whole address; nothing when only a click leads on.
        mentions: it names ``download.php``, in a script perhaps.
    """

    place: int
    href: str | None
    words: str
    visible: bool
    mentions: bool = False

    @property
    def address(self) -> str | None:
        """The resume's own address, when the link has it."""
        leads_there = self.href is not None and urlsplit(self.href).path.casefold().endswith(_ADDRESS)
        return self.href if leads_there else None


def resume_link(links: Sequence[Link], details_url: str) -> Link | None:
    """Choose the link to the resume of the person whose page this is.

    It leads to ``download.php`` or reads DOWNLOAD PDF; one that names the person, and one that can be seen,
    goes before another. A link to another site is never the one.
    """
    ranked = [(_weight(link, details_url), link) for link in links]
    ranked = [(weight, link) for weight, link in ranked if weight > 0]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _weight(link: Link, details_url: str) -> int:
    says_so = _PHRASE in link.words.casefold()
    if not (says_so or link.mentions or link.address):
        return 0
    weight = 1 + 2 * says_so + 2 * (link.address is not None) + link.visible
    if link.address is None:
        return weight
    if urlsplit(link.address).hostname != urlsplit(details_url).hostname:
        return 0
    raw = raw_candidate_id(details_url)
    return weight + (4 if raw and raw in urlsplit(link.address).query else 0)


@dataclass(frozen=True)
class Details:
    """What a person's page says.

    Attributes:
        link: leads to the resume.
        is_left_open: the document is never closed, so that an open resume of this site says nothing.
    """

    link: Link
    is_left_open: bool


def read_details(visitor: Visitor[Page], details_url: str) -> Details:
    """Open a person's page and find the link to the resume.

    Raises:
        PortalSessionError: the session is over.
        PortalError: there is no resume.
    """
    look = visitor.go(details_url)
    found: list[dict[str, Any]] = visitor.page.run(_LINKS)
    link = resume_link([Link(**each) for each in found], details_url)
    if link is None:
        empty = not look.words.strip()
        raise visitor.missing(_ADDRESS, Reason.RESUME_INCOMPLETE if empty else Reason.RESUME_NO_LINK)
    return Details(link, documents.is_left_open(visitor.page.source() or ""))


class DetailsPage:
    """The page of one person, in a window that can be clicked in."""

    def __init__(self, visitor: Visitor[Window]) -> None:
        """Use this visitor."""
        self._visitor = visitor
        self._page = visitor.page

    def go_to_resume(self, details_url: str) -> Details:
        """Open the person's page, and from there the resume, by its address or by a click.

        Raises:
            PortalSessionError: the session is over.
            PortalError: there is no resume, or it did not open.
        """
        details = read_details(self._visitor, details_url)
        if details.link.address is not None:
            self._visitor.go(details.link.address, half=Reason.RESUME_INCOMPLETE)
        else:
            self._click(details.link)
        return details

    def _click(self, link: Link) -> None:
        """Click, and see the resume come in this window: nobody tells how a page of another one came."""
        self._visitor.ask()
        self._page.run(_STAY)
        before = self._page.run(WHERE)
        self._page.click(_ELEMENT, link.place)
        deadline = time.monotonic() + self._visitor.seconds
        while not self._page.go_to_new_window(_WINDOW_SECONDS):
            if self._page.run(WHERE) != before:  # it opened right here
                break
            if time.monotonic() > deadline:
                raise self._visitor.missing("the window of DOWNLOAD PDF")
        self._page.until("return location.href !== 'about:blank' || null;", seconds=self._visitor.seconds)
        where = self._page.run(WHERE)
        if not self._page.answer().request_id and where.startswith(
            "http"
        ):  # a window of its own all the same
            self._visitor.go(where, half=Reason.RESUME_INCOMPLETE)
        else:
            self._visitor.look(half=Reason.RESUME_INCOMPLETE)
