"""What the page asks of the updater, and what it is told."""

from collections.abc import Iterator

import pytest

from agent_core import VERSION
from agent_core.ports import EndedUpdate, UpdateState
from protocol.reasons import Reason
from protocol.updates import UpdateResult
from tests.support.agent_rig import Rig, refused, running_rig
from tests.support.updates import UpdaterInMemory


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with running_rig(tmp_path_factory.mktemp("agent"), start=False) as joined:
        yield joined


@pytest.fixture
def updater(rig: Rig) -> Iterator[UpdaterInMemory]:
    made = UpdaterInMemory()
    rig.services.updates.offer(made)
    yield made
    rig.services.updates.offer(None)


def test_a_copy_from_source_says_that_it_does_not_update_itself(rig: Rig) -> None:
    view = rig.read("/update")
    assert (view["updates_itself"], view["version"]) == (False, VERSION)
    for path, body in (
        ("/update/check", None),
        ("/update/download", {"go_on": True}),
        ("/update/restart", {"when": "now"}),
    ):
        assert refused(rig.call("POST", path, body)) == (409, Reason.AGENT_NO_UPDATES)


def test_where_an_update_stands_is_told(rig: Rig, updater: UpdaterInMemory) -> None:
    ended = EndedUpdate(
        "a1",
        UpdateResult.ROLLED_BACK,
        "1.4.1",
        "1.4.2",
        "2026-11-12T08:00:00Z",
        Reason.UPDATE_CHECK_FAILED,
    )
    updater.put(
        UpdateState.DOWNLOADING,
        offered="1.4.3",
        notes="Faster.",
        done_bytes=3,
        total_bytes=10,
        is_critical=True,
        checked_at="2026-11-12T09:00:00Z",
        not_confirmed=Reason.UPDATE_UNREACHABLE,
        ended=ended,
    )
    view = rig.read("/update")
    assert (view["state"], view["offered"], view["done_bytes"], view["total_bytes"]) == (
        "downloading",
        "1.4.3",
        3,
        10,
    )
    assert view["is_critical"]
    assert view["not_confirmed"] == "update.unreachable"
    assert view["ended"]["result"] == "rolled_back"
    assert view["ended"]["reason"] == "update.check-failed"


def test_a_download_is_paused_and_goes_on(rig: Rig, updater: UpdaterInMemory) -> None:
    rig.send("/update/check")
    assert rig.send("/update/download", {"go_on": False})["state"] == "paused"
    assert rig.send("/update/download", {"go_on": True})["state"] == "downloading"
    assert updater.asked == ["check", "pause", "go on"]
    assert refused(rig.call("POST", "/update/download", {"go_on": "perhaps"}))[0] == 422


def test_a_restart_waits_for_what_is_ready_and_asks_before_it_interrupts(
    rig: Rig, updater: UpdaterInMemory
) -> None:
    assert refused(rig.call("POST", "/update/restart", {"when": "now"})) == (409, Reason.UPDATE_NOT_READY)
    updater.put(UpdateState.READY)
    updater.is_downloading = True
    now = {"when": "now"}
    assert refused(rig.call("POST", "/update/restart", now)) == (409, Reason.AGENT_RESTART_INTERRUPTS)
    assert rig.send("/update/restart", {"when": "tonight"})["restart"] == "tonight"
    assert rig.send("/update/restart", now | {"even_if_downloading": True})["restart"] == "now"
    for wrong in ({"when": "yesterday"}, {}, {"when": "now", "version": "9.9.9"}):
        assert refused(rig.call("POST", "/update/restart", wrong))[0] == 422
