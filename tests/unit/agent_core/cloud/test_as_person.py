"""Requests as the signed-in person: a token that is refused is renewed once."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from agent_core.clock import system_clock
from agent_core.cloud.as_person import PersonHttp
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.cloud.people import People
from agent_core.errors import CloudError
from agent_core.keychain import MemorySecrets
from protocol.reasons import Reason
from tests.support.cloud_simulator import ME, PERSON, CloudState, running_cloud


class Me(BaseModel):
    email: str


class Number(BaseModel):
    number: int


@pytest.fixture
def cloud() -> Iterator[CloudState]:
    with running_cloud() as state:
        yield state


@pytest.fixture
def person(cloud: CloudState) -> Iterator[PersonHttp]:
    with make_client() as client:
        http = CloudHttp(client, lambda: cloud.url)
        people = People(http, MemorySecrets(), system_clock)
        people.sign_in(**PERSON)
        yield PersonHttp(http, people)


def test_it_goes_with_the_persons_token(person: PersonHttp) -> None:
    assert person.call("GET", "/api/me", Me) == Me(email=ME["email"])


def test_a_token_that_is_refused_is_renewed_once(person: PersonHttp, cloud: CloudState) -> None:
    cloud.access.clear()
    assert person.send("GET", "/api/me").status_code == 200
    assert cloud.refreshes == 1
    cloud.access.clear()
    cloud.refresh.clear()
    with pytest.raises(CloudError) as caught:
        person.send("GET", "/api/me")
    assert caught.value.reason is Reason.AUTH_REQUIRED


def test_other_refusals_and_nonsense_have_their_reason(person: PersonHttp, cloud: CloudState) -> None:
    cloud.faults.append(Reason.AUTH_FORBIDDEN.value)
    with pytest.raises(CloudError) as caught:
        person.send("GET", "/api/me")
    assert caught.value.reason is Reason.AUTH_FORBIDDEN
    with pytest.raises(CloudError) as caught:
        person.call("GET", "/api/me", Number)
    assert caught.value.reason is Reason.CLOUD_ANSWER
