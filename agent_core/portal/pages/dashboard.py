"""The dashboard: which lists there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent_core.portal.page import Page
from agent_core.portal.script import script
from agent_core.portal.visits import Visitor

HEADING = "div.main_right_heading"
NOT_WALKED = "today downloads"

_IS_OPEN = script("return all(arguments[0]).length > 0;")
_LISTS = script("""
return all(arguments[0]).map(heading => {
    const links = all('div > a', heading).filter(link => link.href);
    const counted = links.find(link => /\\d/.test(link.textContent)) || links[0];
    const name = heading.querySelector('h2 strong');
    return {name: name ? fold(name.textContent) : null, url: counted ? counted.href : null};
});
""")


@dataclass(frozen=True)
class CandidateList:
    """A list of the dashboard."""

    name: str
    url: str


class Dashboard:
    """The page that a login opens."""

    def __init__(self, visitor: Visitor[Page], url: str) -> None:
        """Use this visitor."""
        self._visitor = visitor
        self._url = url

    def open(self) -> None:
        """Open it and see that it is the dashboard.

        Raises:
            PortalSessionError: the session is over.
            PortalError: it is another page.
        """
        self._visitor.go(self._url)
        if not self._visitor.page.run(_IS_OPEN, HEADING):
            raise self._visitor.missing(HEADING)

    def lists(self) -> Sequence[CandidateList]:
        """Return the lists that are to be walked, in the page's order.

        Raises:
            PortalSessionError: the session is over.
            PortalError: the dashboard is not as the contract says.
        """
        self.open()
        found: list[dict[str, Any]] = self._visitor.page.run(_LISTS, HEADING)
        walked = []
        for each in found:
            if each["name"] is None:
                raise self._visitor.missing(f"{HEADING} h2 strong")
            if NOT_WALKED in each["name"].casefold():
                continue
            if each["url"] is None:
                raise self._visitor.missing(f"{HEADING} div > a")
            walked.append(CandidateList(each["name"], each["url"]))
        return walked
