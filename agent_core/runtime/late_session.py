"""The portal's session while nobody has signed in: what drives a browser is loaded when one is wanted.

It is a sixth of the agent's code by the time that it takes to load, and the page must not wait for it.
"""

from collections.abc import Callable, Iterable, Iterator

from agent_core.ports import (
    Fetched,
    Listing,
    PortalCredentials,
    PortalSession,
    SessionSnapshot,
    Stop,
    go_on,
)


class LateSession:
    """Makes the session with the first sign-in. Implements `ports.PortalSession`."""

    def __init__(self, make: Callable[[], PortalSession]) -> None:
        """Nothing is made yet.

        Args:
            make: makes the session; called once, on the portal's thread.
        """
        self._make = make
        self._session: PortalSession | None = None

    def snapshot(self) -> SessionSnapshot:
        """See `ports.PortalSession`."""
        session = self._session
        return SessionSnapshot() if session is None else session.snapshot()

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        """See `ports.PortalSession`."""
        return self._made().start(credentials)

    def resend_otp(self) -> SessionSnapshot:
        """See `ports.PortalSession`."""
        return self._made().resend_otp()

    def verify_otp(self, otp: str) -> SessionSnapshot:
        """See `ports.PortalSession`."""
        return self._made().verify_otp(otp)

    def check_health(self) -> SessionSnapshot:
        """See `ports.PortalSession`; without a session there is nothing to look at."""
        return SessionSnapshot() if self._session is None else self._session.check_health()

    def listings(self, rank: str, ship_type: str, stop: Stop = go_on) -> Iterator[Listing]:
        """See `ports.PortalSession`."""
        return self._made().listings(rank, ship_type, stop)

    def fetch_all(self, listings: Iterable[Listing], stop: Stop = go_on) -> Iterator[Fetched]:
        """See `ports.PortalSession`."""
        return self._made().fetch_all(listings, stop)

    def disconnect(self) -> None:
        """See `ports.PortalSession`."""
        if self._session is not None:
            self._session.disconnect()

    def _made(self) -> PortalSession:
        if self._session is None:
            self._session = self._make()
        return self._session
