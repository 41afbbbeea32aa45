"""What the page objects need of a browser.

Scripts are bodies of JavaScript functions with ``arguments``. They are given and return JSON values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

MOST_ALERTS = 5
"""A page that opens more of them one after the other is broken."""

PRINT_OPTIONS: Mapping[str, Any] = {
    "printBackground": True,
    "displayHeaderFooter": False,
    "preferCSSPageSize": True,
    "paperWidth": 8.27,
    "paperHeight": 11.69,
}
"""Of ``Page.printToPDF``; lengths in inches."""


@dataclass(frozen=True)
class Answer:
    """What the network said about the document that is open.

    Attributes:
        status: of HTTP; nothing when the browser did not tell.
        retry_after_seconds: how long the portal asked to wait.
        is_broken: the connection ended before the document did.
        request_id: the browser's name for the request.
        error: the browser's code of what went wrong on the way, as ``net::ERR_CERT_DATE_INVALID``.
        is_over: nothing more of the document will come.
    """

    status: int | None = None
    retry_after_seconds: float | None = None
    is_broken: bool = False
    request_id: str = ""
    error: str = ""
    is_over: bool = False


class Page(Protocol):
    """A tab of the browser that is looked at. One thread.

    An alert that opens at any time is read and accepted; `alerts` hands its text over. Every method
    raises `PortalError` when the page cannot be had, and `PortalSessionError` when the browser is gone.
    """

    def open(self, url: str) -> None:
        """Go to an address and wait until its document is there."""
        ...

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page and return what it returns."""
        ...

    def until(self, script: str, *arguments: Any, seconds: float, or_alert: bool = False) -> Any:
        """Run a script until it returns something; return nothing when the time is up, or an alert came."""
        ...

    def alerts(self) -> tuple[str, ...]:
        """Return the texts of the alerts since the last call."""
        ...

    def answer(self) -> Answer:
        """Return what the network said about the document that is open."""
        ...

    def source(self) -> str | None:
        """Return the document as it came over the network; nothing when the browser no longer has it."""
        ...

    def print_pdf(self, *, tagged: bool = False) -> bytes:
        """Print the page: backgrounds on, no header or footer; ``tagged`` is for screen readers."""
        ...


class Window(Page, Protocol):
    """A tab that is worked with as a person does, with the windows that it opens. One thread."""

    def click(self, script: str, *arguments: Any) -> bool:
        """Click, as a person does, on the element that the script returns; tell whether there was one."""
        ...

    def press_enter(self, script: str, *arguments: Any) -> None:
        """Press Enter in the field that the script returns."""
        ...

    def go_to_new_window(self, seconds: float) -> bool:
        """Turn to a window that has opened; tell whether there is one."""
        ...

    def close_other_windows(self) -> None:
        """Close every window but the first, and turn to that."""
        ...

    def forget(self) -> None:
        """Forget all cookies."""
        ...
