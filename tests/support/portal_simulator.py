"""A portal session in memory that works: a code, lists, resumes; it can end, hang or refuse."""

import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta

from agent_core.errors import PortalError, PortalSessionError
from agent_core.ports import (
    Clock,
    Fetched,
    FetchedResume,
    Listing,
    PortalCredentials,
    SessionSnapshot,
    SessionState,
    Stop,
    go_on,
)
from protocol.reasons import Reason
from tests.support.agent import listing

OTP = "123456"
PASSWORD = "canary-portal-password"


class PortalSimulator:
    """Implements `ports.PortalSession`."""

    def __init__(self, clock: Clock, people: int = 3) -> None:
        self._clock = clock
        self.people = people
        self.state = SessionSnapshot()
        self.threads: set[str] = set()
        self.fetched: list[str] = []
        self.health_checks = 0
        self.password = ""
        self.go_on = threading.Event()
        self.go_on.set()
        self.fetching = threading.Event()
        self.hold_from = 1
        self.held = threading.Event()
        self.breaks: Exception | None = None
        self.fails: dict[str, PortalError] = {}
        self.answers = True
        self.lives = True
        self.walks = 0

    def snapshot(self) -> SessionSnapshot:
        return self.state

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        self._here()
        self.password = credentials.password
        return self.resend_otp()

    def resend_otp(self) -> SessionSnapshot:
        self._here()
        until = self._clock() + timedelta(seconds=120)
        self.state = SessionSnapshot(SessionState.AWAITING_OTP, otp_expires_at=until)
        return self.state

    def verify_otp(self, otp: str) -> SessionSnapshot:
        self._here()
        if self.state.state is not SessionState.AWAITING_OTP:
            self.state = SessionSnapshot(self.state.state, reason=Reason.LOGIN_NO_OTP_ASKED)
        elif self.password != PASSWORD:
            self.state = SessionSnapshot(SessionState.DISCONNECTED, reason=Reason.LOGIN_WRONG_PASSWORD)
        elif otp != OTP:
            self.state = SessionSnapshot(
                SessionState.AWAITING_OTP, self.state.otp_expires_at, Reason.LOGIN_WRONG_OTP
            )
        else:
            self.state = SessionSnapshot(SessionState.CONNECTED)
            self.lives = True
        return self.state

    def check_health(self) -> SessionSnapshot:
        self._here()
        self.health_checks += 1
        if self.state.state is SessionState.CONNECTED:
            self.state = self._looked()
        return self.state

    def _looked(self) -> SessionSnapshot:
        if not self.answers:
            return SessionSnapshot(SessionState.CONNECTED, reason=Reason.PORTAL_UNREACHABLE)
        if not self.lives:
            return SessionSnapshot(SessionState.ENDED, reason=Reason.PORTAL_SESSION_ENDED)
        return SessionSnapshot(SessionState.CONNECTED)

    def listings(self, rank: str, ship_type: str, stop: Stop = go_on) -> Iterator[Listing]:
        self._here()
        self.walks += 1
        for number in range(1, self.people + 1):
            yield listing(f"{number:04}")

    def fetch(self, listing: Listing) -> FetchedResume:
        self._here()
        self.fetching.set()
        if len(self.fetched) + 1 >= self.hold_from:
            self.held.set()
            assert self.go_on.wait(60)
        if self.breaks is not None:
            if isinstance(self.breaks, PortalSessionError):
                self.state = SessionSnapshot(SessionState.ENDED, reason=self.breaks.reason)
            raise self.breaks
        if self.state.state is not SessionState.CONNECTED:
            raise PortalError(Reason.BROWSER_GONE)
        number = listing.candidate_external_id
        if not self.answers:
            raise PortalError(Reason.PORTAL_UNREACHABLE)
        if number in self.fails:
            raise self.fails[number]
        self.fetched.append(number)
        cells = ((("Name", f"Seafarer {number}"), ("Present Rank", "2nd Officer")),)
        return FetchedResume(pdf=b"%PDF-1.4 " + number.encode(), text=f"Name Seafarer {number}", cells=cells)

    def fetch_all(self, listings: Iterable[Listing], stop: Stop = go_on) -> Iterator[Fetched]:
        for each in listings:
            try:
                fetched = Fetched(each, self.fetch(each))
            except PortalError as error:
                fetched = Fetched(each, error=error)
            yield fetched

    def disconnect(self) -> None:
        self._here()
        self.state = SessionSnapshot()

    def _here(self) -> None:
        self.threads.add(threading.current_thread().name)
