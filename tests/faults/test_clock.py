"""The computer's clock is set ten years back or forward: nothing gets stuck, ends or lasts because of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from agent_core.clock import Clocks, SteadyClock
from agent_core.cloud.http import CloudHttp
from agent_core.errors import CloudError
from agent_core.ports import Fate, Settlement
from protocol.reasons import Reason
from tests.support.agent import running_job, stored_person
from tests.support.agent_rig import Rig, eventually, refused, running_rig
from tests.support.cloud_simulator import PERSON, CloudState, running_cloud
from tests.support.faults.dated_site import dated_site
from tests.support.portal_simulator import OTP, PASSWORD

REQUEST = {"rank": "2nd Officer", "ship_type": "Bulk Carrier"}
TEN_YEARS = timedelta(days=3653)


class SetClock:
    """The computer's clock, which goes on by itself and can be set."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set_by(self, by: timedelta) -> None:
        self._ahead += by


@pytest.fixture(params=[-TEN_YEARS, TEN_YEARS], ids=["back", "forward"])
def jump(request: pytest.FixtureRequest) -> timedelta:
    by: timedelta = request.param
    return by


@pytest.fixture
def cloud() -> Iterator[CloudState]:
    with running_cloud() as cloud:
        yield cloud


@pytest.fixture
def wall() -> SetClock:
    return SetClock()


@pytest.fixture
def rig(tmp_path: Path, cloud: CloudState, wall: SetClock) -> Iterator[Rig]:
    with running_rig(tmp_path, cloud, clocks=Clocks(wall, SteadyClock(wall))) as rig:
        yield rig


def all_sent(rig: Rig) -> bool:
    counts: dict[str, int] = rig.read("/outbox")["counts"]
    return counts == {"waiting": 0, "parked": 0, "uploads_waiting": 0}


def download(rig: Rig) -> None:
    job_id = rig.send("/jobs/download", REQUEST)["job_id"]
    eventually(lambda: rig.read(f"/jobs/{job_id}")["job"]["status"] == "success")


def test_a_download_goes_on_and_is_sent(rig: Rig, cloud: CloudState, wall: SetClock, jump: timedelta) -> None:
    rig.choose_folder()
    rig.pair()
    rig.connect()
    rig.portal.go_on.clear()
    rig.portal.hold_from = 2
    job_id = rig.send("/jobs/download", REQUEST)["job_id"]
    eventually(rig.portal.held.is_set)
    wall.set_by(jump)
    rig.portal.go_on.set()
    eventually(lambda: rig.read(f"/jobs/{job_id}")["job"]["status"] == "success")
    eventually(lambda: all_sent(rig))
    assert len(cloud.confirmed) == 3
    wall.set_by(-2 * jump)
    newest = rig.send("/jobs/download", {**REQUEST, "force_redownload": True})["job_id"]
    eventually(lambda: rig.read(f"/jobs/{newest}")["job"]["status"] == "success")
    assert [job["job_id"] for job in rig.read("/jobs")["jobs"]] == [newest, job_id]
    eventually(lambda: all_sent(rig))


def test_what_waits_for_its_time_is_sent(rig: Rig, wall: SetClock, jump: timedelta) -> None:
    stored_person(rig.store, running_job(rig.store))
    soon = wall() + timedelta(minutes=4)
    later = [Settlement(each, Fate.LATER, at=soon, reason=Reason.SERVER_FAULT) for each in range(1, 5)]
    rig.store.outbox.settle_events(later)
    assert {item["next_attempt_at"] is None for item in rig.read("/outbox")["items"]} == {False}
    wall.set_by(jump)
    rig.pair()
    eventually(lambda: rig.read("/outbox")["counts"]["waiting"] == 0)


def test_a_cloud_that_was_down_is_tried_again(
    rig: Rig, cloud: CloudState, wall: SetClock, jump: timedelta
) -> None:
    rig.pair()
    cloud.down = True
    stored_person(rig.store, running_job(rig.store))
    eventually(lambda: rig.read("/health")["cloud"] == "unreachable")
    wall.set_by(jump)
    cloud.down = False
    eventually(lambda: rig.read("/outbox")["counts"]["waiting"] == 0)


@pytest.mark.parametrize("of", ["the page's session", "a launch code", "a person's sign-in"])
def test_what_is_good_stays_good(of: str, rig: Rig, wall: SetClock, jump: timedelta) -> None:
    code, _ = rig.services.codes.issue()
    rig.send("/api/auth/sign-in", PERSON)
    wall.set_by(jump)
    still_good: dict[str, Callable[[], object]] = {
        "the page's session": lambda: rig.read("/health"),
        "a launch code": lambda: rig.send("/launch/exchange", {"code": code}),
        "a person's sign-in": lambda: rig.read("/api/me"),
    }
    still_good[of]()


def test_a_launch_code_is_still_good_once(rig: Rig, wall: SetClock, jump: timedelta) -> None:
    code, _ = rig.services.codes.issue()
    rig.send("/launch/exchange", {"code": code})
    wall.set_by(jump)
    assert refused(rig.call("POST", "/launch/exchange", {"code": code}))[1] == Reason.AGENT_LAUNCH_CODE


def test_a_one_time_code_can_be_handed_in(rig: Rig, wall: SetClock, jump: timedelta) -> None:
    sent = rig.send("/session/start", {"username": "office", "password": PASSWORD, "phone": "0047 22"})
    assert sent["state"] == "awaiting_otp"
    wall.set_by(jump)
    assert 0 < rig.read("/session")["otp_seconds_left"] <= 120
    assert rig.send("/session/verify-otp", {"otp": OTP})["state"] == "connected"


def test_a_restart_with_another_time_goes_on(
    tmp_path: Path, cloud: CloudState, wall: SetClock, jump: timedelta
) -> None:
    with running_rig(tmp_path, clocks=Clocks(wall, SteadyClock(wall))) as rig:
        rig.choose_folder()
        rig.connect()
        download(rig)
    wall.set_by(jump)
    with running_rig(tmp_path, cloud, clocks=Clocks(wall, SteadyClock(wall))) as rig:
        rig.pair()
        eventually(lambda: all_sent(rig))
    assert len(cloud.confirmed) == 3


def test_a_certificate_that_is_not_good_at_this_time_names_the_clock(tmp_path: Path, jump: timedelta) -> None:
    with (
        dated_site(tmp_path, datetime.now(UTC) - jump) as (address, trust),
        httpx.Client(verify=trust) as client,
    ):
        http = CloudHttp(client, lambda: address)
        with pytest.raises(CloudError) as caught:
            http.send("GET", "/api/health")
    assert caught.value.reason is Reason.CLOUD_CERTIFICATE
    assert "date and time" in caught.value.reason.next_step
    assert http.is_reachable is False
