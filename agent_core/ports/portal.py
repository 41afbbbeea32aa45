"""The portal in a real browser."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from agent_core.errors import PortalError
from protocol.commands import SessionState
from protocol.reasons import Reason


@dataclass(frozen=True)
class PortalCredentials:
    """What a login needs. Never logged: the fields stay out of ``repr``."""

    username: str = field(repr=False)
    password: str = field(repr=False)
    phone: str = field(repr=False)


@dataclass(frozen=True)
class SessionSnapshot:
    """The portal session at one moment.

    Attributes:
        otp_expires_at: when the code that was sent stops being accepted; only while awaiting one.
        reason: why the state is not the one that was asked for.
    """

    state: SessionState = SessionState.DISCONNECTED
    otp_expires_at: datetime | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Listing:
    """One person as a list of the portal shows them.

    Attributes:
        candidate_external_id: digits, leading zeros kept; empty when the portal's number cannot be read.
        details_url: the person's page, within the session.
        list_name: the list's name, for the log.
    """

    candidate_external_id: str
    details_url: str
    list_name: str = ""


Cells = tuple[tuple[tuple[str, ...], ...], ...]
"""The tables of a page: tables → rows → the text of each cell, as it is shown."""


@dataclass(frozen=True)
class FetchedResume:
    """A resume page that was seen to be complete, printed, with what stood in it."""

    pdf: bytes = field(repr=False)
    text: str = field(repr=False)
    cells: Cells = field(repr=False)


@dataclass(frozen=True)
class Fetched:
    """How the visit to one person ended: with a resume or with an error, never both.

    Attributes:
        error: `PortalSessionError` when the session is over, else of this person alone.
    """

    listing: Listing
    resume: FetchedResume | None = None
    error: PortalError | None = None


Stop = Callable[[], Reason | None]
"""Asked why nobody more is wanted; nothing as long as somebody is. It may raise, to end all at once."""


def go_on() -> None:
    """Be a `Stop` that never stops."""


class PortalSession(Protocol):
    """The portal in a real browser. Every method but ``snapshot`` is called on one and the same thread."""

    def snapshot(self) -> SessionSnapshot:
        """Return the state now; any thread."""
        ...

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        """Open the login page, fill it in and have the code sent; a refusal is in the snapshot's reason."""
        ...

    def resend_otp(self) -> SessionSnapshot:
        """Have a new code sent with the credentials of ``start``."""
        ...

    def verify_otp(self, otp: str) -> SessionSnapshot:
        """Hand in the code."""
        ...

    def check_health(self) -> SessionSnapshot:
        """Look whether the session lives and the portal answers. Never called while pages are fetched."""
        ...

    def listings(self, rank: str, ship_type: str, stop: Stop = go_on) -> Iterator[Listing]:
        """Walk every list that counts, filtered by the portal's labels, page by page.

        Args:
            rank: the portal's label.
            ship_type: the portal's label.
            stop: asked while the portal makes one wait; the wait ends with its reason.

        Raises:
            PortalSessionError: the session is over.
            PortalError: a list cannot be walked, or nothing more is wanted.
        """
        ...

    def fetch_all(self, listings: Iterable[Listing], stop: Stop = go_on) -> Iterator[Fetched]:
        """Open resumes, as many at once as the settings allow, and yield each as soon as it is there.

        The next listing is taken only when it can be opened at once, so that an iterator that ends stops
        the rest: what was taken is still yielded, each exactly once, in any order. Closing this iterator
        leaves what was taken. Nothing is raised for one person; errors are yielded.

        Args:
            listings: who is wanted; asked on this thread.
            stop: asked on this thread, a few times a second; with its reason end those who were taken and
                for whom the portal was not asked yet.
        """
        ...

    def disconnect(self) -> None:
        """Close the browser and everything that it started."""
        ...
