"""A portal that lists the same people each time, with resumes that are known byte for byte."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from agent_core.ports import (
    Fetched,
    FetchedResume,
    Listing,
    PortalCredentials,
    SessionSnapshot,
    SessionState,
    Stop,
    go_on,
)
from protocol.jobs import JobRequest

REQUEST = JobRequest(rank="2nd Officer", ship_type="Bulk Carrier")

LONG_BYTES = (1 << 20) + 5_000
"""More than one write of the program makes, so that a kill can come between two."""


def resume_of(number: str, revision: int, long: bool = False) -> FetchedResume:
    """Return a person's resume as it stands in this revision of the portal."""
    words = " ".join(sha256(f"{number} {revision} {word}".encode()).hexdigest() for word in range(40))
    text = f"Name\tSeafarer {number}\nPresent Rank\t2nd Officer\nRemarks\t{words}"
    cells = (tuple(tuple(line.split("\t")) for line in text.splitlines()),)
    pdf = b"%PDF-1.4\n" + text.encode()
    return FetchedResume(pdf.ljust(LONG_BYTES if long else 20_000, b".") + b"\n%%EOF", text, cells)


class ListedPortal:
    """`ports.PortalSession`, logged in; ``between`` is called after each person."""

    def __init__(
        self, people: int, revision: int = 1, between: Callable[[], None] = lambda: None, long: str = ""
    ) -> None:
        """List people with the numbers 0001, 0002 …; the resume of the one called ``long`` is."""
        self.numbers = tuple(f"{number:04}" for number in range(1, people + 1))
        self._revision = revision
        self._between = between
        self._long = long

    def resume(self, number: str) -> FetchedResume:
        return resume_of(number, self._revision, number == self._long)

    def snapshot(self) -> SessionSnapshot:
        return SessionSnapshot(SessionState.CONNECTED)

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        return self.snapshot()

    def resend_otp(self) -> SessionSnapshot:
        return self.snapshot()

    def verify_otp(self, otp: str) -> SessionSnapshot:
        return self.snapshot()

    def check_health(self) -> SessionSnapshot:
        return self.snapshot()

    def listings(self, rank: str, ship_type: str, stop: Stop = go_on) -> Iterator[Listing]:
        for number in self.numbers:
            yield Listing(number, f"http://portal.example.com/view_cand_details.php?cand_id={number}", "All")

    def fetch(self, listing: Listing) -> FetchedResume:
        return self.resume(listing.candidate_external_id)

    def fetch_all(self, listings: Iterable[Listing], stop: Stop = go_on) -> Iterator[Fetched]:
        for listing in listings:
            yield Fetched(listing, self.fetch(listing))
            self._between()

    def disconnect(self) -> None:
        """There is no browser."""
