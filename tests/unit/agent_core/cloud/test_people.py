"""The signed-in person's tokens: refreshed once for all who wait, and forgotten when they are refused."""

import threading
from collections.abc import Iterator

import httpx
import pytest

from agent_core.cloud.http import CloudHttp, make_client
from agent_core.cloud.people import REFRESH_TOKEN, USER_ID, People
from agent_core.errors import CloudError
from agent_core.keychain import MemorySecrets
from protocol.reasons import Reason
from tests.support.agent import TickingClock
from tests.support.cloud_simulator import INVITATION, ME, PERSON, CloudState, running_cloud


@pytest.fixture
def cloud() -> Iterator[CloudState]:
    with running_cloud() as state:
        yield state


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with make_client() as made:
        yield made


class Desk:
    """People of one computer."""

    def __init__(self, cloud: CloudState, client: httpx.Client) -> None:
        self.secrets, self.clock = MemorySecrets(), TickingClock()
        self.http = CloudHttp(client, lambda: cloud.url)
        self.people = self.after_a_restart()

    def after_a_restart(self) -> People:
        return People(self.http, self.secrets, self.clock)

    def sign_in(self) -> None:
        assert self.people.sign_in(PERSON["email"], PERSON["password"]) == ME

    def refused(self, people: People) -> Reason:
        with pytest.raises(CloudError) as caught:
            people.access_token()
        return caught.value.reason


@pytest.fixture
def desk(cloud: CloudState, client: httpx.Client) -> Desk:
    return Desk(cloud, client)


def test_nobody_is_signed_in_at_first(desk: Desk) -> None:
    assert desk.refused(desk.people) is Reason.AUTH_REQUIRED


def test_a_wrong_password_is_refused_and_keeps_nothing(desk: Desk) -> None:
    with pytest.raises(CloudError) as caught:
        desk.people.sign_in(PERSON["email"], "wrong")
    assert caught.value.reason is Reason.AUTH_WRONG_CREDENTIALS
    assert desk.secrets.get(REFRESH_TOKEN) is None


def test_whoever_joins_by_invitation_is_signed_in(desk: Desk) -> None:
    assert desk.people.join(INVITATION, "Kari Nord", "three ships in fog") == ME
    assert desk.after_a_restart().access_token().startswith("canary-access-")


def test_an_invitation_that_is_none_keeps_nothing(desk: Desk) -> None:
    with pytest.raises(CloudError) as caught:
        desk.people.join("nji_other", "Kari Nord", "three ships in fog")
    assert caught.value.reason is Reason.INVITATION_NOT_VALID
    assert desk.secrets.get(REFRESH_TOKEN) is None


def test_who_is_signed_in_is_known_without_the_cloud(desk: Desk, cloud: CloudState) -> None:
    assert desk.people.user_id() is None
    desk.sign_in()
    assert str(desk.people.user_id()) == ME["user_id"]
    later = desk.after_a_restart()
    assert str(later.user_id()) == ME["user_id"]
    later.access_token()
    later.sign_out()
    assert later.user_id() is None
    assert desk.after_a_restart().user_id() is None


def test_nobody_is_signed_in_any_more_when_the_cloud_ended_it(desk: Desk, cloud: CloudState) -> None:
    desk.sign_in()
    cloud.access.clear()
    cloud.refresh.clear()
    again = desk.after_a_restart()
    assert desk.refused(again) is Reason.AUTH_REQUIRED
    assert again.user_id() is None


def test_a_damaged_entry_names_nobody(desk: Desk) -> None:
    desk.secrets.put(USER_ID, "Kari")
    assert desk.after_a_restart().user_id() is None


def test_a_token_is_used_until_shortly_before_it_ends(desk: Desk, cloud: CloudState) -> None:
    desk.sign_in()
    token = desk.people.access_token()
    assert desk.people.access_token() == token
    desk.clock.move(minutes=59, seconds=45)
    assert desk.people.access_token() != token
    assert cloud.refreshes == 1


def test_a_restart_keeps_the_person(desk: Desk) -> None:
    desk.sign_in()
    assert desk.after_a_restart().access_token().startswith("canary-access-")


def test_many_who_wait_are_served_by_one_refresh(desk: Desk, cloud: CloudState) -> None:
    desk.sign_in()
    refused = desk.people.access_token()
    got: list[str] = []
    threads = [
        threading.Thread(target=lambda: got.append(desk.people.access_token(not_this=refused)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cloud.refreshes == 1
    assert len(set(got)) == 1
    assert got[0] != refused


def test_a_refresh_that_is_refused_ends_the_sign_in(desk: Desk, cloud: CloudState) -> None:
    desk.sign_in()
    cloud.refresh.clear()
    desk.clock.move(hours=2)
    assert desk.refused(desk.people) is Reason.AUTH_REQUIRED
    assert desk.secrets.get(REFRESH_TOKEN) is None


def test_a_cloud_that_is_down_does_not_end_the_sign_in(desk: Desk, cloud: CloudState) -> None:
    desk.sign_in()
    desk.clock.move(hours=2)
    cloud.down = True
    assert desk.refused(desk.people) is Reason.CLOUD_UNREACHABLE
    cloud.down = False
    assert desk.people.access_token()


def test_signing_out_forgets_here_even_when_the_cloud_is_down(desk: Desk, cloud: CloudState) -> None:
    desk.sign_in()
    cloud.down = True
    with pytest.raises(CloudError):
        desk.people.sign_out()
    assert desk.refused(desk.people) is Reason.AUTH_REQUIRED
    cloud.down = False
    desk.sign_in()
    desk.people.sign_out()
    assert not cloud.access
    desk.people.sign_out()
