"""The resume as a page: wait until it is complete, take the portal's marks off, read it, print it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal import documents, wording
from agent_core.portal.page import Page
from agent_core.portal.script import script
from agent_core.portal.visits import Visitor
from agent_core.ports import Cells, FetchedResume
from protocol.reasons import Reason

QUICK_SECONDS = 0.5
"""The label ``Name`` itself is waited for so long before a heading such as ``Vessel Name`` will do."""

SETTLE_SECONDS = 8.0
"""A page that is loaded and has no name after so long will not get one."""

LEAST_TEXT = 20
"""Characters; a resume says more than a label."""

TRIES = 3
"""A page that changes between reading and printing is read and printed again so often."""

SHORT = 220

_STATE = script("""
if (isLogin()) return 'login';
if (document.readyState !== 'complete') return null;
const itself = cell => fold(cell.textContent).replace(/[^a-z]/gi, '').toLowerCase() === 'name';
const named = cell => itself(cell) || (arguments[0] && cell.textContent.includes('Name'));
return all('th, td').some(cell => named(cell) && visible(cell)) ? 'complete' : null;
""")
_LOADED = "return document.readyState === 'complete' || null;"
_TAKE_OFF = script("""
const [hosts, limit] = arguments;
const escaped = hosts.map(host => host.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&')).join('|');
const address = new RegExp('(^|[^@\\\\w.-])(www\\\\.)?(' + escaped + ')(?![\\\\w-])', 'i');
const mark = /download(ed)?\\s+by\\b/i;
const inline = element => getComputedStyle(element).display.startsWith('inline');
const unread = /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/;
const styled = [...document.styleSheets].some(sheet => {
    try { return [...sheet.cssRules].some(rule => /content\\s*:/.test(rule.cssText)); } catch { return true; }
});
const added = (node, place) => {  // what a style writes beside an element
    const content = styled ? getComputedStyle(node, place).content : 'none';
    const taken = (_, name) => node.getAttribute(name) ?? '';
    const written = content.replace(/attr\\(\\s*([\\w-]+)[^)]*\\)/g, taken);
    return /^(none|normal)$/.test(content) ? '' : written.replace(/["']/g, '');
};
const framed = frame => {  // what cannot be read is taken for the portal's own
    try { return frame.contentDocument.body.innerText; } catch { return hosts[0]; }
};
const within = node => {
    if (/^(IFRAME|FRAME|OBJECT|EMBED)$/.test(node.tagName)) return framed(node);
    if (/^(INPUT|TEXTAREA)$/.test(node.tagName)) return `${node.value} ${node.placeholder}`;
    if (node.tagName === 'IMG') return node.alt;
    const parts = [...(node.shadowRoot ?? node).childNodes].map(said);
    return [added(node, '::before'), ...parts, added(node, '::after')].join('');
};
const known = new Map();
const said = node => {  // as it is read: a line break and the edge of a block part words
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || unread.test(node.tagName)) return '';
    if (node.tagName === 'BR') return ' ';
    if (!known.has(node)) {
        const inside = within(node);
        known.set(node, inline(node) ? inside : ` ${inside} `);
    }
    return known.get(node);
};
said(document.body);
const carries = element => [address, mark].some(sign => sign.test(fold(said(element))));
const short = element => fold(said(element)).length < limit;
const whole = element => !element.querySelector('table, tr, td, th');
const hits = all('body *').filter(
    element => short(element) && carries(element) && ![...element.children].some(carries));
for (const hit of hits) {
    let box = hit;
    const up = () => box.parentElement;
    while (inline(box) && up() !== document.body && short(up()) && whole(up())) box = up();
    const goesOn = /download(ed)?\\s+by\\W*$/i.test(fold(said(box)));
    const isRow = up().tagName === 'TR';
    if (goesOn && up() !== document.body && short(up()) && (isRow || whole(up()))) box = up();
    const [property, value] = /^T[DH]$/.test(box.tagName) ? ['visibility', 'hidden'] : ['display', 'none'];
    box.style.setProperty(property, value, 'important');
}
const leadsTo = link => {
    const given = link.getAttribute('href') ?? link.getAttribute('xlink:href');
    try { return new URL(given, document.baseURI); } catch { return null; }
};
for (const link of all('a, area')) {  // the PDF leads to web pages and people, to no file or share
    const to = leadsTo(link);
    const own = to && hosts.some(host => to.hostname === host || to.hostname.endsWith('.' + host));
    if (to && !own && /^(https?|mailto|tel):$/.test(to.protocol)) continue;
    ['href', 'xlink:href'].forEach(name => link.removeAttribute(name));
}
document.title = 'Resume';  // an empty one would put the address into the PDF
""")
_READ = script("""
const read = cell => cell.querySelector('table') ? '' : cell.innerText.trim().toWellFormed();
const cells = all('table').filter(visible).map(table => [...table.rows].filter(visible).map(
    row => [...row.cells].map(read)));
return {text: words(), cells: cells};
""")


def is_own(url: str, hosts: Sequence[str]) -> bool:
    """Tell whether a page is the portal's own; one that a script writes into an empty window has no host."""
    host = urlsplit(url).hostname
    return host is None or any(host == own or host.endswith(f".{own}") for own in hosts)


class ResumePage:
    """The resume that is open in the page."""

    def __init__(self, visitor: Visitor[Page], hosts: Sequence[str], *, site_leaves_open: bool) -> None:
        """Use this visitor.

        Args:
            visitor: its page shows the resume.
            hosts: the portal's own host names, which are taken off; a page of another one is no resume.
            site_leaves_open: this site never closes its documents, so that an open one says nothing.
        """
        self._visitor = visitor
        self._page = visitor.page
        self._hosts = list(hosts)
        self._site_leaves_open = site_leaves_open

    def take(self) -> FetchedResume:
        """Wait for the whole resume, read it and print it, from the same state of the page.

        Raises:
            PortalSessionError: it is the login page.
            PortalError: the page is not a whole resume, or could not be printed.
        """
        self._wait()
        self._page.run(_TAKE_OFF, self._hosts, SHORT)
        for _ in range(TRIES):
            self._visitor.hear()
            before, document = self._page.run(_READ), self._page.answer().request_id
            pdf = self._page.print_pdf()
            after = self._page.run(_READ)
            if self._visitor.hear():
                unrest = PortalError(Reason.PORTAL_CHANGED, "alerts without end")
            elif self._page.answer().request_id != document:
                unrest = PortalError(Reason.PORTAL_SLOW, "the page never rests")
            elif before["cells"] != after["cells"]:
                unrest = PortalError(Reason.RESUME_INCOMPLETE, "the page keeps changing")
            else:
                return self._checked(pdf, before)
        raise unrest

    def _wait(self) -> None:
        if not self._page.until(_LOADED, seconds=self._visitor.seconds):
            raise PortalError(Reason.PORTAL_SLOW)
        state = self._page.until(_STATE, False, seconds=QUICK_SECONDS)
        if state is None and not self._is_barred():
            patience = min(SETTLE_SECONDS, self._visitor.seconds) if self._may_still_come() else 0
            state = self._page.until(_STATE, True, seconds=patience)
        if state == "login":
            raise PortalSessionError(Reason.PORTAL_SESSION_ENDED)
        if state is None:
            raise self._visitor.missing("th, td with Name", Reason.RESUME_INCOMPLETE)
        source = self._page.source() or ""
        look = self._visitor.look(half=Reason.RESUME_INCOMPLETE)
        if not is_own(look.url, self._hosts):
            raise PortalError(Reason.PORTAL_CHANGED, "the resume is of another site")
        if self._is_cut_off(source):
            raise PortalError(Reason.RESUME_INCOMPLETE, "the page ends in the middle")

    def _is_barred(self) -> bool:
        """Tell whether the portal asks for a captcha, or says that a limit is reached, in place of a name."""
        look = self._visitor.look(login_is_wanted=True, half=Reason.RESUME_INCOMPLETE)
        return look.has_captcha or wording.says_blocked(look.words)

    def _may_still_come(self) -> bool:
        """Tell whether waiting can help: only a script can add a name to a page that is loaded."""
        source = self._page.source()
        return source is None or (documents.has_script(source) and not self._is_cut_off(source))

    def _is_cut_off(self, source: str) -> bool:
        return documents.is_cut_off(source, site_leaves_open=self._site_leaves_open)

    def _checked(self, pdf: bytes, read: dict[str, Any]) -> FetchedResume:
        if len("".join(read["text"].split())) < LEAST_TEXT:
            raise PortalError(Reason.RESUME_INCOMPLETE, "the page says next to nothing")
        if not documents.is_whole_pdf(pdf):
            raise PortalError(Reason.RESUME_PRINT)
        cells: Cells = tuple(tuple(tuple(row) for row in table) for table in read["cells"])
        return FetchedResume(pdf, read["text"], cells)
