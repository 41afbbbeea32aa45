"""A list of candidates: its filter, its rows, its next page."""

from collections.abc import Iterator, Sequence
from typing import Any

from agent_core.errors import PortalError
from agent_core.portal import wording
from agent_core.portal.candidate_id import read_candidate_id
from agent_core.portal.page import Window
from agent_core.portal.pages.dashboard import CandidateList
from agent_core.portal.script import script
from agent_core.portal.visits import Visitor
from agent_core.ports import Listing
from protocol.reasons import Reason

TABLE = "table#tfhover"
RANK = "select#rank"
SHIP = "select#ship"
SUBMIT = "#submit"
LINK = 'a[href*="view_cand_details.php"]'
PAGES_WITHOUT_NEWS = 3
"""After so many pages with nobody new the portal's "Next" goes round in a circle."""

_FILTER = script("""
for (const [selector, label] of [[arguments[0], arguments[1]], [arguments[2], arguments[3]]]) {
    const select = document.querySelector(selector);
    if (!select) return {missing: selector};
    const options = [...select.options];
    const lower = text => fold(text).toLowerCase();
    const option = options.find(each => fold(each.textContent) === fold(label))
        || options.find(each => lower(each.textContent) === lower(label));
    if (!option) return {unknown: selector};
    select.value = option.value;
    option.selected = true;
    select.dispatchEvent(new Event('input', {bubbles: true}));
    select.dispatchEvent(new Event('change', {bubbles: true}));
}
return {};
""")
_MARK = script("window.njordhrSeen = fold(words()); return true;")
_CHANGED = script("""
if (document.readyState === 'loading') return false;
return window.njordhrSeen === undefined || window.njordhrSeen !== fold(words());
""")
_SUBMIT = script("return all(arguments[0]).find(visible) || document.querySelector(arguments[0]);")
_PAGE = script("""
const tables = all(arguments[0]);
const rowOf = (link, table) => {
    let row = link.closest('tr');
    while (row && row.closest('table') !== table) row = row.parentElement.closest('tr');
    return row;
};
const seen = new Set();
const links = [];
for (const table of tables) for (const link of all(arguments[1], table)) {
    const row = rowOf(link, table) || link;
    if (seen.has(row)) continue;
    seen.add(row);
    links.push(link.href);
}
return {table: tables.length > 0, links: links, words: words().slice(0, 20000)};
""")
_NEXT = """
const off = link => link.closest('.disabled, [aria-disabled="true"]') !== null;
const links = all('a').filter(link => link.textContent.includes('Next') && visible(link) && !off(link));
const next = links.find(link => /^\\W*Next(\\s+page)?\\W*$/i.test(fold(link.textContent))) || links[0];
if (!next) return null;
"""
_NEXT_LINK = script(_NEXT + "next.removeAttribute('target'); return next;")
_NEXT_ADDRESS = script(
    _NEXT
    + """
const href = next.getAttribute('href') || '#';
const opens = !href.startsWith('#') && /^https?:$/.test(next.protocol) && !next.hasAttribute('onclick');
return {url: opens ? next.href : null};
"""
)


class ListPage:
    """One list of the dashboard."""

    def __init__(self, visitor: Visitor[Window], which: CandidateList) -> None:
        """Use this visitor."""
        self._visitor = visitor
        self._page = visitor.page
        self._which = which

    def listings(self, rank: str, ship_type: str) -> Iterator[Listing]:
        """Filter the list by the portal's labels and walk it to its last page.

        Raises:
            PortalSessionError: the session is over.
            PortalError: the list is not as the contract says.
        """
        self._visitor.go(self._which.url)
        self._filter(rank, ship_type)
        seen: set[str] = set()
        stale = 0
        while True:
            links = self._links()
            stale = 0 if set(links) - seen else stale + 1
            if stale >= PAGES_WITHOUT_NEWS:
                raise PortalError(Reason.PORTAL_CHANGED, "Next goes round in a circle")
            following = self._page.run(_NEXT_ADDRESS) if links else None
            if not stale:
                yield from (self._listing(link) for link in links)
            seen.update(links)
            if following is None:
                return
            self._turn(following["url"])

    def _filter(self, rank: str, ship_type: str) -> None:
        answer: dict[str, str] = self._page.run(_FILTER, RANK, rank, SHIP, ship_type)
        if "unknown" in answer:
            raise PortalError(Reason.PORTAL_LABEL_UNKNOWN, answer["unknown"])
        if "missing" in answer:
            if wording.says_nobody(self._visitor.look().words):
                return
            raise self._visitor.missing(answer["missing"])
        self._click(_SUBMIT, SUBMIT)

    def _links(self) -> Sequence[str]:
        """Return the links of the page's rows, one a row."""
        shown: dict[str, Any] = self._page.run(_PAGE, TABLE, LINK)
        if not shown["links"] and not wording.says_nobody(shown["words"]):
            raise self._visitor.missing(f"{TABLE} {LINK}" if shown["table"] else TABLE)
        return list(shown["links"])

    def _listing(self, link: str) -> Listing:
        return Listing(read_candidate_id(link) or "", link, self._which.name)

    def _turn(self, url: str | None) -> None:
        if url is None:
            self._click(_NEXT_LINK)
        else:
            self._visitor.go(url)

    def _click(self, element: str, *arguments: str) -> None:
        """Click on what the script returns, and wait for what it brings."""
        self._visitor.ask()
        self._page.run(_MARK)
        if not self._page.click(element, *arguments):
            raise self._visitor.missing(", ".join(arguments) or "Next")
        if not self._page.until(_CHANGED, seconds=self._visitor.seconds):
            raise PortalError(Reason.PORTAL_SLOW, "nothing came after a click")
        self._visitor.look()
