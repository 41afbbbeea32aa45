"""The relay speaks as the computer that it looked at, whatever happens to this one meanwhile."""

from uuid import UUID

from agent_core.outbox.identity import Identity
from agent_core.outbox.relay import Switches

ONE, OTHER = (UUID(int=number) for number in (1, 2))


class Desk:
    """A computer that can be paired anew."""

    def __init__(self) -> None:
        self.pair("token of one", ONE)

    def pair(self, token: str | None, device_id: UUID | None) -> None:
        self.token, self.device_id = token, device_id

    def switches(self) -> Switches:
        return Switches(send=True, upload=True, device_id=self.device_id)


def test_it_speaks_as_the_computer_that_it_looked_at() -> None:
    desk = Desk()
    identity = Identity(desk.switches, lambda: desk.token)
    before = identity.look()
    desk.pair("token of the other", OTHER)
    assert (identity.token(), before.device_id) == ("token of one", ONE)
    assert identity.look() != before
    assert identity.token() == "token of the other"


def test_between_two_offices_nothing_is_sent() -> None:
    desk = Desk()
    desk.pair(None, ONE)
    identity = Identity(desk.switches, lambda: desk.token)
    assert not identity.look().send
    assert identity.token() is None
