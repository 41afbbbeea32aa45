"""The job portal under simulated time: slow, several visits at once, with sessions that end and bad days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from agent_core.errors import PortalError, PortalSessionError
from agent_core.portal import login
from agent_core.ports import (
    Clock,
    Fetched,
    FetchedResume,
    Listing,
    PortalCredentials,
    SessionSnapshot,
    SessionState,
)
from protocol.reasons import Reason
from tests.simulation.timeline import Timeline

PAIRS = (("2nd Officer", "Bulk Carrier"), ("Master", "Bulk Carrier"), ("2nd Officer", "Container"))
ACCOUNT = PortalCredentials("office", "right", "0047 22")
AT_ONCE = 3
_BROKEN = (Reason.RESUME_NO_LINK, Reason.RESUME_INCOMPLETE, Reason.PORTAL_SLOW, Reason.PORTAL_SERVER_ERROR)


@dataclass
class Person:
    """Somebody on the portal; ``version`` counts how often their resume was changed there."""

    number: str
    version: int = 0


@dataclass
class PortalSite:
    """The web site: what is true there, whoever looks.

    Attributes:
        sessions: numbers those who logged in; only the newest one lives.
        is_bad: a bad day: pages that fail.
    """

    timeline: Timeline
    lists: dict[tuple[str, str], list[Person]] = field(default_factory=dict)
    live_session: int = 0
    is_bad: bool = False
    is_away: bool = False
    _sessions: Iterator[int] = field(default_factory=lambda: count(1))

    def log_in(self) -> int:
        self.live_session = next(self._sessions)
        return self.live_session

    def end_sessions(self) -> None:
        self.live_session = 0

    def fill(self, people: int) -> None:
        """Put people on the lists; some stand on two, some twice on one."""
        chance = self.timeline.chance
        everybody = [Person(f"{number:04}") for number in range(1, people + 1)]
        for pair in PAIRS:
            shown = [person for person in everybody if chance.random() < 0.5]
            twice = [person for person in shown if chance.random() < 0.1]
            self.lists[pair] = shown + twice

    def change_somebody(self) -> None:
        people = [person for shown in self.lists.values() for person in shown]
        if people:
            self.timeline.chance.choice(people).version += 1


class SimulatedBrowser:
    """One run of the agent's browser. Implements `ports.PortalSession`."""

    def __init__(self, site: PortalSite, clock: Clock) -> None:
        self._site = site
        self._clock = clock
        self._state = SessionSnapshot()
        self._session = -1

    def snapshot(self) -> SessionSnapshot:
        return login.view(self._state, self._clock())

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        self._say(login.Started())
        self._load()
        return self._say(login.CodeSent(self._clock(), 120))

    def resend_otp(self) -> SessionSnapshot:
        return self.start(ACCOUNT)

    def verify_otp(self, otp: str) -> SessionSnapshot:
        self._say(login.HandedIn(self._clock()))
        if self._state.state is not SessionState.VERIFYING:
            return self.snapshot()
        self._load()
        self._session = self._site.log_in()
        return self._say(login.Accepted())

    def check_health(self) -> SessionSnapshot:
        if self._state.state is not SessionState.CONNECTED:
            return self.snapshot()
        self._load()
        if self._site.is_away:
            return self._say(login.Troubled(Reason.PORTAL_UNREACHABLE))
        return self._say(login.Looked() if self._lives else login.Over(Reason.PORTAL_SESSION_ENDED))

    def listings(self, rank: str, ship_type: str, *_: object) -> Iterator[Listing]:
        for person in list(self._site.lists[rank, ship_type]):
            self._load()
            self._must_live(Reason.PORTAL_SESSION_ENDED)
            if self._site.is_away or self._has_bad_luck(0.05):
                raise PortalError(Reason.PORTAL_UNREACHABLE)
            url = f"http://portal.example.com/view_cand_details.php?cand_id={person.number}"
            yield Listing(person.number, url, "Applied")

    def fetch_all(self, listings: Iterable[Listing], *_: object) -> Iterator[Fetched]:
        source, taken, chance = iter(listings), list[Listing](), self._site.timeline.chance
        while True:
            while len(taken) < AT_ONCE and (listing := next(source, None)) is not None:
                taken.append(listing)
            if not taken:
                return
            self._load()
            yield self._visited(taken.pop(chance.randrange(len(taken))))

    def disconnect(self) -> None:
        self._say(login.Disconnected())

    def _visited(self, listing: Listing) -> Fetched:
        try:
            return Fetched(listing, resume=self._fetch(listing))
        except PortalError as error:
            return Fetched(listing, error=error)

    def _fetch(self, listing: Listing) -> FetchedResume:
        self._must_live(Reason.RESUME_LOGIN_PAGE)
        if self._site.is_away:
            raise PortalError(Reason.PORTAL_UNREACHABLE)
        if self._has_bad_luck(0.3):
            raise PortalError(self._site.timeline.chance.choice(_BROKEN))
        number = listing.candidate_external_id
        everybody = (person for shown in self._site.lists.values() for person in shown)
        person = next(person for person in everybody if person.number == number)
        text = f"Seafarer {number}\nPresent Rank\tMaster\nVersion {person.version}"
        cells = ((("Name", f"Seafarer {number}"), ("Present Rank", "Master")),)
        return FetchedResume(f"%PDF-1.4 {text} {self._site.timeline.now} %%EOF".encode(), text, cells)

    @property
    def _lives(self) -> bool:
        return self._session == self._site.live_session

    def _must_live(self, reason: Reason) -> None:
        if self._state.state is not SessionState.CONNECTED:
            raise PortalSessionError(self._state.reason or Reason.LOGIN_NOT_CONNECTED)
        if not self._lives:
            self._say(login.Over(Reason.PORTAL_SESSION_ENDED))
            raise PortalSessionError(reason)

    def _has_bad_luck(self, likely: float) -> bool:
        return self._site.is_bad and self._site.timeline.chance.random() < likely

    def _load(self) -> None:
        self._site.timeline.sleep(self._site.timeline.chance.uniform(0.05, 0.8))

    def _say(self, event: login.Event) -> SessionSnapshot:
        self._state = login.step(self._state, event)
        return self.snapshot()
