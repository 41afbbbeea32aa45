"""The state of a running portal: visits, the code that was sent, who was downloaded today."""

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from demo.portal import sessions
from demo.portal.counters import Counters
from demo.portal.faults import Fault, FaultPlan
from demo.portal.people import ListName, Seafarer, invent
from demo.portal.sessions import Account, Answer, Step, Typed, Visit
from protocol.vocabulary import portal_ranks, portal_ship_types

DEMO_ACCOUNT = Account(
    username="fjord-crewing",
    password="nordlys-2026",  # noqa: S106 - the demo's own invented account, shown on its phone page
    phone="0555010123",
    company="Fjord Crewing (demo)",
)


def utc_now() -> datetime:
    """Return now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class SiteOptions:
    """How a portal behaves.

    Attributes:
        seed: of the invented seafarers.
        latency_ms: by how much every page is delayed, in milliseconds.
        page_size: people on one page of a list.
        otp_seconds: how long a one-time code is good for.
        control_token: opens the control routes; without one they are closed.
        faults: what goes wrong from the start.
    """

    seed: int = 7
    latency_ms: int = 0
    page_size: int = 15
    otp_seconds: int = 120
    control_token: str = field(default="", repr=False)
    account: Account = DEMO_ACCOUNT
    faults: Sequence[Fault] = ()


class Portal:
    """Everything that the portal remembers while it runs. Any thread."""

    def __init__(self, options: SiteOptions, clock: Callable[[], datetime] = utc_now) -> None:
        """Invent the people; nobody has visited yet."""
        self.options = options
        self.faults = FaultPlan(options.faults)
        self.counters = Counters()
        self._clock = clock
        self._lock = threading.Lock()
        self._people = {
            person.candidate_id: person
            for person in invent(options.seed, portal_ranks(), portal_ship_types())
        }
        self._visits: dict[str, Visit] = {}
        self._otp = ""
        self._otp_expires_at: datetime | None = None
        self._downloaded: dict[str, None] = {}

    def now(self) -> datetime:
        """Return the portal's time."""
        return self._clock()

    def person(self, candidate_id: str | None) -> Seafarer | None:
        """Return the person of this number."""
        return None if candidate_id is None else self._people.get(candidate_id)

    def everybody(self) -> tuple[Seafarer, ...]:
        """Return all people, in the order of the portal."""
        return tuple(self._people.values())

    def members(self, name: ListName) -> tuple[Seafarer, ...]:
        """Return who stands in a list, in the order of the portal."""
        with self._lock:
            today = set(self._downloaded) if name is ListName.TODAY else set()
        return tuple(
            person for person in self._people.values() if name in person.lists or person.candidate_id in today
        )

    def downloaded(self, candidate_id: str) -> None:
        """Remember that this person's resume was opened today."""
        with self._lock:
            self._downloaded[candidate_id] = None

    def visit(self, key: str | None) -> Visit:
        """Return the visit of a cookie; a new visitor's without one."""
        with self._lock:
            return self._visits.get(key or "", Visit())

    def send_otp(self, key: str, typed: Typed) -> Answer:
        """Send a new one-time code to the phone, in this visit."""
        otp = f"{secrets.randbelow(1_000_000):06d}"
        expires_at = self._clock() + timedelta(seconds=self.options.otp_seconds)
        visit, answer = sessions.send_otp(self.options.account, typed, otp, expires_at)
        with self._lock:
            self._visits[key] = visit
            if answer is Answer.OTP_SENT:
                self._otp, self._otp_expires_at = otp, expires_at
        return answer

    def hand_in(self, key: str, otp: str, typed: Typed) -> Answer:
        """Hand in the code of this visit."""
        with self._lock:
            before = self._visits.get(key, Visit())
            visit, answer = sessions.hand_in(before, self.options.account, otp, self._clock(), typed)
            self._visits[key] = visit
            if answer in (Answer.WELCOME, Answer.INCORRECT_PASSWORD):
                self._otp, self._otp_expires_at = "", None
        return answer

    def phone(self) -> tuple[str | None, int]:
        """Return the code that the phone shows, if one is good now, and its seconds left."""
        with self._lock:
            left = sessions.seconds_left(self._otp_expires_at, self._clock())
            return (self._otp, left) if left else (None, 0)

    def end_visits(self) -> None:
        """End every session, as the portal does when it pleases."""
        with self._lock:
            self._visits = {
                key: visit for key, visit in self._visits.items() if visit.step is not Step.LOGGED_IN
            }

    def end_visit(self, key: str | None) -> None:
        """Log one browser out."""
        with self._lock:
            self._visits.pop(key or "", None)
