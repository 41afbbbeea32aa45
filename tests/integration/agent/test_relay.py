"""The relay against a cloud on a real socket that misbehaves."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.files.folder import LocalResumeFiles
from agent_core.outbox.relay import Relay, Switches
from agent_core.outbox.retry import LONGEST_DELAY, MAX_ATTEMPTS
from agent_core.outbox.uploader import Uploader
from agent_core.ports import NewResume
from agent_core.store.database import AgentStore
from protocol.events import EventType
from protocol.ingest import MAX_BATCH
from protocol.jobs import LogLevel
from protocol.reasons import Reason
from tests.support.agent import TickingClock, listing, new_resume, open_store, running_job
from tests.support.cloud_simulator import DEVICE_TOKEN, CloudState, running_cloud


class Desk:
    """A store, a relay and the cloud that it sends to; the clock is moved by hand."""

    def __init__(self, folder: Path, store: AgentStore, cloud: CloudState, clock: TickingClock) -> None:
        self.folder, self.store, self.cloud, self.clock = folder, store, cloud, clock
        self.client = make_client()
        gateway = CloudGateway(CloudHttp(self.client, lambda: cloud.url), lambda: DEVICE_TOKEN)
        self.switches = Switches(send=True, upload=True)
        self.relay = Relay(
            store.outbox,
            gateway,
            Uploader(LocalResumeFiles(), gateway),
            switches=lambda: self.switches,
            clock=clock,
            jitter=lambda: 1.0,
            ticks=lambda: clock().timestamp(),
        )
        self.job_id = running_job(store)

    def lines(self, count: int) -> None:
        for number in range(count):
            self.store.log(self.job_id, LogLevel.INFO, f"line {number}")

    def store_file(self, candidate: str = "0042", content: str = "a resume") -> UUID:
        resume: NewResume = new_resume(candidate, content, str(self.folder))
        path = self.folder / resume.file.relative_path
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode())
        row = self.store.add_listing(self.job_id, listing(candidate))
        return self.store.store_resume(self.job_id, row.seq, resume).resume_id

    def settle(self) -> None:
        """Step until nothing is due."""
        while not self.relay.step():
            continue

    def wait_and_settle(self) -> None:
        self.clock.move(seconds=LONGEST_DELAY.total_seconds())
        self.settle()

    @property
    def numbers(self) -> tuple[int, int, int]:
        numbers = self.store.outbox.numbers()
        return numbers.waiting, numbers.parked, numbers.uploads_waiting

    def parked_reasons(self) -> list[Reason | None]:
        return [item.reason for item in self.store.outbox.items(200) if item.parked]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = TickingClock()
    with running_cloud() as cloud, open_store(tmp_path, clock) as store:
        made = Desk(tmp_path, store, cloud, clock)
        yield made
        made.client.close()


@pytest.mark.parametrize("fault", ["500", "502", "garbage", "drop before", "drop after", "404", "302"])
def test_a_cloud_that_fails_costs_nothing_and_nothing_counts_twice(desk: Desk, fault: str) -> None:
    desk.lines(3)
    desk.cloud.faults.extend([fault] * 3)
    desk.settle()
    assert desk.numbers == (5, 0, 0)
    assert desk.relay.status.reason in {Reason.CLOUD_UNREACHABLE, Reason.CLOUD_ANSWER}
    for _ in range(3):
        desk.wait_and_settle()
    assert desk.numbers == (0, 0, 0)
    assert len(desk.cloud.order) == len(set(desk.cloud.order)) == 5
    assert desk.relay.status.reason is None


def test_events_arrive_in_the_order_in_which_they_were_recorded(desk: Desk) -> None:
    desk.lines(MAX_BATCH + 10)
    recorded = [item.event_id for item in desk.store.outbox.items(1000)]
    desk.settle()
    assert desk.cloud.order == [str(event_id) for event_id in recorded]
    assert desk.cloud.batches == [MAX_BATCH, 12]


def test_defect_4_an_item_that_cannot_be_sent_blocks_nothing_behind_it(desk: Desk) -> None:
    desk.store_file()
    desk.lines(2)
    desk.cloud.rejects[EventType.RESUME_DOWNLOADED] = Reason.INGEST_UNREADABLE
    desk.settle()
    assert desk.numbers == (0, 1, 0)
    assert desk.parked_reasons() == [Reason.INGEST_UNREADABLE]
    assert len(desk.cloud.order) == 5


def test_defect_4_an_unreadable_row_is_parked_and_not_dropped(desk: Desk) -> None:
    desk.lines(2)
    with desk.store.records.write() as connection:
        connection.execute("update outbox set body = substr(body, 1, 20) where position = 3")
    desk.settle()
    assert desk.numbers == (0, 1, 0)
    assert desk.parked_reasons() == [Reason.INGEST_UNREADABLE]
    assert len(desk.cloud.order) == 3


def test_what_may_work_later_is_tried_again_and_parked_in_the_end(desk: Desk) -> None:
    desk.lines(1)
    desk.cloud.rejects[EventType.JOB_LINE] = Reason.INGEST_UNKNOWN_JOB
    desk.settle()
    assert desk.numbers == (1, 0, 0)
    for _ in range(MAX_ATTEMPTS):
        desk.wait_and_settle()
    assert desk.numbers == (0, 1, 0)
    desk.cloud.rejects.clear()
    [item] = desk.store.outbox.items(10)
    desk.store.outbox.retry(item.event_id)
    desk.settle()
    assert desk.numbers == (0, 0, 0)


def test_a_reason_of_a_newer_cloud_blocks_nothing(desk: Desk) -> None:
    desk.lines(1)
    desk.cloud.rejects[EventType.JOB_LINE] = "ingest.of-the-future"
    desk.settle()
    [item] = desk.store.outbox.items(10)
    assert (item.reason, item.detail) == (Reason.CLOUD_ANSWER, "ingest.of-the-future")
    assert len(desk.cloud.order) == 2


@pytest.mark.parametrize("reason", [Reason.REQUEST_TOO_LARGE, Reason.REQUEST_INVALID])
def test_a_batch_that_is_refused_as_a_whole_is_made_smaller(desk: Desk, reason: Reason) -> None:
    desk.lines(6)
    desk.cloud.faults.extend([reason.value] * 4)
    desk.settle()
    assert desk.numbers == (0, 1, 0)
    assert desk.parked_reasons() == [reason]
    assert len(desk.cloud.order) == 7


def test_a_revoked_computer_asks_no_more_until_it_is_paired_again(desk: Desk) -> None:
    desk.cloud.revoked = True
    desk.settle()
    asked = len(desk.cloud.seen_headers)
    for _ in range(5):
        desk.wait_and_settle()
    assert len(desk.cloud.seen_headers) == asked
    assert desk.relay.status.reason is Reason.DEVICE_REVOKED
    desk.cloud.revoked = False
    desk.relay.begin_anew()
    desk.settle()
    assert desk.numbers == (0, 0, 0)


def test_defect_3_an_upload_that_failed_is_made_again_until_the_bytes_are_there(desk: Desk) -> None:
    desk.store_file()
    desk.cloud.faults.extend(["", "drop before"])
    desk.settle()
    desk.cloud.faults.extend(["", "500"])
    desk.wait_and_settle()
    desk.cloud.faults.extend(["", "", "drop after"])
    desk.wait_and_settle()
    desk.wait_and_settle()
    assert desk.numbers == (0, 0, 0)
    assert list(desk.cloud.objects.values()) == [b"a resume"]
    assert desk.cloud.confirmed == set(desk.cloud.objects)


def test_defect_3_a_lost_verdict_does_not_lose_the_upload(desk: Desk) -> None:
    desk.store_file()
    desk.cloud.faults.append("drop after")
    desk.settle()
    desk.wait_and_settle()
    assert len(desk.cloud.confirmed) == 1


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_file_that_is_gone_or_changed_is_parked_and_blocks_no_other(desk: Desk, change: str) -> None:
    desk.store_file("0001", "one")
    path = desk.folder / "2nd_Officer" / "2nd_Officer_0001.pdf"
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(b"another")
    desk.store_file("0002", "two")
    desk.settle()
    assert desk.numbers == (0, 1, 0)
    assert desk.parked_reasons() == [Reason.UPLOAD_FILE_GONE]
    assert list(desk.cloud.objects.values()) == [b"two"]


def test_bytes_that_arrive_damaged_are_sent_again(desk: Desk) -> None:
    desk.store_file()
    desk.cloud.faults.extend(["", "", "", Reason.UPLOAD_CHECKSUM.value])
    desk.settle()
    desk.wait_and_settle()
    assert desk.numbers == (0, 0, 0)
    assert len(desk.cloud.confirmed) == 1


def test_switched_off_nothing_is_sent_and_nothing_is_lost(desk: Desk) -> None:
    desk.store_file()
    desk.switches = Switches(send=False, upload=True)
    desk.settle()
    assert not desk.cloud.seen_headers
    desk.switches = Switches(send=True, upload=False)
    desk.settle()
    assert desk.numbers == (0, 0, 1)
    assert not desk.cloud.objects
    desk.switches = Switches(send=True, upload=True)
    desk.settle()
    assert len(desk.cloud.confirmed) == 1
