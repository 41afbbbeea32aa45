"""What a page becomes under the faults that strike it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, render_template

from demo.portal.faults import Element, Fault, FaultKind, Page
from demo.portal.state import Portal

BROKEN_PAGE = (
    "<br />\n<b>Warning</b>: mysql_fetch_array() expects parameter 1 to be resource, boolean given in "
    "<b>/home/portal/public_html/company/download.php</b> on line <b>118</b><br />\n<html><body><table><tr>"
)
KEPT_OF_HALF_A_PAGE = 700
"""Characters of a page that is cut off: its head and header, and none of its tables."""


@dataclass(frozen=True)
class Effects:
    """The faults of one request, as a page's template asks for them."""

    faults: Sequence[Fault] = ()

    def has(self, kind: FaultKind) -> bool:
        """Tell whether a fault of this kind strikes."""
        return any(fault.kind is kind for fault in self.faults)

    def seconds(self, kind: FaultKind) -> float:
        """Return the seconds of all faults of this kind together."""
        return sum(fault.seconds for fault in self.faults if fault.kind is kind)

    def lacks(self, element: str) -> bool:
        """Tell whether the page is to be without this element."""
        wanted = Element(element)
        return any(
            fault.kind is FaultKind.MISSING_ELEMENT and fault.element is wanted for fault in self.faults
        )


def serve(
    portal: Portal, page: Page, candidate: str | None, make: Callable[[Effects], Response | str]
) -> Response:
    """Serve a page: count it, delay it, and let the faults have their way with it."""
    effects = Effects(portal.faults.strike(page, candidate))
    with portal.counters.serving(page):
        time.sleep(portal.options.latency_ms / 1000 + effects.seconds(FaultKind.SLOW))
        if effects.has(FaultKind.END_SESSION):
            portal.end_visits()
        instead = _instead(effects)
        return instead if instead is not None else _shortened(effects, make(effects))


def login_page(effects: Effects, **words: object) -> str:
    """Render the login page; ``words`` are the template's."""
    return render_template("login.html", lacks=effects.lacks, **words)


def _instead(effects: Effects) -> Response | None:
    for kind, make in INSTEAD.items():
        if effects.has(kind):
            return make(effects)
    return None


def _too_many_requests(effects: Effects) -> Response:
    seconds = round(effects.seconds(FaultKind.TOO_MANY_REQUESTS))
    headers = {"Retry-After": str(seconds)}
    return Response("<html><body>Too many requests</body></html>", status=429, headers=headers)


INSTEAD: Mapping[FaultKind, Callable[[Effects], Response]] = {
    FaultKind.SERVER_ERROR: lambda _: Response(render_template("error.html"), status=500),
    FaultKind.TOO_MANY_REQUESTS: _too_many_requests,
    FaultKind.CAPTCHA: lambda _: Response(render_template("captcha.html")),
    FaultKind.LIMIT: lambda _: Response(render_template("limit.html")),
    FaultKind.LOGIN_PAGE: lambda effects: Response(login_page(effects)),
    FaultKind.EMPTY: lambda _: Response(""),
    FaultKind.BROKEN: lambda _: Response(BROKEN_PAGE),
}
"""What is served instead of the page that was asked for; the first one that strikes wins."""


def _shortened(effects: Effects, made: Response | str) -> Response:
    if isinstance(made, Response):
        return made
    return Response(made[:KEPT_OF_HALF_A_PAGE] if effects.has(FaultKind.HALF) else made)
