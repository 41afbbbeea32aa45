"""Joining an office: the token goes to the keyring, its id to the settings, and a refusal changes nothing."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from agent_core.cloud.http import CloudHttp, make_client
from agent_core.cloud.pairing import DEVICE_TOKEN as TOKEN_NAME
from agent_core.cloud.pairing import Office, Pairing
from agent_core.errors import CloudError
from agent_core.keychain import MemorySecrets
from agent_core.settings import SettingsFile
from protocol.reasons import Reason
from tests.support.cloud_simulator import DEVICE_ID, DEVICE_TOKEN, PERSON, CloudState, running_cloud


class Desk:
    """A computer that may join an office."""

    def __init__(self, folder: Path, cloud: CloudState, http: CloudHttp) -> None:
        self.cloud, self.http = cloud, http
        self.secrets, self.settings = MemorySecrets(), SettingsFile(folder / "agent.json")
        self.facts: dict[str, str] = {}
        self.belonged_to: list[UUID | None] = []
        self.pairing = self.after_a_restart()

    def after_a_restart(self) -> Pairing:
        return Pairing(
            self.http,
            self.secrets,
            self.settings,
            read_fact=lambda name: self.facts.get(name, ""),
            write_facts=self.facts.update,
            belong_to=self.belonged_to.append,
            records_belong=lambda: bool(self.belonged_to and self.belonged_to[-1]),
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with running_cloud() as cloud, make_client() as client:
        yield Desk(tmp_path, cloud, CloudHttp(client, lambda: cloud.url))


def test_a_computer_joins_stays_joined_and_leaves(desk: Desk) -> None:
    assert desk.pairing.token() is None
    desk.pairing.pair("GOOD-CODE", "Laptop", "Linux")
    for pairing in (desk.pairing, desk.after_a_restart()):
        assert pairing.token() == DEVICE_TOKEN
        assert pairing.office() == Office("Test Office", PERSON["email"])
    assert desk.settings.current.device_id == UUID(DEVICE_ID)
    assert DEVICE_TOKEN not in desk.settings.path.read_text(encoding="utf-8")
    assert [office is None for office in desk.belonged_to] == [True, False]
    desk.pairing.unpair()
    assert [office is None for office in desk.belonged_to] == [True, False, True]
    for pairing in (desk.pairing, desk.after_a_restart()):
        assert pairing.token() is None
        assert pairing.office() == Office()
    assert desk.secrets.get(TOKEN_NAME) is None


def test_a_computer_without_a_keyring_says_which_it_was(desk: Desk) -> None:
    desk.pairing.pair("GOOD-CODE", "Laptop", "Linux")
    desk.secrets.drop(TOKEN_NAME)  # a restart with secrets that live in memory
    forgotten = desk.after_a_restart()
    assert forgotten.token() is None
    forgotten.pair("GOOD-CODE", "Laptop", "Linux")
    assert forgotten.token() == DEVICE_TOKEN
    said = [body["device_id"] for body in desk.cloud.registrations]
    assert said == [None, DEVICE_ID]


def test_a_pairing_that_the_agent_died_in_is_none(desk: Desk) -> None:
    desk.pairing.pair("GOOD-CODE", "Laptop", "Linux")
    desk.belonged_to.pop()  # it died before it had told whose the records are
    assert desk.secrets.get(TOKEN_NAME) == DEVICE_TOKEN
    assert desk.after_a_restart().token() is None


def test_a_wrong_code_changes_nothing(desk: Desk) -> None:
    with pytest.raises(CloudError) as caught:
        desk.pairing.pair("OLD-CODE", "Laptop", "Linux")
    assert caught.value.reason is Reason.DEVICE_PAIRING_CODE
    assert desk.pairing.token() is None
    assert not desk.settings.path.exists()


def test_a_token_that_was_not_kept_is_no_pairing(desk: Desk) -> None:
    desk.pairing.pair("GOOD-CODE", "Laptop", "Linux")
    desk.secrets.drop(TOKEN_NAME)
    assert desk.after_a_restart().token() is None
