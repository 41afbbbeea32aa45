"""The resume as a page: wait until it is complete, take the portal's marks off, read it, print it."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from agent_core.errors import PortalError
from agent_core.portal import documents, wording
from agent_core.portal.page import Page
from agent_core.portal.pages.resume_scripts import AGAIN, LOADED, STATE, TAKE
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


def is_own(url: str, hosts: Sequence[str]) -> bool:
    """Tell whether a page is the portal's own; one that a script writes into an empty window has no host."""
    host = urlsplit(url).hostname
    return host is None or any(host == own or host.endswith(f".{own}") for own in hosts)


class ResumePage:
    """The resume that is open in the page."""

    def __init__(
        self,
        visitor: Visitor[Page],
        hosts: Sequence[str],
        *,
        site_leaves_open: bool,
        is_theirs: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """Use this visitor.

        Args:
            visitor: its page shows the resume.
            hosts: the portal's own host names, which are taken off; a page of another one is no resume.
            site_leaves_open: this site never closes its documents, so that an open one says nothing.
            is_theirs: tells whether the address that came may show the person who is wanted.
        """
        self._visitor = visitor
        self._page = visitor.page
        self._hosts = list(hosts)
        self._site_leaves_open = site_leaves_open
        self._is_theirs = is_theirs

    def take(self) -> FetchedResume:
        """Wait for the whole resume, read it and print it, from the same state of the page.

        Raises:
            PortalSessionError: it is the login page.
            PortalError: the page is not a whole resume, or could not be printed.
        """
        for _ in range(TRIES):
            before, document = self._read(), self._page.answer().request_id
            pdf = self._page.print_pdf(tagged=self._visitor.tagged)
            after = self._page.run(AGAIN)
            if self._visitor.hear():
                unrest = PortalError(Reason.PORTAL_CHANGED, "alerts without end")
            elif self._page.answer().request_id != document:
                unrest = PortalError(Reason.PORTAL_SLOW, "the page never rests")
            elif after not in (None, before["cells"]):
                unrest = PortalError(Reason.RESUME_INCOMPLETE, "the page keeps changing")
            else:
                return self._checked(pdf, before)
        raise unrest

    def _read(self) -> dict[str, Any]:
        """Read the whole resume, without the portal's marks, once it is there."""
        read = self._look(or_in_heading=False)
        if "cells" not in read:
            self._wait()
            read = self._look(or_in_heading=True)
        if "cells" not in read:
            raise self._missing()
        if self._is_cut_off(self._page.source() or ""):
            raise PortalError(Reason.RESUME_INCOMPLETE, "the page ends in the middle")
        return read

    def _look(self, *, or_in_heading: bool) -> dict[str, Any]:
        """See what is open; a whole resume is read."""
        shown: dict[str, Any] = self._page.run(TAKE, self._hosts, SHORT, or_in_heading)
        self._visitor.judge(shown["url"], is_login=shown["login"], half=Reason.RESUME_INCOMPLETE)
        if not is_own(shown["url"], self._hosts):
            raise PortalError(Reason.PORTAL_CHANGED, "the resume is of another site")
        if not self._is_theirs(shown["url"]):
            raise PortalError(Reason.PORTAL_CHANGED, "the portal shows another person's resume")
        return shown

    def _wait(self) -> None:
        if not self._page.until(LOADED, seconds=self._visitor.seconds):
            raise PortalError(Reason.PORTAL_SLOW)
        state = self._page.until(STATE, False, seconds=QUICK_SECONDS)
        if state is None and not self._is_barred():
            patience = min(SETTLE_SECONDS, self._visitor.seconds) if self._may_still_come() else 0
            state = self._page.until(STATE, True, seconds=patience)
        if state is None:
            raise self._missing()

    def _missing(self) -> PortalError:
        return self._visitor.missing("th, td with Name", Reason.RESUME_INCOMPLETE)

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
