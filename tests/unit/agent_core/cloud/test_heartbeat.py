"""The heartbeat says what is and hears of uploads; a revoked computer is silent."""

from collections.abc import Iterator

import pytest

from agent_core.cloud.heartbeat import HeartbeatThread
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.errors import CloudError
from protocol.devices import Heartbeat, WantedUpload
from protocol.reasons import Reason
from tests.support.agent_rig import eventually
from tests.support.cloud_simulator import DEVICE_TOKEN, CloudState, running_cloud


class Desk:
    """A computer with a heart."""

    def __init__(self, cloud: CloudState, http: CloudHttp) -> None:
        self.cloud = cloud
        self.token: str | None = DEVICE_TOKEN
        self.uploads: list[WantedUpload] = []
        self.heart = HeartbeatThread(
            http,
            token=lambda: self.token,
            describe=lambda: Heartbeat(agent_version="1", platform="Linux", waiting=3),
            take_uploads=self.uploads.extend,
        )


@pytest.fixture
def desk() -> Iterator[Desk]:
    with running_cloud() as cloud, make_client() as client:
        yield Desk(cloud, CloudHttp(client, lambda: cloud.url))


def test_a_beat_says_what_waits(desk: Desk) -> None:
    desk.heart.beat()
    assert desk.cloud.heartbeats[0]["waiting"] == 3


def test_a_computer_without_an_office_is_silent(desk: Desk) -> None:
    desk.token = None
    desk.heart.beat()
    assert not desk.cloud.seen_headers


def test_a_revoked_computer_is_silent_until_it_has_another_token(desk: Desk) -> None:
    desk.cloud.revoked = True
    with pytest.raises(CloudError) as caught:
        desk.heart.beat()
    assert caught.value.reason is Reason.DEVICE_REVOKED
    desk.heart.beat()
    assert len(desk.cloud.seen_headers) == 1
    desk.token = "another"
    with pytest.raises(CloudError):
        desk.heart.beat()


def test_the_thread_goes_on_after_a_failure_and_ends(desk: Desk) -> None:
    desk.cloud.faults.extend(["500", "garbage"])
    desk.heart.start()
    eventually(lambda: len(desk.cloud.seen_headers) == 1)
    for beats in (2, 3):
        desk.heart.beat_now()
        eventually(lambda beats=beats: len(desk.cloud.seen_headers) >= beats)  # type: ignore[misc]  # bound at once
    assert desk.heart.stop(20)
    assert len(desk.cloud.heartbeats) == 1
