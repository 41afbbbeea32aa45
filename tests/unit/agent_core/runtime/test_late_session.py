from collections.abc import Iterable, Iterator

from agent_core.ports import Fetched, Listing, PortalCredentials, SessionSnapshot, SessionState, Stop, go_on
from agent_core.runtime.late_session import LateSession

CREDENTIALS = PortalCredentials("kari", "secret", "+4790000000")


class Session:
    """A session that notes what it was asked."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    def snapshot(self) -> SessionSnapshot:
        return self._note("snapshot")

    def start(self, credentials: PortalCredentials) -> SessionSnapshot:
        return self._note(f"start {credentials.username}")

    def resend_otp(self) -> SessionSnapshot:
        return self._note("resend")

    def verify_otp(self, otp: str) -> SessionSnapshot:
        return self._note(f"verify {otp}")

    def check_health(self) -> SessionSnapshot:
        return self._note("health")

    def listings(self, rank: str, ship_type: str, stop: Stop = go_on) -> Iterator[Listing]:
        self._note(f"listings {rank} {ship_type}")
        return iter(())

    def fetch_all(self, listings: Iterable[Listing], stop: Stop = go_on) -> Iterator[Fetched]:
        self._note("fetch")
        return iter(())

    def disconnect(self) -> None:
        self._note("disconnect")

    def _note(self, what: str) -> SessionSnapshot:
        self._asked.append(what)
        return SessionSnapshot(SessionState.CONNECTED)


def test_nothing_is_made_while_nobody_signs_in() -> None:
    made: list[Session] = []

    def make() -> Session:
        made.append(Session([]))
        return made[0]

    late = LateSession(make)
    assert late.snapshot() == late.check_health() == SessionSnapshot()
    late.disconnect()
    assert made == []


def test_everything_reaches_the_one_session_that_was_made() -> None:
    asked: list[str] = []
    made = 0

    def make() -> Session:
        nonlocal made
        made += 1
        return Session(asked)

    late = LateSession(make)
    assert late.start(CREDENTIALS).state is SessionState.CONNECTED
    late.resend_otp()
    late.verify_otp("123456")
    late.check_health()
    assert list(late.listings("Master", "Tanker")) == []
    assert list(late.fetch_all([])) == []
    late.snapshot()
    late.disconnect()
    assert made == 1
    assert asked == [
        "start kari",
        "resend",
        "verify 123456",
        "health",
        "listings Master Tanker",
        "fetch",
        "snapshot",
        "disconnect",
    ]
