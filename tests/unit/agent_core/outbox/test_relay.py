"""What the relay does step by step; against a real socket it is tried in `tests/integration/agent`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from agent_core.errors import CloudError
from agent_core.files.folder import LocalResumeFiles
from agent_core.outbox.relay import IDLE, Relay, Switches
from agent_core.outbox.uploader import Uploader
from agent_core.store import uploads
from agent_core.store.database import AgentStore
from protocol.events import Event
from protocol.ingest import Verdict, VerdictKind
from protocol.jobs import JobRequest
from protocol.reasons import Reason
from protocol.resumes import UploadConfirmed, UploadLink, UploadRequest, UploadStatus
from tests.support.agent import TickingClock, listing, new_resume, open_store, running_job


class Inbox:
    """A cloud that takes everything once. Implements `ports.Cloud`."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.refuses: Reason | None = None
        self.asked = 0
        self.compares = False
        self.puts = 0

    def send(self, events: Sequence[Event]) -> Sequence[Verdict]:
        self.asked += 1
        if self.refuses is not None:
            raise CloudError(self.refuses)
        return [self._take(str(event.event_id)) for event in events]

    def _take(self, event_id: str) -> Verdict:
        kind = VerdictKind.DUPLICATE if event_id in self.taken else VerdictKind.ACCEPTED
        self.taken.append(event_id)
        return Verdict(event_id=event_id, verdict=kind)

    def upload_link(self, request: UploadRequest) -> UploadLink:
        if self.compares and not self.puts:
            return UploadLink(url="http://127.0.0.1/put")
        return UploadLink(being_checked=self.compares, already_stored=not self.compares)

    def put(self, link: UploadLink, data: bytes) -> None:
        self.puts += 1

    def confirm_upload(self, request: UploadRequest) -> UploadConfirmed:
        return UploadConfirmed(upload_status=UploadStatus.PENDING)


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def store(tmp_path: Path, clock: TickingClock) -> Iterator[AgentStore]:
    with open_store(tmp_path, clock) as opened:
        running_job(opened)
        yield opened


def relay_to(inbox: Inbox, store: AgentStore, clock: TickingClock, *, send: bool = True) -> Relay:
    return Relay(
        store.outbox,
        inbox,
        Uploader(LocalResumeFiles(), inbox),
        switches=lambda: Switches(send=send, upload=True),
        clock=clock,
        jitter=lambda: 1.0,
        ticks=lambda: clock().timestamp(),
    )


def told(relay: Relay) -> Reason | None:
    return relay.status.reason


def test_a_step_sends_and_the_next_has_nothing_to_do(store: AgentStore, clock: TickingClock) -> None:
    inbox = Inbox()
    relay = relay_to(inbox, store, clock)
    assert not relay.step()
    assert len(inbox.taken) == 2
    assert relay.status.last_sync_at is not None
    assert relay.step() == IDLE


def test_an_upload_that_the_cloud_compares_costs_one_try_however_long_that_takes(
    store: AgentStore, clock: TickingClock, tmp_path: Path
) -> None:
    inbox = Inbox()
    relay = relay_to(inbox, store, clock)
    resume = new_resume(folder=str(tmp_path))
    file = tmp_path / resume.file.relative_path
    file.parent.mkdir()
    file.write_bytes(b"a resume")
    job_id = running_job(store, JobRequest(rank="Master", ship_type="Tug"))
    row = store.add_listing(job_id, listing("0042"))
    store.fetching(job_id, row.seq)
    resume_id = store.store_resume(job_id, row.seq, resume).resume_id
    with store.records.write() as connection:
        uploads.insert(connection, resume_id, clock())
    inbox.compares = True
    for _ in range(30):
        relay.step()
        clock.move(minutes=5)
    assert inbox.puts == 1
    [waiting] = [item for item in store.outbox.items(10) if item.type == "upload"]
    assert (waiting.attempts, waiting.parked) == (1, False)
    assert waiting.reason is Reason.UPLOAD_BEING_CHECKED
    inbox.compares = False
    relay.step()
    assert store.outbox.numbers().uploads_waiting == 0


def test_switched_off_it_asks_nothing(store: AgentStore, clock: TickingClock) -> None:
    inbox = Inbox()
    assert relay_to(inbox, store, clock, send=False).step() == IDLE
    assert inbox.asked == 0


@pytest.mark.parametrize(
    "reason",
    [Reason.CLOUD_UNREACHABLE, Reason.SERVER_FAULT, Reason.REQUEST_NOT_FOUND, Reason.AUTH_TOKEN_INVALID],
)
def test_a_refusal_of_everything_costs_no_entry_a_try(
    store: AgentStore, clock: TickingClock, reason: Reason
) -> None:
    inbox = Inbox()
    inbox.refuses = reason
    relay = relay_to(inbox, store, clock)
    for _ in range(40):
        relay.step()
    assert inbox.asked < 40
    assert told(relay) is reason
    assert [item.attempts for item in store.outbox.items(10)] == [0, 0]
    inbox.refuses = None
    relay.begin_anew()
    assert told(relay) is None
    relay.step()
    assert store.outbox.numbers().waiting == 0


def test_a_revoked_computer_asks_once(store: AgentStore, clock: TickingClock) -> None:
    inbox = Inbox()
    inbox.refuses = Reason.DEVICE_REVOKED
    relay = relay_to(inbox, store, clock)
    for _ in range(5):
        clock.move(hours=1)
        relay.step()
    assert inbox.asked == 1
